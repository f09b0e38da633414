"""The map for everybody: groups where there are any, what is agreed on, what divides, and one's own place."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rapport.deciding.models import OpinionVote
from rapport.deciding.opinions.shown import Shown, ellipses, group_name, shown, spots
from rapport.deciding.opinions.snapshot import Snapshot
from rapport.deciding.views.opinions import found, whole
from rapport.deciding.ways_in import participant_of
from rapport.lib.exports import file_response
from rapport.people.guards import anyone


def drawing_of(snap: Snapshot, votes: dict[int, int], *, exact: bool = False) -> dict[str, Any]:
    told = shown(snap, exact=exact)
    place = snap.place(votes)
    mine = sum(key in snap.by_key for key in votes)
    return {
        "shown": told,
        "ellipses": ellipses(told, snap.drawn["reach"]) if told.is_drawn else [],
        "spot": spots(place) if told.is_drawn else None,
        "my_group": group_name(place.group) if place and place.group is not None else "",
        "my_votes": mine,
        "missing_votes": max(0, snap.enough_for_a_place - mine),
        "drawn_at": snap.drawing.at if snap.drawing else None,
        "mark": f"{snap.drawing.at.timestamp():.3f}" if snap.drawing else "0",
        "is_live": snap.conversation.is_open,
    }


@never_cache
@anyone
def opinion_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The map; asked by the page itself for what is new, it answers with that alone, or with nothing."""
    snap = found(pk)
    if not snap.conversation.may_show_map:
        return render(request, "deciding/opinions/map_later.html", whole(snap))
    mark = f"{snap.drawing.at.timestamp():.3f}" if snap.drawing else "0"
    is_live = bool(request.headers.get("HX-Request"))
    if is_live and request.GET.get("mark") == mark:
        return HttpResponse(status=204)
    votes = OpinionVote.objects.by(participant_of(request, snap.conversation.process))
    page = whole(snap) | drawing_of(snap, votes)
    template = "deciding/opinions/drawing.html" if is_live else "deciding/opinions/map.html"
    return render(request, template, page)


@anyone
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What came out, to be read and printed, once the conversation is over."""
    snap = found(pk)
    if not snap.conversation.phase.is_over:
        return render(request, "deciding/opinions/map_later.html", whole(snap))
    return render(request, "deciding/opinions/report.html", whole(snap) | drawing_of(snap, {}))


@anyone
def figures(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same numbers as on the map, as a table."""
    snap = found(pk)
    if not snap.conversation.may_show_map:
        raise Http404
    told = shown(snap)
    names = [_("Everybody"), *(group.name for group in told.groups)]
    header = [_("Number"), _("Statement"), _("Language")]
    for name in names:
        header += [f"{name}: {what}" for what in (_("agree"), _("disagree"), _("pass"))]
    kind = "xlsx" if request.GET.get("file") == "xlsx" else "csv"
    return file_response(kind, f"opinions-{pk}", header, _rows(told))


def _rows(told: Shown) -> Iterator[list[object]]:
    for line in told.lines:
        cells: list[object] = [line.statement.number, str(line.statement), line.statement.words.language]
        for shares in (line.whole, *line.groups):
            cells += [shares.agree_words, shares.disagree_words, shares.passed_words] if shares else ["", "", ""]
        yield cells
