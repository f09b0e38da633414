"""Panels as anyone sees them: the call, the quotas, the seal, and how the lots fell."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.community.models import Band
from rapport.deciding.forms.panels import SeatForm, VolunteerForm
from rapport.deciding.models import AlreadyApplied, AlreadyDrawn, AlreadyVolunteered, BoardFull, Panel, Volunteer
from rapport.deciding.panel_files import quotas_file, volunteers_file
from rapport.lib.doors import secret_page
from rapport.lib.exports import csv_response
from rapport.lib.limits import at_most
from rapport.lib.publishing import published
from rapport.listening.models import Channel
from rapport.people.guards import anyone


@anyone
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _panel(pk)
    return render(request, "deciding/panels/panel.html", {"panel": found, **shown(found)})


def _panel(pk: int) -> Panel:
    rows = Panel.objects.public().select_related("branch", "board", "draw", "phase__process__decision")
    return get_object_or_404(rows, pk=pk)


def shown(panel: Panel) -> dict[str, object]:
    """The quotas with what the draw made of them, and who took a seat."""
    quotas = list(panel.quotas.select_related("band__dimension").prefetch_related("changes"))
    draw = panel.drawn
    seats = list(draw.seats.select_related("volunteer")) if draw else []
    staying = [seat for seat in seats if seat.answer != "declined"]
    counts: dict[int, int] = {}
    for quota in quotas:
        slug, band = quota.band.dimension.slug, quota.band.slug
        counts[quota.pk] = sum(draw.pot[seat.volunteer.code].get(slug) == band for seat in staying) if draw else 0
    names = {(one.band.dimension.slug, one.band.slug): str(one.band) for one in quotas}
    return {
        "quotas": [(quota, counts[quota.pk]) for quota in quotas],
        "draw": draw,
        "seats": seats,
        "accepted": sum(seat.answer == "accepted" for seat in seats),
        "declined": sum(seat.answer == "declined" for seat in seats),
        "waiting": sum(seat.answer == "waiting" for seat in seats),
        "named": [seat.volunteer for seat in seats if seat.answer == "accepted" and seat.is_named],
        "volunteers": len(draw.pot) if draw else panel.volunteers.count(),
        "chances": _in_words(draw.chances, names) if draw else [],
    }


def _in_words(chances: list[dict[str, Any]], names: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    """How many there were of each kind passes the door; the chance of each is told of every kind."""
    shown = published([one["n"] for one in chances]).row
    told = [[names.get(pair, str(pair[1])) for pair in one["kind"].items()] for one in chances]
    return [{**one, "n": n, "words": " · ".join(words)} for one, n, words in zip(chances, shown, told, strict=True)]


@anyone
def file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The pot without names, and the quotas: with the seed, anybody draws the same lots."""
    draw = _panel(pk).drawn
    if draw is None or name not in {"volunteers", "quotas"}:
        raise Http404
    header, lines = volunteers_file(draw) if name == "volunteers" else quotas_file(draw)
    return csv_response(f"panel-{pk}-{name}", header, lines)


@at_most("10/h")
@anyone
def volunteers(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one's name in the pot."""
    found = _panel(pk)
    known = {"name": request.user.name, "email": request.user.email} if request.user.is_authenticated else {}
    form = VolunteerForm(request.POST or None, panel=found, initial=known)
    if request.method == "POST" and found.is_open and form.is_valid():
        try:
            person = request.user if request.user.is_authenticated else None
            language = getattr(request, "LANGUAGE_CODE", "")
            made = found.volunteer(channel=Channel.WEB, person=person, language=language, **form.told())
            return redirect(made.get_absolute_url())
        except AlreadyVolunteered:
            form.add_error(None, _("Your name is in the pot already. Everybody is in it once."))
    page = {"panel": found, "form": form}
    return render(request, "deciding/panels/volunteers.html", page, status=422 if form.errors else 200)


def _volunteer(secret: str) -> Volunteer:
    return get_object_or_404(
        Volunteer.objects.select_related("panel__draw", "panel__board", "seat__draw"), secret=secret
    )


@anyone
@secret_page
def volunteer(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own place in the pot: to take it out again, and to say yes or no when one was drawn."""
    found = _volunteer(secret)
    bands = Band.objects.filter(slug__in=found.values.values(), dimension__slug__in=found.values)
    said = [band for band in bands.select_related("dimension") if found.values.get(band.dimension.slug) == band.slug]
    page = {"volunteer": found, "panel": found.panel, "seat": found.drawn_seat, "said": said, "form": SeatForm()}
    return render(request, "deciding/panels/volunteer.html", page)


@anyone
@require_POST
def withdrawal(request: HttpRequest, secret: str) -> HttpResponse:
    found = _volunteer(secret)
    try:
        found.withdraw()
    except AlreadyDrawn:
        return redirect(found.get_absolute_url())
    messages.success(request, _("Your name is out of the pot, and what you told us is removed."))
    return redirect(found.panel.get_absolute_url())


@anyone
@require_POST
def seat(request: HttpRequest, secret: str) -> HttpResponse:
    """Yes or no to the seat that one was drawn for."""
    found = _volunteer(secret)
    if found.drawn_seat is None:
        raise Http404
    take(request, found, accepts=request.POST.get("answer") == "yes", is_named="is_named" in request.POST)
    return redirect(found.get_absolute_url())


def take(request: HttpRequest, volunteer: Volunteer, *, accepts: bool, is_named: bool = False) -> None:
    seat = volunteer.drawn_seat
    if seat is None:
        return
    if not accepts:
        seat.decline()
        return
    try:
        seat.accept(is_named=is_named)
    except (BoardFull, AlreadyApplied):
        messages.error(request, _("This board has no free place at the moment. Please talk to us at the desk."))
