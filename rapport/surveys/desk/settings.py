"""How a survey is asked: of whom, until when, for what, and what is kept."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.desk.forms import branch_field
from rapport.surveys.desk.reach import mine
from rapport.surveys.models import Sampling, Survey
from rapport.ui.forms import RadioCards, WordsFormField

_FIELDS = (
    "branch", "purpose", "asks_branch", "sampling", "population", "is_named", "asks_contact", "contact_words",
    "opens_on", "closes_on", "reminders", "days_between_reminders", "results_are_public", "keep_until",
)  # fmt: skip


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class SettingsForm(forms.Form):
    purpose = WordsFormField(
        label=gettext_lazy("What will be decided by it?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "“By June we decide how many hours we open on Sundays.” It stands before the first question"
        ),
    )
    sampling = forms.ChoiceField(
        label=gettext_lazy("Who answers"),
        choices=Sampling.choices,
        widget=RadioCards(
            notes={
                Sampling.CHOSE: gettext_lazy("Quick and open. It shows what people think, not how many think so"),
                Sampling.DRAWN: gettext_lazy("Only this way results have a margin of error"),
                Sampling.EVERYONE: gettext_lazy("For a club, a course, a board: those you know by name"),
            }
        ),
    )
    population = forms.IntegerField(
        label=gettext_lazy("How many people is it about?"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        help_text=gettext_lazy("For the size of the sample and the margin of error"),
    )
    is_named = forms.BooleanField(
        label=gettext_lazy("Keep answers with who gave them"),
        required=False,
        help_text=gettext_lazy(
            "Rarely needed: without it nothing leads from an answer to a person. It stays so from the first answer on"
        ),
    )
    asks_branch = forms.BooleanField(
        label=gettext_lazy("Ask people which library they use most"),
        required=False,
        help_text=gettext_lazy(
            "Before the first question, of those who come by no library's link. Nobody has to say it"
        ),
    )
    asks_contact = forms.BooleanField(
        label=gettext_lazy("People may leave an address at the end"),
        required=False,
        help_text=gettext_lazy("It is kept apart from the answers"),
    )
    contact_words = WordsFormField(label=gettext_lazy("What the address is for"), required=False, max_length=500)
    opens_on = _day(gettext_lazy("First day"), gettext_lazy("Leave it empty to begin when you open it"))
    closes_on = _day(gettext_lazy("Last day"))
    reminders = forms.IntegerField(label=gettext_lazy("Reminders to those who were invited"), min_value=0, max_value=5)
    days_between_reminders = forms.IntegerField(label=gettext_lazy("Days between them"), min_value=2, max_value=60)
    results_are_public = forms.BooleanField(label=gettext_lazy("Anyone may see the results"), required=False)
    keep_until = _day(
        gettext_lazy("Single answers are kept until"),
        gettext_lazy("After that day only the counted results stay. People are told this day before they answer"),
    )

    def __init__(self, data: Any = None, *, survey: Survey, person: Any) -> None:
        super().__init__(data, initial={name: getattr(survey, name) for name in _FIELDS})
        self.survey = survey
        self.fields["branch"] = branch_field(person)
        if survey.branch is None:
            self.fields["branch"].required = False
        self.order_fields(["purpose", "branch", "asks_branch"])
        if survey.responses.exists():
            self.fields["is_named"].disabled = True
            self.fields["is_named"].help_text = _("Somebody has answered: what was promised to them stays")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        opens, closes, keep = (given.get(name) for name in ("opens_on", "closes_on", "keep_until"))
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day is before the first. Choose a later one."))
        if keep and keep < (closes or timezone.localdate()):
            self.add_error("keep_until", _("Answers have to be kept until the survey is over. Choose a later day."))
        if given.get("asks_contact") and not given.get("contact_words"):
            self.add_error("contact_words", _("Tell people what their address is for: one sentence is enough."))
        if given.get("sampling") == Sampling.DRAWN and not given.get("population"):
            self.add_error("population", _("A sample is drawn from somebody: say how many people there are."))
        return given


@staff_may("surveys.change")
def settings(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    form = SettingsForm(request.POST or None, survey=survey, person=request.user)
    if request.method == "POST" and form.is_valid():
        survey.arrange(**form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return redirect("surveys:desk-survey", pk)
    page = {"survey": survey, "form": form}
    return render(request, "surveys/desk/settings.html", page, status=422 if form.errors else 200)
