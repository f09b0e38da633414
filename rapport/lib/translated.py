"""Words that a library writes itself, in any of its languages: `{"en": "Reading garden", "ar": "حديقة القراءة"}`."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Lookup
from django.db.models.fields.json import KeyTransform, KeyTransformIContains
from django.utils.translation import get_language


class Words(dict[str, str]):
    """Reads as the reader's language; where that is missing, as the first one that is there."""

    def __str__(self) -> str:
        return self.in_language(get_language() or settings.LANGUAGE_CODE)[0]

    def in_language(self, language: str) -> tuple[str, str]:
        """The words and the language that they are in."""
        for code in (language, settings.LANGUAGE_CODE, *self):
            if self.get(code):
                return self[code], code
        return "", language

    @property
    def language(self) -> str:
        return self.in_language(get_language() or settings.LANGUAGE_CODE)[1]

    def missing(self, languages: Iterable[str] | None = None) -> list[str]:
        return [code for code in languages or settings.HOUSE.languages if not self.get(code)]


class WordsField(models.JSONField):
    """A JSON column of words by language. Plain text is taken as words in the house's first language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Words:
        return Words(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Words:
        return words(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(dict(words(value)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = words(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


@WordsField.register_lookup
class SaysSomewhere(Lookup[Any]):
    """`label__icontains="garden"` looks into the words of every language of the house."""

    lookup_name = "icontains"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        found: list[str] = []
        params: list[Any] = []
        for code in settings.HOUSE.languages:
            sql, used = compiler.compile(KeyTransformIContains(KeyTransform(code, self.lhs), self.rhs))
            found.append(sql)
            params.extend(used)
        return f"({' OR '.join(found)})", tuple(params)


def words(value: Any) -> Words:
    if isinstance(value, Words):
        return value
    if isinstance(value, dict):
        return Words(value)
    return Words({settings.LANGUAGE_CODE: str(value)} if value else {})
