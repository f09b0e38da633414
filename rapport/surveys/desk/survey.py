"""One survey: where it stands, what to do next, and what came in."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, anyone, staff_may
from rapport.surveys.desk.forms import ClosingForm, ReopeningForm
from rapport.surveys.desk.reach import found, mine
from rapport.surveys.desk.wording import change_in_words
from rapport.surveys.methods import Questionnaire, changes, flaws_of
from rapport.surveys.models import Edition, Picture, Survey, Unsound


@staff_may("surveys.see")
def survey(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, found(request, pk))


def _shown(request: PersonRequest, survey: Survey, **forms: Any) -> HttpResponse:
    editions = list(survey.editions.select_related("by"))
    by_channel = survey.responses.order_by().values("channel").annotate(n=Count("pk")).order_by("-n")
    counts = [(Channel(row["channel"]).label, row["n"]) for row in by_channel]
    page = {
        "survey": survey,
        "questionnaire": editions[-1].questionnaire if editions else Questionnaire(),
        "counts": counts,
        "answers": sum(n for _label, n in counts),
        "editions": list(reversed(_with_changes(editions))),
        "next": _next_steps(survey, editions),
        "has_changed_draft": len(editions) > 1 and editions[-1].is_draft and _differs(editions),
        "reopenings": survey.reopenings.select_related("by"),
        "may_change": request.user.has_perm("surveys.change", survey),
        "closing_form": ClosingForm(),
        "reopening_form": ReopeningForm(),
        **forms,
    }
    return render(request, "surveys/desk/survey.html", page, status=422 if forms else 200)


def _differs(editions: list[Edition]) -> bool:
    return bool(editions[-1].definition != editions[-2].definition)


def _with_changes(editions: list[Edition]) -> list[tuple[Edition, list[str]]]:
    """Each edition with what it changed, in words."""
    found = []
    before: Questionnaire | None = None
    for edition in editions:
        here = edition.questionnaire
        told = [change_in_words(one, before, here) for one in changes(before, here)] if before else []
        found.append((edition, told))
        before = here
    return found


@dataclass(frozen=True)
class Next:
    """One thing to do, and where."""

    label: str | Promise
    url: str
    is_done: bool


def _next_steps(survey: Survey, editions: list[Edition]) -> list[Next]:
    """The way from a question to an honest number; what is done is ticked."""
    questionnaire = editions[-1].questionnaire if editions else Questionnaire()
    others = questionnaire.languages[1:]
    missing = next((code for code in others if questionnaire.missing_words(code)), "")
    steps = [
        Next(_("Write the questions"), _url("desk-questions", survey), not flaws_of(questionnaire)),
        Next(_("Say what will be decided by it"), _url("desk-settings", survey), bool(survey.purpose)),
    ]
    if others:
        words = _url("desk-words", survey, missing or others[0])
        steps.append(Next(_("Put it into the other languages"), words, not missing))
    steps.append(Next(_("Look at it as people will see it"), _url("desk-preview", survey), hasattr(survey, "opening")))
    return steps


def _url(name: str, survey: Survey, *args: str) -> str:
    return reverse(f"surveys:{name}", args=[survey.pk, *args])


@require_POST
@staff_may("surveys.change")
def opening(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    try:
        survey.open(by=request.user)
    except Unsound:
        messages.error(request, _("It cannot be opened yet.."))
        return redirect("surveys:desk-survey", pk)
    messages.success(request, _("It is open.") if survey.is_open else _("It opens by itself on its first day."))
    return redirect("surveys:desk-survey", pk)


@require_POST
@staff_may("surveys.change")
def closing(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _shown(request, survey, closing_form=form)
    survey.close(by=request.user, why=form.cleaned_data["why"])
    messages.success(request, _("It is closed. Whoever is answering right now may still send their answers today."))
    return redirect("surveys:desk-survey", pk)


@require_POST
@staff_may("surveys.change")
def reopening(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    form = ReopeningForm(request.POST)
    if not form.is_valid():
        return _shown(request, survey, reopening_form=form)
    survey.reopen(by=request.user, **form.cleaned_data)
    messages.success(request, _("It takes answers again."))
    return redirect("surveys:desk-survey", pk)


@anyone
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """A picture among the choices; its name is a print of what is in it, so it never changes and cannot be guessed."""
    picture = get_object_or_404(Picture, survey__slug=slug, name=name)
    response = FileResponse(picture.file.open(), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    return response
