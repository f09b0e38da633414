"""The languages of a questionnaire as choices of a form, and speaking one of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.utils import translation

from rapport.surveys.views.frame import name_of
from rapport.surveys.ways import page_language


def tongues(languages: Iterable[str]) -> list[tuple[str, str]]:
    """Each by its own name, as its readers call it."""
    return [(language, name_of(language)) for language in languages]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What the house says within is in this language, or in its first where it does not speak it."""
    with translation.override(page_language(language)):
        yield
