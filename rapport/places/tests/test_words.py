import pytest

from rapport.places.models import Branch

GARDEN = {"en": "Garden", "ar": "حديقة"}


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "found"), [("GARD", True), ("حديق", True), ("river", False), ("slug", False)])
def test_a_search_looks_into_every_language(text: str, found: bool) -> None:
    Branch.objects.create(slug="garden", name=GARDEN)

    assert Branch.objects.filter(name__icontains=text).exists() is found
