"""At the door, on a phone: ticking who is there, and counting who just came."""

import json
import uuid
from datetime import datetime
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from rapport.lib.doors import anyone
from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.arriving.roster import attendees_at, door_address, places_for_walk_ins, roster_of
from rapport.programs.desk.found import within_reach
from rapport.programs.models import Band, Session
from rapport.programs.models.arrival import Happened, note

_MOST_AT_ONCE = 500


def _found(request: PersonRequest, pk: int) -> Session:
    rows = within_reach(Session.objects.all(), request.user, "programs.count")
    return get_object_or_404(rows.select_related("program", "branch", "space", "cancellation"), pk=pk)


@staff_may("programs.count")
def roster(request: PersonRequest, pk: int) -> HttpResponse:
    session = _found(request, pk)
    found = roster_of(session)
    bands = sorted(Band, key=lambda band: band != session.audience)
    page = {
        "session": session,
        "roster": found,
        "bands": [(band, found.walk_ins.get(band, 0)) for band in bands],
        "free": places_for_walk_ins(session),
    }
    return render(request, "programs/desk/door/roster.html", page)


@staff_may("programs.count")
@require_POST
def arrivals(request: PersonRequest, pk: int) -> HttpResponse:
    """One thing from a button, or all that a phone kept while there was no network: each happens once."""
    session = _found(request, pk)
    is_kept = request.content_type == "application/json"
    happened = _from_phone(request.body) if is_kept else _from_button(request)
    if happened is None:
        return JsonResponse({"error": "not understood"}, status=400)
    note(session, happened, attendees=attendees_at(session), by=request.user)
    if not is_kept:
        return redirect(reverse("programs:roster", args=[pk]) + request.POST.get("back", "")[:40])
    found = roster_of(session)
    here = [line.attendee.pk for line in found.lines if line.is_here]
    return JsonResponse({"done": [str(one.id) for one in happened], "here": here, "walkIns": found.walk_ins})


def _from_button(request: PersonRequest) -> list[Happened] | None:
    said = {"id": str(uuid.uuid4()), **request.POST.dict()}
    return _read([{**said, "at": timezone.now().isoformat()}])


def _from_phone(body: bytes) -> list[Happened] | None:
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return _read(told) if isinstance(told, list) and len(told) <= _MOST_AT_ONCE else None


def _read(told: list[Any]) -> list[Happened] | None:
    try:
        return [_one(row) for row in told]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _one(row: dict[str, Any]) -> Happened:
    """Raises ValueError, or what a wrong shape raises, where it is not something that a door notes."""
    kind, at = str(row["kind"]), parse_datetime(str(row["at"]))
    if kind not in {"here", "gone", "in", "out"} or at is None:
        raise ValueError(kind)
    band = Band(row.get("band", Band.GENERAL)).value if kind in {"in", "out"} else ""
    attendee = int(row["attendee"]) if kind in {"here", "gone"} else None
    return Happened(uuid.UUID(str(row["id"])), kind, _not_later(at), attendee, band)


def _not_later(at: datetime) -> datetime:
    """A phone whose clock runs ahead does not note what has not happened yet."""
    return min(at if timezone.is_aware(at) else timezone.make_aware(at), timezone.now())


@staff_may("programs.count")
def door(request: PersonRequest, pk: int) -> HttpResponse:
    """A poster for the door: people say by their own phone that they are there."""
    session = _found(request, pk)
    address = door_address(session)
    code = mark_safe(segno.make(address, error="m", micro=False).svg_inline(scale=6, border=2, omitsize=True))
    page = {"session": session, "code": code, "address": address.partition("://")[2]}
    return render(request, "programs/desk/door/poster.html", page)


@anyone
def worker(_request: PersonRequest) -> HttpResponse:
    """The script that keeps the open list on the phone when the network is gone; it may only see the desk's lists."""
    path = finders.find("programs/js/roster-worker.js")
    with open(str(path), "rb") as file:
        answer = HttpResponse(file.read(), content_type="text/javascript")
    answer["Service-Worker-Allowed"] = "/desk/sessions/"
    answer["Cache-Control"] = "no-cache"
    return answer
