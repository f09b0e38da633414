"""Themes of different rounds of listening beside each other: the share of each, with how many voices it rests on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.insight.desk.theme_forms import RoundForm
from rapport.insight.desk.theme_tabs import theme_tabs
from rapport.insight.models import Round, Theme, ThemeVoice
from rapport.lib.exports import csv_response
from rapport.listening.models import VoiceQuerySet
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person

if TYPE_CHECKING:
    from rapport.insight.methods.themes.shares import Share

_MOST_ROUNDS = 6


@dataclass(frozen=True)
class Row:
    theme: Theme | None  # none: voices in no theme yet
    shares: "list[Share]"


@staff_may("insight.see")
def rounds(request: PersonRequest) -> HttpResponseBase:
    """GET compares the newest rounds; POST adds one."""
    may_change = request.user.has_perm("insight.change")
    form = RoundForm(request.POST if request.method == "POST" and may_change else None)
    if form.is_valid():
        form.instance.by = request.user
        form.save()
        return redirect("insight:rounds")
    compared = list(Round.objects.order_by("-first", "-pk")[:_MOST_ROUNDS])[::-1]
    rows = _rows(compared, request.user) if compared else []
    if request.GET.get("export") == "csv":
        return csv_response("themes-by-round", _header(compared), [_in_file(row) for row in rows])
    page = {"form": form, "rounds": compared, "rows": rows, "tabs": theme_tabs(request), "may_change": may_change}
    return render(request, "insight/desk/themes/rounds.html", page, status=422 if form.errors else 200)


def _rows(compared: list[Round], person: Person) -> list[Row]:
    """A voice of a part counts for the whole theme, once. The largest themes of the newest round come first."""
    from rapport.insight.methods.themes.shares import shares  # numpy only where it works

    themes = list(Theme.objects.current().filter(part_of=None))
    counts: dict[int, list[int]] = {theme.pk: [] for theme in themes}
    totals, left = [], []
    for one in compared:
        voices = one.voices().of_branches(person.branches_where("insight.see"))
        spoken = _themes_of(voices)
        totals.append(voices.count())
        left.append(totals[-1] - len({voice for voice, _theme in spoken}))
        for key, row in counts.items():
            row.append(sum(theme == key for _voice, theme in spoken))
    found = shares([*counts.values(), left], totals)
    rows = [Row(theme, row) for theme, row in zip(themes, found, strict=False) if any(each.voices for each in row)]
    rows.sort(key=lambda row: -row.shares[-1].voices)
    return [*rows, Row(None, found[-1])]


def _themes_of(voices: VoiceQuerySet) -> set[tuple[int, int]]:
    in_use = Q(theme__merged_into=None, theme__discarded_at=None)
    links = ThemeVoice.objects.filter(in_use, voice__in=voices.order_by().values("pk"))
    return {(voice, parent or theme) for voice, theme, parent in links.values_list("voice", "theme", "theme__part_of")}


def _header(compared: list[Round]) -> list[str]:
    columns = [(f"{one}: {_('voices')}", f"{one}: {_('share')}") for one in compared]
    return [_("Theme"), *(name for pair in columns for name in pair)]


def _in_file(row: Row) -> list[object]:
    cells = [(each.voices, None if each.share is None else round(each.share, 4)) for each in row.shares]
    return [str(row.theme or _("in no theme yet")), *(cell for pair in cells for cell in pair)]


@require_POST
@staff_may("insight.change")
def removal(request: PersonRequest, pk: int) -> HttpResponseBase:
    get_object_or_404(Round, pk=pk).delete()
    return redirect("insight:rounds")
