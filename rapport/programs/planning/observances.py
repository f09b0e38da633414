"""The library's own days of the year."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.places.models.branch import Weekday
from rapport.programs.models import Observance, When
from rapport.programs.models.observance import Month, Nth
from rapport.ui.forms import WordsFormField

_NONE = [("", "–")]


class ObservanceForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What is it called?"), max_length=200)
    about = WordsFormField(
        label=gettext_lazy("What is it, and how do we mark it?"), long=True, required=False, max_length=2000
    )
    when = forms.ChoiceField(label=gettext_lazy("When is it?"), choices=When.choices)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"), required=False, choices=[*_NONE, *Month.choices], coerce=int, empty_value=None
    )
    day = forms.IntegerField(label=gettext_lazy("Day of the month"), required=False, min_value=1, max_value=31)
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Which of them"),
        required=False,
        choices=[*_NONE, *Nth.choices],
        coerce=int,
        empty_value=None,
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Weekday"), required=False, choices=[*_NONE, *Weekday.choices], coerce=int, empty_value=None
    )
    days = forms.CharField(
        label=gettext_lazy("Its first days"), required=False, max_length=600,
        help_text=gettext_lazy("One for each year, separated by commas: 2027-02-06, 2028-01-26"),
    )  # fmt: skip
    lasts = forms.IntegerField(label=gettext_lazy("How many days does it last?"), min_value=1, max_value=120, initial=1)
    lead_weeks = forms.IntegerField(
        label=gettext_lazy("How many weeks ahead does planning begin?"), min_value=0, max_value=52, initial=8
    )
    planned_with = forms.CharField(
        label=gettext_lazy("Planned with"), required=False, max_length=200,
        help_text=gettext_lazy("Who of the community plans it with you: those whose day it is"),
    )  # fmt: skip

    def clean_days(self) -> list[date]:
        found = []
        for text in filter(None, map(str.strip, self.cleaned_data["days"].split(","))):
            try:
                found.append(date.fromisoformat(text))
            except ValueError:
                raise forms.ValidationError(
                    _("“%(text)s” is no day. Write it as year-month-day, 2027-02-06.") % {"text": text}
                ) from None
        return sorted(set(found))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = {When.FIXED: ("month", "day"), When.RULE: ("month", "nth", "weekday"), When.GIVEN: ("days",)}
        for name in wanted.get(When(given["when"]), ()) if given.get("when") in When.values else ():
            if given.get(name) in (None, "", []) and name not in self.errors:
                self.add_error(name, _("This is needed, so that we know its day."))
        if given.get("when") == When.FIXED and not self.errors and not _is_day(given["month"], given["day"]):
            self.add_error("day", _("This month has no such day."))
        return given


def _is_day(month: int, day: int) -> bool:
    try:
        date(2028, month, day)  # a leap year
    except ValueError:
        return False
    return True


@staff_may("programs.see")
def observances(request: PersonRequest) -> HttpResponse:
    coming = Observance.objects.ahead(400)
    known = {one.observance.pk for one in coming}
    page = {
        "coming": coming,
        "unknown": [one for one in Observance.objects.all() if one.pk not in known],
        "may_change": request.user.has_perm("programs.change"),
    }
    return render(request, "programs/planning/observances.html", page)


@staff_may("programs.change")
def new_observance(request: PersonRequest) -> HttpResponse:
    return _kept(request, None)


@staff_may("programs.change")
def observance(request: PersonRequest, pk: int) -> HttpResponse:
    return _kept(request, get_object_or_404(Observance, pk=pk))


def _kept(request: PersonRequest, found: Observance | None) -> HttpResponse:
    form = ObservanceForm(request.POST or None, initial=_as_it_is(found) if found else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            days = form.cleaned_data.pop("days")
            found = found or Observance()
            for name, value in form.cleaned_data.items():
                setattr(found, name, value)
            found.save()
            found.dates.all().delete()
            found.dates.bulk_create(found.dates.model(observance=found, first=day) for day in days)
        messages.success(request, _("Kept."))
        return redirect("programs:desk-observances")
    page = {
        "observance": found, "form": form, "back": reverse("programs:desk-observances"),
        "programs": found.programs.all() if found else [],
        "next": found.next_day(timezone.localdate()) if found else None,
    }  # fmt: skip
    return render(request, "programs/planning/observance.html", page, status=422 if form.errors else 200)


def _as_it_is(found: Observance) -> dict[str, Any]:
    same = {name: getattr(found, name) for name in ObservanceForm.base_fields if name != "days"}
    return same | {"days": ", ".join(one.first.isoformat() for one in found.dates.all())}


@staff_may("programs.change")
@require_POST
def observance_removal(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(Observance, pk=pk).delete()
    messages.success(request, _("Taken out. Programs that were planned for it stay."))
    return redirect("programs:desk-observances")
