from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.deciding.models import Decision
from rapport.insight.models import Need
from rapport.people.models import Person
from rapport.places.models import Branch, Space
from rapport.programs.arriving.roster import heads_noted
from rapport.programs.models import Access, Band, Choice, ProgramKind, Session, Setting
from rapport.ui.context import own_name
from rapport.ui.forms import RadioCards, WordsFormField

_MOST_WEEKS = 52
_MOST_HEADS = 99_999
_DAY = {"type": "date"}
_HOUR = {"type": "time"}


def languages() -> list[tuple[str, str]]:
    """The house's languages first, then every other that a session may be held in, by its own name."""
    house = list(settings.HOUSE.languages)
    others = sorted((code for code in LANG_INFO if len(code) < 4 and code not in house), key=own_name)
    return [(code, own_name(code)) for code in [*house, *others]]


class ProgramWordsForm(forms.Form):
    title = WordsFormField(label=_("What is it called?"), max_length=200)
    about = WordsFormField(label=_("What is it?"), long=True, required=False, max_length=2000)
    kind = forms.ChoiceField(label=_("What kind of thing is it?"), choices=ProgramKind.choices)
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Branch"), required=False, empty_label=_("the whole library")
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who looks after it?"), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.staff()  # type: ignore[attr-defined]


class ProgramForm(ProgramWordsForm):
    """A program names the need that it answers, or says openly that it answers none."""

    need = forms.ModelChoiceField(
        Need.objects.all(),
        label=_("Which need does it answer?"),
        required=False,
        empty_label=pgettext_lazy("no need chosen", "none"),
        help_text=_("Choose one, or tick the box below"),
    )
    answers_none = forms.BooleanField(
        label=_("It answers no need that we heard"),
        required=False,
        help_text=_("This is said openly on its page. Many good programs began so."),
    )
    decision = forms.ModelChoiceField(
        Decision.objects.all(),
        label=_("Which decision does it carry out?"),
        required=False,
        empty_label=pgettext_lazy("no decision chosen", "none"),
    )
    field_order = ["title", "need", "answers_none", "decision", "about", "kind", "branch", "owner"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        need, none = cleaned.get("need"), cleaned.pop("answers_none", False)
        if need is None and not none and "need" not in self.errors:
            self.add_error("need", _("Choose the need that it answers, or say below that it answers none."))
        if need is not None and none:
            self.add_error("answers_none", _("You chose a need above. Leave this open, or choose no need."))
        return cleaned


class DeliveryForm(forms.Form):
    said = WordsFormField(
        label=_("What is there now?"),
        long=True,
        help_text=_("In words for those who asked: where it is, since when, how to use it"),
    )


class PilotForm(forms.Form):
    hypothesis = WordsFormField(
        label=_("What do you expect?"), long=True, help_text=_("If we …, then …, for …"), max_length=600
    )
    review_on = forms.DateField(
        label=_("On which day will you decide?"), widget=forms.DateInput(_DAY, format="%Y-%m-%d")
    )
    hours_cap = forms.IntegerField(label=_("Staff hours at most"), required=False, min_value=0, max_value=1_000_000)
    budget_cap = forms.DecimalField(
        label=_("Money at most"), required=False, min_value=0, max_digits=10, decimal_places=2
    )

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day


class MeasureForm(forms.Form):
    name = WordsFormField(label=_("What is measured?"), max_length=200)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=40, help_text=_("%, hours, loans"))
    more_is_better = forms.TypedChoiceField(
        label=_("Which way is better?"),
        choices=[("yes", _("more is better")), ("no", _("less is better"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    green = forms.DecimalField(label=_("Good from"), max_digits=10, decimal_places=2)
    amber = forms.DecimalField(label=_("Fair from"), max_digits=10, decimal_places=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        green, amber, more = (cleaned.get(name) for name in ("green", "amber", "more_is_better"))
        if green is not None and amber is not None and more is not None and (green < amber if more else green > amber):
            better = _("“Good” has to be at least as much as “fair”.")
            fewer = _("“Good” has to be at most as much as “fair”, since less is better.")
            self.add_error("green", better if more else fewer)
        return cleaned


class ReadingForm(forms.Form):
    value = forms.DecimalField(label=_("What does it read now?"), max_digits=10, decimal_places=2)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class VerdictForm(forms.Form):
    choice = forms.ChoiceField(label=_("What becomes of it?"), choices=Choice.choices, widget=RadioCards)
    evidence = WordsFormField(
        label=_("On what evidence?"),
        long=True,
        help_text=_(
            "Everyone who spoke of it reads this. Below stands what the measures say; put it in your own words."
        ),
    )


class SessionForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(_HOUR, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(_HOUR, format="%H:%M"))
    setting = forms.ChoiceField(label=_("Where"), choices=Setting.choices)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Branch"), required=False, empty_label="–")
    space = forms.ModelChoiceField(
        Space.objects.select_related("branch").order_by("branch__order", "branch", "order"),
        label=_("Space"),
        required=False,
        empty_label="–",
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200, help_text=_("If it is not at a branch"))
    language = forms.ChoiceField(label=_("Language"))
    audience = forms.ChoiceField(
        label=_("For whom first?"),
        choices=Band.choices,
        help_text=_("The one group that it is made for. The yearly statistics ask for exactly one."),
    )
    access = forms.MultipleChoiceField(
        label=_("Access"), required=False, choices=Access.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        self.fields["space"].label_from_instance = _space_words  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It has to end after it starts."))
        self._clean_where(cleaned)
        return cleaned

    def _clean_where(self, cleaned: dict[str, Any]) -> None:
        branch, space, setting = cleaned.get("branch"), cleaned.get("space"), cleaned.get("setting")
        if space and branch and space.branch_id != branch.pk:
            self.add_error("space", _("This space belongs to another branch."))
        if space and not branch:
            cleaned["branch"] = branch = space.branch
        if setting == Setting.ONSITE and not branch:
            self.add_error("branch", _("Choose the branch, or say above that it is elsewhere or online."))
        if setting == Setting.OFFSITE and not cleaned.get("place"):
            self.add_error("place", _("Write where it is, so that people find it."))

    def dates(self) -> tuple[datetime, datetime]:
        day = self.cleaned_data["day"]
        moments = (datetime.combine(day, self.cleaned_data[name]) for name in ("starts", "ends"))
        first, last = map(timezone.make_aware, moments)
        return first, last

    def fields_of_session(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name not in _TIMES}


_TIMES = {"day", "starts", "ends", "times"}


def _space_words(space: Space) -> str:
    return f"{space.branch}: {space}"


class NewSessionForm(SessionForm):
    times = forms.IntegerField(
        label=_("For how many weeks?"),
        min_value=1,
        max_value=_MOST_WEEKS,
        initial=1,
        help_text=_("1 is this date only; 8 is the same weekday and hour for eight weeks"),
    )
    field_order = ["day", "starts", "ends", "times"]


class CancellationForm(forms.Form):
    why = forms.CharField(
        label=_("Why does it not take place?"),
        max_length=300,
        help_text=_("Everyone can read this on the page of the session"),
    )


class HeadsForm(forms.Form):
    """One number for each age band. Left empty it was not counted; 0 says that it was, and that nobody came."""

    def __init__(self, data: Any = None, *, session: Session, auto_id: str = "heads-%s") -> None:
        super().__init__(data, initial=session.by_band or heads_noted(session), auto_id=auto_id)
        bands = sorted(Band, key=lambda band: band != session.audience)
        for band in bands:
            self.fields[band.value] = forms.IntegerField(
                label=_("age not noted") if band == Band.GENERAL else band.label,
                required=False,
                min_value=0,
                max_value=_MOST_HEADS,
                widget=forms.NumberInput({"inputmode": "numeric", "class": "tally__number"}),
            )

    def heads(self) -> dict[str, int]:
        return {band: n for band, n in self.cleaned_data.items() if n is not None}
