"""The letters of a survey in its languages, with a look at them; and slips for those without an e-mail address."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.codes import code_inline, full_address, short_address
from rapport.surveys.desk.inviting_forms import LetterForm
from rapport.surveys.desk.reach import mine
from rapport.surveys.letters import language_of, words_for, written
from rapport.surveys.methods import say
from rapport.surveys.models import Invitation, LetterWords, Survey
from rapport.surveys.tongues import speaking, tongues


@staff_may("surveys.change")
def letters(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    if request.method == "POST":
        return _kept(request, survey)
    languages = _languages(survey)
    asked, kind = request.GET.get("language", ""), request.GET.get("kind", "")
    language = asked if asked in languages else languages[0]
    kind = kind if kind in LetterWords.Kind.values else LetterWords.Kind.INVITATION
    subject, text = words_for(survey, kind, language)
    form = LetterForm(initial={"kind": kind, "language": language, "subject": subject, "text": text})
    return _shown(request, survey, form, kind, language)


def _languages(survey: Survey) -> list[str]:
    edition = survey.edition or survey.editions.last()
    return edition.questionnaire.languages if edition else ["en"]


def _shown(request: PersonRequest, survey: Survey, form: LetterForm, kind: str, language: str) -> HttpResponse:
    somebody = Invitation(survey=survey, name="Amina", email="amina@example.org", language=language)
    subject, text = written(survey, somebody, kind)
    page = {
        "survey": survey,
        "form": form,
        "kind": kind,
        "kinds": LetterWords.Kind.choices,
        "language": language,
        "tongues": tongues(_languages(survey)),
        "subject": subject,
        "text": text,
    }
    return render(request, "surveys/desk/letters.html", page, status=422 if form.errors else 200)


def _kept(request: PersonRequest, survey: Survey) -> HttpResponse:
    form = LetterForm(request.POST)
    known = form.is_valid() and form.cleaned_data["language"] in _languages(survey)
    if not known:
        kind = request.POST.get("kind", "")
        kind = kind if kind in LetterWords.Kind.values else LetterWords.Kind.INVITATION
        return _shown(request, survey, form, kind, _languages(survey)[0])
    given = form.cleaned_data
    kept, _is_new = LetterWords.objects.get_or_create(survey=survey, kind=given["kind"])
    kept.subject[given["language"]], kept.text[given["language"]] = given["subject"], given["text"]
    kept.save()
    messages.success(request, _("Saved. Below you see it as it arrives."))
    address = reverse("surveys:desk-letters", args=[survey.pk])
    return redirect(f"{address}?kind={given['kind']}&language={given['language']}")


@require_POST
@staff_may("surveys.change")
def slips(request: PersonRequest, pk: int) -> HttpResponse:
    """Count those without an e-mail address as asked, and show their slips to be printed."""
    survey = mine(request, pk)
    survey.invitations.waiting().on_paper().filter(invited_on=None).update(invited_on=timezone.localdate())
    return redirect("surveys:desk-slips", survey.pk)


@require_safe
@staff_may("surveys.change")
def slips_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """A slip for each, with their own link, in their language."""
    survey = mine(request, pk)
    people = survey.invitations.waiting().on_paper().exclude(invited_on=None)
    slips = [_slip(survey, invitation) for invitation in people]
    return render(request, "surveys/print/slips.html", {"survey": survey, "slips": slips})


def _slip(survey: Survey, invitation: Invitation) -> dict[str, str]:
    language = language_of(survey, invitation)
    edition = survey.edition or survey.editions.last()
    with speaking(language):
        return {
            "language": language,
            "name": str(invitation),
            "title": say(edition.questionnaire.title, language, language) if edition else str(survey),
            "how": _("Your own link; it counts once. We note that you answered, never what."),
            "code": code_inline(full_address(invitation)),
            "address": short_address(invitation),
        }
