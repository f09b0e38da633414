"""Keys go down like imports do, and leave no way back up."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Field
from django.db.models.fields.related import RelatedField

from tests.house.ground import AREAS, may_know


def keys_between_areas() -> Iterator[tuple[str, str, "Field"]]:
    for area in AREAS:
        for model in apps.get_app_config(area).get_models(include_auto_created=False):
            for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
                if isinstance(field, RelatedField):
                    other = field.related_model._meta.app_label
                    if other != area:
                        yield area, other, field


def test_keys_go_down_only() -> None:
    up = [f"{field} to {other}" for area, other, field in keys_between_areas() if other not in may_know(area)]

    assert up == []


def test_a_key_to_another_area_has_no_way_back_up() -> None:
    ways = [str(field) for _area, _other, field in keys_between_areas() if not field.remote_field.hidden]

    assert ways == []


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
