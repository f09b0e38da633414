"""How many still come: the course of each series, the flags, and what was decided about them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.models import Decision
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.programs.desk.found import within_reach
from rapport.programs.following.courses import effect_of, effect_words, followed
from rapport.programs.following.explaining import voices_about
from rapport.programs.methods.attendance import Course
from rapport.programs.models import Dwindling, FollowUp, Program, RemedyChoice
from rapport.surveys.bank.starters import starter
from rapport.surveys.models import Survey
from rapport.ui.forms import RadioCards

_DAY = {"type": "date"}


class RemedyForm(forms.Form):
    choice = forms.ChoiceField(
        label=gettext_lazy("What is done about it?"), choices=RemedyChoice.choices, widget=RadioCards
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("For colleagues. Of a trial: what you expect of the new format."),
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("From which day on?"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"),
        help_text=gettext_lazy("Attendance before and after this day will be compared."),
    )  # fmt: skip
    review_on = forms.DateField(
        label=gettext_lazy("Of a trial: when do you look at it again?"), required=False,
        widget=forms.DateInput(_DAY, format="%Y-%m-%d"),
    )  # fmt: skip
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=gettext_lazy("A decision of the community behind it"),
        required=False,
        empty_label="–",
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        self.fields["decision"].queryset = Decision.objects.order_by("-at")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") == RemedyChoice.NEW_FORMAT:
            if self.program.trial is not None:
                self.add_error(
                    "choice", _("This program has had its trial. Plan the new format as a program of its own.")
                )
            review = cleaned.get("review_on")
            if review is None or review < timezone.localdate():
                self.add_error("review_on", _("Say on which coming day somebody decides."))
        return cleaned


@staff_may("programs.see")
def courses(request: PersonRequest) -> HttpResponse:
    found = followed(request.user)
    flags = within_flags(request.user)
    told = [one for one in found if one.trend.course is not Course.TOO_EARLY]
    page = {
        "told": told,
        "early": [one for one in found if one.trend.course is Course.TOO_EARLY],
        "flags": flags.open(),
        "decided": flags.exclude(closed_at=None).select_related("remedy")[:20],
    }
    return render(request, "programs/desk/courses/courses.html", page)


def within_flags(person: Person) -> Any:
    programs = within_reach(Program.objects.all(), person, "programs.see")
    return Dwindling.objects.filter(program__in=programs).select_related("program", "series")


@staff_may("programs.see")
def course(request: PersonRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(within_reach(Program.objects.all(), request.user, "programs.see"), pk=pk)
    page = {"program": program, "found": followed(program=program), "flags": program.dwindlings.all()}
    return render(request, "programs/desk/courses/course.html", page)


@staff_may("programs.see")
def dwindling(request: PersonRequest, pk: int) -> HttpResponse:
    return _shown(request, get_object_or_404(within_flags(request.user), pk=pk))


def _shown(request: PersonRequest, flag: Dwindling, form: RemedyForm | None = None) -> HttpResponse:
    mine = [one for one in followed(program=flag.program) if one.series == flag.series]
    page = {
        "flag": flag,
        "course": mine[0] if mine else None,
        "hints": voices_about(flag.program, request.user),
        "effect": effect_words(effect_of(flag.decided)) if flag.decided and flag.decided.is_a_change else "",
        "form": form or RemedyForm(program=flag.program, initial={"since": timezone.localdate()}),
        "may_decide": request.user.has_perm("programs.change", flag.program),
        "may_ask": request.user.has_perm("surveys.change"),
        "addresses": _agreed(flag.program).count(),
    }
    return render(request, "programs/desk/courses/dwindling.html", page, status=422 if form else 200)


def _agreed(program: Program) -> Any:
    """Who left an address so that we may ask once more."""
    return FollowUp.objects.filter(session__program=program).exclude(email="").values("email", "language").distinct()


def _to_decide(request: PersonRequest, pk: int) -> Dwindling:
    programs = within_reach(Program.objects.all(), request.user, "programs.change")
    flag: Dwindling = get_object_or_404(Dwindling.objects.filter(program__in=programs), pk=pk)
    return flag


@staff_may("programs.change")
@require_POST
def remedy(request: PersonRequest, pk: int) -> HttpResponse:
    flag = _to_decide(request, pk)
    form = RemedyForm(request.POST, program=flag.program)
    if not form.is_valid():
        return _shown(request, flag, form)
    try:
        with transaction.atomic():
            made = flag.decide(by=request.user, **form.cleaned_data)
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
        return redirect("programs:desk-dwindling", flag.pk)
    if made.pilot:
        messages.success(request, _("The trial is prepared: look at its measures, and start it."))
        return redirect("programs:desk-program", flag.program_id)
    messages.success(request, _("Kept. From now on the dates before and after are compared here."))
    return redirect("programs:desk-dwindling", flag.pk)


@staff_may("programs.change")
@require_POST
def why_survey(request: PersonRequest, pk: int) -> HttpResponse:
    """A short survey to begin with: what people would come for and when, for those who agreed to be asked."""
    flag = _to_decide(request, pk)
    language = get_language() or settings.HOUSE.languages[0]
    questions = starter("programs").questionnaire(language)
    questions.title |= {language: _("%(program)s: what would make you come?") % {"program": flag}}
    with transaction.atomic():
        survey = Survey.objects.begin(questions, by=request.user, branch=flag.program.branch)
        for one in _agreed(flag.program):
            survey.invitations.create(email=one["email"], language=one["language"], by=request.user)
    messages.success(request, _("The survey is a draft: look at its questions, then open it and send the invitations."))
    return redirect("surveys:desk-survey", survey.pk)
