"""What every page knows: the house, the reader's language and direction, the theme."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, get_language_info

THEMES = ("light", "dark")


@dataclass(frozen=True)
class House:
    """What a page may say about the library that lives here."""

    name: str
    tagline: str
    logo: str
    accent: str
    demo: bool
    patron_word: str


@dataclass(frozen=True)
class Language:
    code: str
    name: str  # in the language itself
    dir: str
    is_here: bool


def house() -> House:
    source = settings.HOUSE
    return House(
        name=source.library,
        tagline=source.tagline,
        logo=reverse("ui:logo") if source.logo_file else "",
        accent=source.accent,
        demo=source.is_demo,
        patron_word=source.patron_word,
    )


def page(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get("theme", "")
    return {
        "house": house(),
        "page_language": get_language() or settings.LANGUAGE_CODE,
        "page_dir": "rtl" if get_language_bidi() else "ltr",
        "languages": languages(),
        "theme": theme if theme in THEMES else "",
    }


def languages() -> list[Language]:
    here = get_language()
    return [Language(code, own_name(code), direction(code), code == here) for code, _name in settings.LANGUAGES]


def own_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def direction(code: str) -> str:
    """Which way a language runs; a page may quote languages in which it is not itself written."""
    return "rtl" if code.split("-", maxsplit=1)[0] in settings.LANGUAGES_BIDI else "ltr"
