"""What all pages for answering share: no cookie needed, nothing remembered, and the frame of the way in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from rapport.lib.doors import secret_page
from rapport.people.guards import anyone
from rapport.surveys.methods import EASY, Questionnaire
from rapport.surveys.ways import Way, page_language
from rapport.ui.context import own_name

View = Callable[..., HttpResponseBase]


def for_answering(view: View) -> View:
    """Anyone comes in, by what the address says alone; `tokens` stand in for the cookie that others need."""

    return anyone(csrf_exempt(secret_page(view)))


def show(
    request: HttpRequest, what: str, way: Way, language: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the frame of this way, its own words in the language of the one who answers."""
    page = {
        "frame": f"surveys/frames/{way.frame}.html",
        "way": way,
        "survey": way.survey,
        "language": language,
        "idle": way.start,
        **context,
    }
    if way.frame != "page":
        page["csrf_token"] = ""  # asked for, it would set a cookie
    with translation.override(page_language(language)):
        response = render(request, f"surveys/{what}.html", page, status=status)
    return _within_others(response) if way.frame == "embedded" else response


def _within_others(response: HttpResponse) -> HttpResponse:
    """Other sites may show this page within theirs."""
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@dataclass(frozen=True)
class LanguageChoice:
    code: str
    name: str
    is_here: bool


def languages_of(questionnaire: Questionnaire, here: str) -> list[LanguageChoice]:
    return [LanguageChoice(code, name_of(code), code == here) for code in questionnaire.languages]


def name_of(language: str) -> str:
    """A language by its own name; the easy variant says so in the language itself."""
    plain = language.removesuffix(EASY)
    name = own_name(plain)
    if plain == language:
        return name
    with translation.override(page_language(language)):
        return translation.gettext("%(language)s, easy to read") % {"language": name}
