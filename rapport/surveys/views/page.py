"""Finding a sitting by its code, and drawing one page of its questions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from rapport.surveys import tokens
from rapport.surveys.asking import Said, questions_on
from rapport.surveys.crowds import warn_small_groups
from rapport.surveys.methods import Checked, Page, Raw, Row, piped, spoken
from rapport.surveys.models import Sitting
from rapport.surveys.walk import Walk
from rapport.surveys.ways import page_language

from .frame import languages_of, show


def find(code: str) -> Walk | None:
    sitting = Sitting.objects.whole().filter(code=code.upper()).first()
    return Walk(sitting) if sitting else None


def gone(request: HttpRequest, code: str) -> HttpResponse:
    """The code opens nothing. Whoever sent their answers twice is thanked; to others it is said kindly."""
    about, _space, thanks = tokens.read(request.POST.get(":token", "")).partition(" ")
    if about == code and thanks:
        return redirect(thanks)
    return render(request, "surveys/unknown.html", {"what": "sitting"}, status=404)


def token_of(walk: Walk) -> str:
    return tokens.token_for(f"{walk.sitting.code} {walk.way.thanks(walk.sitting.language)}")


def is_ours(request: HttpRequest, walk: Walk) -> bool:
    return tokens.read(request.POST.get(":token", "")).partition(" ")[0] == walk.sitting.code


def shown_page(
    request: HttpRequest,
    walk: Walk,
    page: Page,
    row: Row,
    checked: Checked | None = None,
    *,
    raw: Raw | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    language, questionnaire = walk.sitting.language, walk.questionnaire
    with translation.override(page_language(language)):
        questions = questions_on(
            page, row, language, walk.sitting.code, checked, questionnaire=questionnaire, raw=raw, picture=walk.picture
        )
        warn_small_groups(questions, walk.sitting.survey, walk.sitting.branch)
    pages = walk.pages
    titled = page.title if page.title else questionnaire.title
    context = {
        "walk": walk,
        "title": Said(
            piped(titled, questionnaire, row, language), spoken(titled, language, questionnaire.languages[0])
        ),
        "questions": questions,
        "wrong": [asked for asked in questions if asked.errors],
        "number": pages.index(page) + 1 if page in pages else 1,
        "total": len(pages),
        "is_last": walk.after(page) is None,
        "has_back": walk.before(page) is not None,
        "known": walk.known_to(page),
        "choices": languages_of(questionnaire, language),
        "token": token_of(walk),
        "action": walk.url(page),
        "idle": reverse("surveys:sitting-end", args=[walk.sitting.code]),
        **more,
    }
    return show(request, "sitting", walk.way, language, status=status, **context)
