"""A rule out of plain controls; single dates; days that are left out."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.places.models.branch import Weekday
from rapport.programs.methods.recurrence import MOST_DATES, Recurrence
from rapport.programs.models import Series
from rapport.programs.models.observance import Nth
from rapport.ui.forms import WordsFormField

_DAY = {"type": "date"}
_HOUR = {"type": "time"}


class RuleForm(forms.Form):
    """Every so many weeks on these weekdays, or every so many months on the second of them, until it ends."""

    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(_HOUR, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(_HOUR, format="%H:%M"))
    first = forms.DateField(label=_("From which day?"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    every = forms.IntegerField(label=_("Every how many?"), min_value=1, max_value=24, initial=1)
    unit = forms.ChoiceField(
        label=_("Weeks or months?"),
        choices=[
            ("weeks", pgettext_lazy("every so many", "weeks")),
            ("months", pgettext_lazy("every so many", "months")),
        ],
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays?"), choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    nth = forms.TypedMultipleChoiceField(
        label=_("Which of them in the month?"), choices=Nth.choices, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Only if it is by months: the second Tuesday, the last one"),
    )  # fmt: skip
    times = forms.IntegerField(label=_("How many dates?"), required=False, min_value=1, max_value=MOST_DATES)
    until = forms.DateField(
        label=_("Or until which day?"), required=False, widget=forms.DateInput(_DAY, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, series: Series | None = None) -> None:
        super().__init__(data, initial=_as_before(series))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends, first, until = (given.get(name) for name in ("starts", "ends", "first", "until"))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It has to end after it starts."))
        if first and until and until < first:
            self.add_error("until", _("It has to end after its first day."))
        if given.get("unit") == "months" and not given.get("nth") and "nth" not in self.errors:
            self.add_error("nth", _("Say which of them: the first, the second, the last."))
        if not given.get("times") and not until and not {"times", "until"} & set(self.errors):
            self.add_error("times", _("Say how many dates, or until which day."))
        if given.get("times") and until:
            self.add_error("until", _("Say how many dates or until which day, not both."))
        return given

    def rule(self) -> Recurrence:
        said = self.cleaned_data
        nth = tuple(said["nth"]) if said["unit"] == "months" else ()
        return Recurrence(tuple(said["weekdays"]), said["every"], nth, said["times"], said["until"])


class NewSeriesForm(RuleForm):
    title = WordsFormField(
        label=_("A title of its own?"), required=False, max_length=200,
        help_text=_("“Sewing, spring course”. Leave empty to take over the title of the program."),
    )  # fmt: skip
    field_order = ["title"]


def _as_before(series: Series | None) -> dict[str, Any]:
    """The rule that it has, going on after its last date."""
    last = series.sessions.order_by("starts_at").last() if series else None
    day = timezone.localdate() + timedelta(days=7)
    said: dict[str, Any] = {"first": day, "every": 1, "unit": "weeks", "times": 6}
    if last:
        begins, ends = timezone.localtime(last.starts_at), timezone.localtime(last.ends_at)
        said |= {"first": begins.date() + timedelta(days=1), "starts": begins.time(), "ends": ends.time()}
    if series and series.recurs:
        rule = Recurrence.from_text(series.recurs)
        unit = "months" if rule.is_monthly else "weeks"
        said |= {"every": rule.every, "unit": unit, "weekdays": list(rule.weekdays), "nth": list(rule.nth)}
    return said


class SingleDateForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(_HOUR, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(_HOUR, format="%H:%M"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", _("It has to end after it starts."))
        return given


class SkipForm(forms.Form):
    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    why = forms.CharField(label=_("Why not on that day?"), max_length=300)


def days_of(values: list[str]) -> set[date]:
    """The days that were ticked; whatever is no day is passed over."""
    found = set()
    for value in values:
        try:
            found.add(date.fromisoformat(value))
        except ValueError:
            continue
    return found
