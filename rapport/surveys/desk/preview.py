"""The draft as people will see it: on a phone, at a kiosk, on paper. Nothing is kept."""

import json
from dataclasses import dataclass, field
from typing import Any

from csp.constants import SELF
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.asking import Asked, Said, questions_on
from rapport.surveys.desk.paper import sheets
from rapport.surveys.desk.reach import found
from rapport.surveys.methods import (
    Checked,
    Page,
    Questionnaire,
    Raw,
    answered_page,
    asked_only,
    pages_for,
    piped,
    spoken,
)
from rapport.surveys.models import PaperPrint, Survey
from rapport.surveys.views.frame import name_of
from rapport.surveys.ways import page_language

WAYS = {"phone": _("On a phone"), "kiosk": _("At a kiosk"), "paper": _("On paper")}


class PreviewForm(forms.Form):
    language = forms.ChoiceField(label=_("In"))
    page = forms.TypedChoiceField(label=_("From page"), coerce=int)

    def __init__(self, data: Any, *, questionnaire: Questionnaire) -> None:
        super().__init__({"language": questionnaire.languages[0], "page": 1} | data)
        self.fields["language"].choices = [(code, name_of(code)) for code in questionnaire.languages]  # type: ignore[attr-defined]
        numbers = range(1, len(questionnaire.pages) + 1)
        self.fields["page"].choices = [(n, n) for n in numbers]  # type: ignore[attr-defined]


@require_safe
@staff_may("surveys.see")
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    survey = found(request, pk)
    questionnaire = _written(survey)
    form = PreviewForm(request.GET.dict(), questionnaire=questionnaire)
    chosen = form.cleaned_data if form.is_valid() else {"language": questionnaire.languages[0], "page": 1}
    query = f"?language={chosen['language']}&page={chosen['page']}"
    frames = [(way, label, reverse("surveys:preview-page", args=[pk, way]) + query) for way, label in WAYS.items()]
    page = {"survey": survey, "form": form, "frames": frames, "has_questions": any(questionnaire.questions())}
    response = render(request, "surveys/desk/preview.html", page)
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
    return response


@dataclass
class _Look:
    """Where somebody is in a preview: a page (0 is the end), what they answered so far, what was wrong."""

    survey: Survey
    questionnaire: Questionnaire
    language: str
    number: int
    row: dict[str, Any]
    checked: Checked = field(default_factory=Checked)
    raw: Raw | None = None

    @property
    def page(self) -> Page:
        return self.questionnaire.pages[self.number - 1] if self.number else Page(key="thanks")

    def back(self) -> None:
        self.number = next((n for n in reversed(self.shown()) if n < self.number), self.number)

    def go_on(self, raw: Raw) -> None:
        checked = answered_page(self.page, raw, self.row)
        if checked.complaints:
            self.checked, self.raw = checked, raw
            return
        self.row = asked_only(self.questionnaire, self.row | checked.row)
        self.number = next((n for n in self.shown() if n > self.number), 0)

    def shown(self) -> list[int]:
        """The numbers of the pages that somebody with these answers is shown."""
        pages = pages_for(self.questionnaire, self.row)
        return [n for n, page in enumerate(self.questionnaire.pages, 1) if page in pages]

    def say(self, words: dict[str, str]) -> Said:
        said = piped(words, self.questionnaire, self.row, self.language)
        return Said(said, spoken(words, self.language, self.questionnaire.languages[0]))

    def questions(self) -> list[Asked]:
        return questions_on(
            self.page, self.row, self.language, "preview", self.checked, questionnaire=self.questionnaire, raw=self.raw,
            picture=lambda name: reverse("surveys:picture", args=[self.survey.slug, name]),
        )  # fmt: skip


@staff_may("surveys.see")
@xframe_options_sameorigin
def preview_page(request: PersonRequest, pk: int, way: str) -> HttpResponse:
    """One page of it; what is answered travels in the form from page to page, and is forgotten at the end."""
    survey = found(request, pk)
    edition = survey.editions.last()
    if way not in WAYS or edition is None:
        raise Http404
    questionnaire = _written(survey)
    asked_for = request.GET.get("language", "")
    language = asked_for if asked_for in questionnaire.languages else questionnaire.languages[0]
    if way == "paper":
        return _framed(sheets(request, survey, PaperPrint(survey=survey, edition=edition, language=language), [None]))
    row = _row(request.POST.get(":row", ""), questionnaire)
    look = _Look(survey, questionnaire, language, _number(request.GET.get("page", ""), questionnaire), row)
    if request.method == "POST" and request.POST.get(":go") == "back":
        look.back()
    elif request.method == "POST":
        look.go_on({name: request.POST.getlist(name) for name in request.POST if not name.startswith(":")})
    with translation.override(page_language(language)):
        return _framed(render(request, "surveys/desk/preview_page.html", _context(look) | {"way": way}))


def _framed(response: HttpResponse) -> HttpResponse:
    """Our own pages may show this one within them."""
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
    return response


def _context(look: _Look) -> dict[str, Any]:
    questionnaire, number = look.questionnaire, look.number
    words = look.page.title if number and look.page.title else questionnaire.title if number else questionnaire.thanks
    questions = look.questions()
    return {
        "survey": look.survey,
        "language": look.language,
        "title": look.say(words),
        "welcome": look.say(questionnaire.welcome) if number == 1 else "",
        "questions": questions,
        "wrong": [asked for asked in questions if asked.errors],
        "number": number,
        "total": len(questionnaire.pages),
        "has_back": any(n < number for n in look.shown()),
        "row": json.dumps(look.row),
        "is_over": not number,
    }


def _number(said: str, questionnaire: Questionnaire) -> int:
    number = int(said) if said.isdecimal() and len(said) < 5 else 1
    return min(max(number, 1), len(questionnaire.pages) or 1)


def _row(said: str, questionnaire: Questionnaire) -> dict[str, Any]:
    try:
        row = json.loads(said or "{}")
    except ValueError:
        return {}
    return asked_only(questionnaire, row) if isinstance(row, dict) else {}


def _written(survey: Survey) -> Questionnaire:
    last = survey.editions.last()
    questionnaire = last.questionnaire if last else Questionnaire()
    return (
        questionnaire
        if questionnaire.pages
        else Questionnaire(languages=questionnaire.languages, pages=[Page(key="page1")])
    )
