"""A survey on paper: copies to print, and the stack that came back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.codes import code_inline, full_address, short_address
from rapport.surveys.desk.paper_forms import AskingForm, PrintForm, ShareForm
from rapport.surveys.desk.reach import found, mine
from rapport.surveys.methods import Questionnaire, say
from rapport.surveys.models import PaperPrint, Sheet, Survey
from rapport.surveys.paper import paper_pages
from rapport.surveys.tongues import speaking
from rapport.surveys.walk import Walk
from rapport.surveys.ways import Way


@staff_may("surveys.enter")
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, found(request, pk, "surveys.enter"))


def _shown(request: PersonRequest, survey: Survey, **forms: Any) -> HttpResponse:
    sheets = survey.sheets.all()
    settled, printed = sheets.settled().count(), sum(one.copies for one in survey.prints.all())
    branch = survey.branch_id
    page = {
        "survey": survey,
        "prints": survey.prints.select_related("branch", "by"),
        "printed": printed,
        "settled": settled,
        "for_me": list(sheets.for_a_second_pair_of_eyes(request.user)[:100]),
        "entered_once": sheets.to_be_entered_again().count(),
        "to_settle": list(sheets.to_be_settled()[:100]),
        "error_rate": sheets.error_rate(),
        "may_change": request.user.has_perm("surveys.change", survey),
        "print_form": PrintForm(survey=survey, person=request.user, initial={"branch": branch}),
        "share_form": ShareForm(initial={"share": survey.doubled_share}),
        "asking_form": AskingForm(survey=survey, person=request.user, initial={"branch": branch}),
        **forms,
    }
    return render(request, "surveys/desk/paper.html", page, status=422 if forms else 200)


@require_POST
@staff_may("surveys.enter")
def prints(request: PersonRequest, pk: int) -> HttpResponse:
    """Take numbers for so many copies, and show them to be printed."""
    survey = found(request, pk, "surveys.enter")
    form = PrintForm(request.POST, survey=survey, person=request.user)
    edition = survey.edition
    if edition is None:
        form.add_error(None, _("Publish the questions first: numbered copies are kept as they were printed."))
    if not form.is_valid() or edition is None:
        return _shown(request, survey, print_form=form)
    printed = PaperPrint.make(survey, edition=edition, by=request.user, **form.cleaned_data)
    return redirect("surveys:desk-paper-print", survey.pk, printed.pk)


@require_safe
@staff_may("surveys.enter")
def print_run(request: PersonRequest, pk: int, printed: int) -> HttpResponse:
    """Numbered copies, each on sheets of its own."""
    survey = found(request, pk, "surveys.enter")
    run = get_object_or_404(survey.prints.select_related("edition", "branch"), pk=printed)
    return sheets(request, survey, run, run.serials)


@require_safe
@staff_may("surveys.enter")
def blank(request: PersonRequest, pk: int) -> HttpResponse:
    """One copy without a number, in the language asked for; of the draft where nothing is published."""
    survey = found(request, pk, "surveys.enter")
    edition = survey.edition or survey.editions.last()
    if edition is None:
        raise Http404
    languages = edition.questionnaire.languages
    asked = request.GET.get("language", "")
    language = asked if asked in languages else languages[0]
    return sheets(request, survey, PaperPrint(survey=survey, edition=edition, language=language), [None])


def sheets(
    request: PersonRequest, survey: Survey, run: PaperPrint, serials: "Sequence[int] | list[None]"
) -> HttpResponse:
    """Copies as they are printed; the builder's preview shows one, too."""
    edition, language = run.edition, run.language
    questionnaire = edition.questionnaire
    with speaking(language):
        page = {
            "survey": survey,
            "serials": serials,
            "branch": run.branch or survey.branch,
            "language": language,
            "pages": paper_pages(questionnaire, language, picture=lambda name: _picture(survey, name)),
            "is_draft": edition.is_draft,
            "code": code_inline(full_address(survey)),
            "address": short_address(survey),
            **_frame_words(questionnaire, language),
        }
        return render(request, "surveys/paper/sheets.html", page)


def _frame_words(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    first = questionnaire.languages[0]
    return {name: say(getattr(questionnaire, name), language, first) for name in ("title", "welcome", "thanks")}


def _picture(survey: Survey, name: str) -> str:
    return reverse("surveys:picture", args=[survey.slug, name])


@require_POST
@staff_may("surveys.change")
def share(request: PersonRequest, pk: int) -> HttpResponse:
    """How many sheets are entered twice. Where none is any more, those that wait for a second entry are done."""
    survey = mine(request, pk)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _shown(request, survey, share_form=form)
    survey.doubled_share = form.cleaned_data["share"]
    survey.save(update_fields=["doubled_share"])
    released = Sheet.objects.release(survey, by=request.user) if survey.doubled_share == 0 else 0
    messages.success(request, _("Saved.") if not released else _("Saved. Sheets that waited are counted now."))
    return redirect("surveys:desk-paper", survey.pk)


@require_POST
@staff_may("surveys.enter")
def asking(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin to fill in the questions for somebody at the desk or on the phone."""
    survey = found(request, pk, "surveys.enter")
    form = AskingForm(request.POST, survey=survey, person=request.user)
    edition = survey.edition
    if edition is None or not survey.is_open:
        form.add_error(None, _("This survey takes no answers now."))
    if not form.is_valid() or edition is None:
        return _shown(request, survey, asking_form=form)
    given = form.cleaned_data
    way = Way(survey=survey, channel=given["channel"], branch=given["branch"])
    return redirect(Walk(way.begin(edition, given["language"])).go_on())
