"""What the house itself says on a story: the same sentence in each of its languages."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation


def in_all_languages(sentence: Callable[[], object]) -> dict[str, str]:
    said = {}
    for code in settings.HOUSE.languages:
        with translation.override(code):
            said[code] = str(sentence())
    return said
