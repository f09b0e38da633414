"""The facts of a program, a series or a date in one form: in sections, folded, each saying what holds now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.community.topic_field import TopicsField
from rapport.places.models import Branch, Space
from rapport.programs.forms import languages
from rapport.programs.models import (
    FACTS,
    Access,
    Band,
    Form,
    Observance,
    Presenter,
    Program,
    RegistrationRules,
    Session,
    Setting,
)
from rapport.ui.forms import WordsFormField

_DAY = {"type": "date"}
_HOUR = {"type": "time"}


@dataclass(frozen=True)
class Section:
    """Some fields under a title; `now` is how they stand, said on the fold."""

    title: str | Promise
    fields: list[BoundField]
    now: str
    is_open: bool


class FactsForm(forms.Form):
    """What `Offered` holds. A subclass says which more fields there are, and in which section they stand."""

    setting = forms.ChoiceField(label=_("Where"), choices=Setting.choices)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Branch"), required=False, empty_label="–")
    space = forms.ModelChoiceField(
        Space.objects.select_related("branch").order_by("branch__order", "branch", "order"),
        label=_("Space"), required=False, empty_label="–",
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), required=False, max_length=200, help_text=_("If it is not at a branch"))
    is_hybrid = forms.BooleanField(
        label=_("One can take part online, too"), required=False,
        help_text=_("It is one session, counted where people can be in person."),
    )  # fmt: skip
    online_url = forms.URLField(label=_("Address online"), required=False, max_length=500, assume_scheme="https")
    audience = forms.ChoiceField(
        label=_("For whom first?"), required=False, choices=[("", _("decided for each date")), *Band.choices],
        help_text=_("The one group that it is made for. The yearly statistics ask for exactly one."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), required=False)
    access = forms.MultipleChoiceField(
        label=_("Access on offer"), required=False, choices=Access.choices, widget=forms.CheckboxSelectMultiple
    )
    form = forms.ChoiceField(
        label=_("How people take part"), choices=Form.choices,
        help_text=_("Only people together and clubs are counted as programs; the others have ledgers of their own."),
    )  # fmt: skip
    host = forms.CharField(
        label=_("Host"), required=False, max_length=120, help_text=_("Of a club: who of its members leads it")
    )
    is_sponsored = forms.BooleanField(
        label=_("The library gives staff time or money"), required=False,
        help_text=_("If it does not, it is somebody else’s meeting in our rooms, and never counted."),
    )  # fmt: skip
    presenters = forms.ModelMultipleChoiceField(
        Presenter.objects.all(), label=_("Who leads it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_presenter = forms.CharField(label=_("Somebody who is not in the list"), required=False, max_length=200)
    cost = WordsFormField(
        label=_("Cost"), required=False, max_length=200,
        help_text=_("Leave empty if it is free. Said only; nothing is paid here."),
    )  # fmt: skip
    capacity = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=100_000)
    rules = forms.ModelChoiceField(
        RegistrationRules.objects.all(), label=_("Rules of registration"), required=False,
        empty_label=_("nobody needs to register"),
    )  # fmt: skip
    minutes_before = forms.IntegerField(label=_("Minutes to set up"), required=False, min_value=0, max_value=600)
    minutes_after = forms.IntegerField(label=_("Minutes to clear up"), required=False, min_value=0, max_value=600)
    staff_hours = forms.DecimalField(
        label=_("Staff hours for each date"), required=False, min_value=0, max_digits=6, decimal_places=2,
        help_text=_("With getting ready and clearing up, of everybody who works on it"),
    )  # fmt: skip
    budget = forms.DecimalField(
        label=_("Money for each date"), required=False, min_value=0, max_digits=10, decimal_places=2
    )

    SECTIONS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
        (_("Where"), ("setting", "branch", "space", "place", "is_hybrid", "online_url")),
        (_("For whom"), ("audience", "language", "access")),
        (_("How people take part"), ("form", "host", "presenters", "new_presenter", "is_sponsored", "cost")),
        (_("Places and registration"), ("capacity", "rules")),
        (_("The work behind it"), ("minutes_before", "minutes_after", "staff_hours", "budget")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("decided for each date")), *languages()]  # type: ignore[attr-defined]
        self.fields["space"].label_from_instance = lambda space: f"{space.branch}: {space}"  # type: ignore[attr-defined]
        if not Presenter.objects.exists():
            del self.fields["presenters"]
            self.fields["new_presenter"].label = _("Who leads it")

    @classmethod
    def of(cls, plan: Any, data: Any = None, **more: Any) -> "FactsForm":
        same = [name for name in cls.base_fields if hasattr(plan, name)]
        initial = {name: _now(plan, name) for name in same}
        return cls(data, initial=initial | more)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("minutes_before", "minutes_after"):
            given[name] = given.get(name) or 0
        self._clean_where(given)
        return given

    def _clean_where(self, given: dict[str, Any]) -> None:
        branch, space, setting = given.get("branch"), given.get("space"), given.get("setting")
        if space and branch and space.branch_id != branch.pk:
            self.add_error("space", _("This space belongs to another branch."))
        if space and not branch:
            given["branch"] = space.branch
        if given.get("rules") and not given.get("capacity") and "capacity" not in self.errors:
            self.add_error("capacity", _("Say how many places there are, so that people can register."))
        if setting == Setting.OFFSITE and self.wants_a_place and not given.get("place"):
            self.add_error("place", _("Write where it is, so that people find it."))
        if setting == Setting.ONSITE and self.wants_a_place and not given.get("branch"):
            self.add_error("branch", _("Choose the branch, or say above that it is elsewhere or online."))

    wants_a_place = False

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}

    def leaders(self) -> list[Presenter]:
        """Those chosen, and the new one, who is in the list from now on."""
        chosen = list(self.cleaned_data.get("presenters") or [])
        if name := self.cleaned_data.get("new_presenter"):
            chosen.append(Presenter.objects.get_or_create(name=name)[0])
        return chosen

    @property
    def sections(self) -> Iterator[Section]:
        """As they are drawn: the first one open, and each in which something is wrong."""
        for place, (title, names) in enumerate(self.SECTIONS):
            fields = [self[name] for name in names if name in self.fields]
            said = [words for field in fields if (words := _said(field))]
            is_open = place == 0 or any(field.errors for field in fields)
            yield Section(title, fields, " · ".join(said) or str(_("nothing said")), is_open)


def _now(plan: Any, name: str) -> Any:
    value = getattr(plan, name)
    return list(value.all()) if isinstance(value, models.Manager) else value


def _said(field: BoundField) -> str:
    """How it stands, for the fold."""
    value = field.initial
    if value in (None, "", [], {}, 0) or value is False:
        return ""
    if value is True:
        return str(field.label)
    choices = {str(key): str(label) for key, label in getattr(field.field, "choices", []) or []}
    if isinstance(value, list):
        return ", ".join(choices.get(str(getattr(one, "pk", one)), str(one)) for one in value)
    text = choices.get(str(getattr(value, "pk", value)), str(value))
    return f"{field.label}: {text}" if not choices else text


class ProgramFactsForm(FactsForm):
    success = WordsFormField(
        label=_("How shall we know that it works?"), long=True, required=False, max_length=1000,
        help_text=_("What will people know, feel or do afterwards? How will you see it?"),
    )  # fmt: skip
    observance = forms.ModelChoiceField(
        Observance.objects.all(), label=_("For which day of the year?"), required=False, empty_label=_("none")
    )

    topics = TopicsField(label=_("What is it about?"))

    SECTIONS = ((_("What it is for"), ("success", "topics", "observance")), *FactsForm.SECTIONS)

    @property
    def facts(self) -> dict[str, Any]:
        return super().facts | {name: self.cleaned_data[name] for name in ("success", "observance")}


class SeriesFactsForm(FactsForm):
    title = WordsFormField(
        label=_("Title"), required=False, max_length=200, help_text=_("Leave empty to take over the title above")
    )
    about = WordsFormField(label=_("What is it?"), long=True, required=False, max_length=2000)

    SECTIONS = ((_("Words"), ("title", "about")), *FactsForm.SECTIONS)

    @property
    def facts(self) -> dict[str, Any]:
        return super().facts | {name: self.cleaned_data[name] for name in ("title", "about")}


class DateFactsForm(SeriesFactsForm):
    """One date: its day and hour, why it was moved, and the facts that it may have of its own."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(_HOUR, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(_HOUR, format="%H:%M"))
    why = forms.CharField(
        label=_("Why is it moved?"), required=False, max_length=300,
        help_text=_("If it has another time or place now, everyone reads this beside where it was before."),
    )  # fmt: skip

    SECTIONS = ((_("When"), ("day", "starts", "ends", "why")), *FactsForm.SECTIONS, SeriesFactsForm.SECTIONS[0])
    wants_a_place = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        self.fields["audience"].choices = Band.choices  # type: ignore[attr-defined]
        for name in ("language", "audience"):
            self.fields[name].required = True

    @classmethod
    def of(cls, plan: Session, data: Any = None, **more: Any) -> FactsForm:
        first, last = timezone.localtime(plan.starts_at), timezone.localtime(plan.ends_at)
        return super().of(plan, data, day=first.date(), starts=first.time(), ends=last.time(), **more)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", _("It has to end after it starts."))
        return given

    def dates(self) -> tuple[datetime, datetime]:
        day = self.cleaned_data["day"]
        moments = (datetime.combine(day, self.cleaned_data[name]) for name in ("starts", "ends"))
        first, last = map(timezone.make_aware, moments)
        return first, last


def label_of_fact(name: str) -> str:
    """A fact's name for people."""
    field = SeriesFactsForm.base_fields.get(name)
    return str(field.label) if field else name


def labelled(plan: Program, facts: Mapping[str, Any]) -> list[str]:
    return [label_of_fact(name) for name, value in facts.items() if getattr(plan, name) != value]
