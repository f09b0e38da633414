"""The ways in: the list of surveys, a survey's own page, a shared link, a personal invitation, and a code."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rapport.lib.limits import limited
from rapport.lib.proof import challenge
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.surveys import tokens
from rapport.surveys.crowds import full_quota, is_small, people_asked
from rapport.surveys.doubts import begins_too_often, is_doubtful
from rapport.surveys.forms import ResumeForm
from rapport.surveys.methods import minutes_of, piped, spoken
from rapport.surveys.models import Edition, Invitation, Link, Sitting, Survey
from rapport.surveys.walk import Walk
from rapport.surveys.ways import Way, language_for
from rapport.ui.views import too_many

from .at_once import at_once, is_at_once
from .frame import for_answering, languages_of, show

_OF_SURVEY = ("survey__loop", "survey__opening", "survey__closing")


@anyone
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    page = {"open": Survey.objects.open().for_all(), "past": Survey.objects.past().filter(results_are_public=True)}
    return render(request, "surveys/surveys.html", page)


@for_answering
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(_surveys(), slug=slug)
    return _welcome(request, Way(survey=found, branch=found.branch))


def _surveys() -> Any:
    """Those that have been opened; what is still being written is nobody's to see."""
    return Survey.objects.select_related("loop", "opening", "closing", "branch").exclude(opening=None)


@for_answering
def link(request: HttpRequest, code: str) -> HttpResponse:
    links = Link.objects.select_related(*_OF_SURVEY, "survey__branch", "branch")
    found = links.filter(code=code.upper()).exclude(survey__opening=None).first()
    return _welcome(request, Way.of_link(found)) if found else _unknown(request, "link")


@for_answering
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    found = _invitation(secret)
    return _welcome(request, Way.of_invitation(found)) if found else _unknown(request, "invitation")


def _invitation(secret: str) -> Invitation | None:
    invitations = Invitation.objects.select_related(*_OF_SURVEY, "branch")
    return invitations.filter(secret=secret).exclude(survey__opening=None).first()


@for_answering
def refusal(request: HttpRequest, secret: str) -> HttpResponse:
    """Asked by name, they would rather not: no reminder goes to them any more."""
    found = _invitation(secret)
    if found is None:
        return _unknown(request, "invitation")
    if request.POST.get("List-Unsubscribe") == "One-Click":  # sent by their mail program (RFC 8058)
        found.decline()
        return HttpResponse(status=204)
    if tokens.read(request.POST.get(":token", "")) != _start_of(Way.of_invitation(found)):
        return redirect(found)
    if "again" in request.POST:
        found.think_again()
    else:
        found.decline()
    return redirect(found)


@for_answering
def resumption(request: HttpRequest) -> HttpResponse:
    """Go on where one stopped, by the code."""
    form = ResumeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/resume.html", {"form": form}, status=422 if form.errors else 200)
    if limited(request, "survey-resume", "10/10m"):
        return too_many(request, wait=600)
    sitting = Sitting.objects.filter(code=form.cleaned_data["code"]).first()
    if sitting:
        return redirect(Walk(sitting).go_on())
    lost = _("We know no answers under this code. Perhaps they were sent in already. Please look at it once more.")
    form.add_error("code", lost)
    return render(request, "surveys/resume.html", {"form": form}, status=422)


def _unknown(request: HttpRequest, what: str) -> HttpResponse:
    return render(request, "surveys/unknown.html", {"what": what}, status=404)


# ── the page before the first question ──


def _welcome(request: HttpRequest, way: Way) -> HttpResponse:
    edition = way.survey.edition
    if edition is None:
        raise Http404
    asked_for = request.POST.get("language") or request.GET.get("language", "")
    invited = way.invitation.language if way.invitation else ""
    language = language_for(edition.questionnaire, asked_for, invited, get_language() or "")
    if why := _why_not(way, language):
        return show(request, "instead", way, language, why=why, token=tokens.token_for(_start_of(way)))
    if is_at_once(way, edition):
        return at_once(request, way, edition, language)
    if request.method == "POST":
        return _begin(request, way, edition, language)
    return _page(request, way, edition, language)


def _why_not(way: Way, language: str) -> str:
    """Why nobody can answer by this way now; nothing where they can."""
    survey = way.survey
    reasons = {
        "answered": way.invitation is not None and way.invitation.answered_month is not None,
        "over": survey.is_over,
        "stopped": way.link is not None and way.link.stopped_at is not None,
        "soon": not survey.is_open,
        "invited_only": not way.is_let_in,
        "declined": way.invitation is not None and way.invitation.declined_on is not None,
        "full": not survey.is_over and full_quota(survey, {}, branch=way.branch, language=language) is not None,
    }
    return next((name for name, is_so in reasons.items() if is_so), "")


def _start_of(way: Way) -> str:
    return f"start:{way.start}"


def _begin(request: HttpRequest, way: Way, edition: Edition, language: str) -> HttpResponse:
    if tokens.read(request.POST.get(":token", "")) != _start_of(way):
        return _page(request, way, edition, language, status=422, is_stale=True)
    begun = way.invitation and Sitting.objects.filter(invitation=way.invitation).first()
    if begun:
        return redirect(Walk(begun).go_on())
    if begins_too_often(request, is_shared=way.is_kiosk):
        return too_many(request, wait=600)
    doubtful = is_doubtful(request, is_shared=way.is_kiosk)
    sitting = way.begin(edition, language, branch=_branch_said(request, way), is_doubtful=doubtful)
    return redirect(Walk(sitting).go_on())


def _branch_said(request: HttpRequest, way: Way) -> Branch | None:
    said = request.POST.get("branch", "")
    return Branch.objects.filter(pk=said).first() if way.asks_branch and said.isdecimal() and len(said) < 10 else None


def _page(
    request: HttpRequest, way: Way, edition: Edition, language: str, status: int = 200, **more: Any
) -> HttpResponse:
    questionnaire = edition.questionnaire
    first = questionnaire.languages[0]
    purpose, purpose_language = way.survey.purpose.in_language(language.split("-x-", maxsplit=1)[0])
    page = {
        "title": piped(questionnaire.title, questionnaire, {}, language),
        "title_language": spoken(questionnaire.title, language, first),
        "welcome": piped(questionnaire.welcome, questionnaire, {}, language),
        "welcome_language": spoken(questionnaire.welcome, language, first),
        "purpose": purpose,
        "purpose_language": purpose_language,
        "minutes": minutes_of(questionnaire),
        "choices": languages_of(questionnaire, language),
        "is_small": is_small(people_asked(way.survey)),
        "token": tokens.token_for(_start_of(way)),
        "proof": challenge(),
        "branches": Branch.objects.all() if way.asks_branch else [],
        "resume": ResumeForm(auto_id="resume_%s"),
        **more,
    }
    return show(request, "welcome", way, language, status=status, **page)
