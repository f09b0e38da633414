"""How soon we answer: for a period, together and by branch and kind."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from rapport.lib.exports import csv_response
from rapport.listening.figures import AnswerFigures, figures_by
from rapport.listening.models import VoiceKind, VoiceQuerySet
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.charts import Bar, Plot, bars

from .inbox import seen_by

_A_YEAR = timedelta(days=365)
Row = tuple[str, AnswerFigures]


class PeriodForm(forms.Form):
    first = forms.DateField(label=gettext_lazy("from"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=gettext_lazy("to"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def period(self) -> tuple[date, date]:
        today = timezone.localdate()
        said = self.cleaned_data if self.is_valid() else {}
        first, last = said.get("first") or today - _A_YEAR, said.get("last") or today
        return min(first, last), max(first, last)


@require_safe
@staff_may("listening.see_inbox")
def figures(request: PersonRequest) -> HttpResponse:
    form = PeriodForm(request.GET)
    first, last = form.period()
    parts = _figures(request.user, first, last)
    whole, branches, kinds = parts[""][None], _by_branch(parts["branch_id"]), _by_kind(parts["kind"])
    if request.GET.get("export") == "csv":
        return _csv([(_("All"), whole), *branches, *kinds])
    page = {
        "form": form,
        "first": first,
        "last": last,
        "whole": whole,
        "rows": [(_("All"), whole), *branches, *kinds],
        "plots": [_plot(_("By branch"), _("Branch"), branches), _plot(_("By kind"), _("Kind"), kinds)],
        "csv": f"?first={first.isoformat()}&last={last.isoformat()}&export=csv",
    }
    return render(request, "listening/desk/figures.html", page)


def _figures(person: Person, first: date, last: date) -> dict[str, dict[Any, AnswerFigures]]:
    """Counted at most once in ten minutes for the same days: very many voices take half a second."""
    reach = person.branches_where("listening.see_inbox")
    key = f"answers {'all' if reach is None else sorted(reach)} {first} {last}".replace(" ", "_")
    figures: dict[str, dict[Any, AnswerFigures]] | None = caches["memory"].get(key)
    if figures is None:
        figures = figures_by(_said_between(seen_by(person), first, last), "branch_id", "kind")
        caches["memory"].set(key, figures, 600)
    return figures


def _said_between(voices: VoiceQuerySet, first: date, last: date) -> VoiceQuerySet:
    begin, end = (timezone.make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
    return voices.filter(spoken_at__gte=begin, spoken_at__lt=end)


def _by_branch(parts: dict[int | None, AnswerFigures]) -> list[Row]:
    rows = [(str(branch), parts[branch.pk]) for branch in Branch.objects.filter(pk__in=[key for key in parts if key])]
    return [*rows, (_("The library as a whole"), parts[None])] if None in parts else rows


def _by_kind(parts: dict[str, AnswerFigures]) -> list[Row]:
    return [(str(kind.label), parts[kind.value]) for kind in VoiceKind if kind.value in parts]


def _plot(title: str, what: str, rows: list[Row]) -> Plot:
    return bars(
        title,
        [Bar(label, _rounded(one.median_days), _answered(one)) for label, one in rows],
        summary=_("Median days until the first answer; beside it how many were answered at all."),
        header=(what, _("Median days")),
    )


def _answered(one: AnswerFigures) -> str:
    return _("· %(answered)d of %(voices)d") % {"answered": one.answered, "voices": one.voices}


def _rounded(number: float | None, digits: int = 1) -> float | None:
    return None if number is None else round(number, digits)


def _csv(rows: list[Row]) -> HttpResponse:
    header = [
        _("What"), _("Voices"), _("Answered"), _("Share answered"), _("Median days"), _("Nine in ten within (days)"),
        _("Told in time that it arrived"), _("Answered in time"),
    ]  # fmt: skip
    return csv_response("answers", header, _cells(rows))  # type: ignore[return-value]


def _cells(rows: list[Row]) -> Iterator[list[object]]:
    for label, one in rows:
        days = [_rounded(one.median_days, 2), _rounded(one.ninetieth_days, 2)]
        shares = [_rounded(one.acknowledged_in_time, 3), _rounded(one.answered_in_time, 3)]
        yield [label, one.voices, one.answered, _rounded(one.share, 3), *days, *shares]
