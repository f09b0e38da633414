"""Registering, for everyone: how many and when, who, and one's own page to come back to."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.lib.doors import secret_page
from rapport.lib.later import later
from rapport.lib.limits import at_most, limited
from rapport.people.guards import anyone
from rapport.programs.models import (
    AlreadyThere,
    Draw,
    HeadStart,
    Pause,
    Registration,
    Seat,
    Seating,
    SeatState,
    Session,
    Way,
)
from rapport.programs.models.registration import contact_digest
from rapport.programs.registering.forms import BeginForm, HouseholdForm
from rapport.programs.registering.said import stands
from rapport.ui.views import too_many

_MOST_DATES = 30
_FILLING = (SeatState.HELD, SeatState.WISHED, SeatState.LET_GO)


def found(pk: int) -> Session:
    rows = Session.objects.public().select_related("program", "branch", "space", "cancellation", "rules", "series")
    return get_object_or_404(rows, pk=pk)


@at_most("120/h", name="programs.register")
@anyone
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    session = found(pk)
    seating = Seating.objects.open_for(session)
    if seating is None or session.called_off or not _is_open(seating):
        page = {"session": session, "seating": seating, "now": timezone.now()}
        return render(request, "programs/registering/closed.html", page)
    if (first := _not_yet_for(request, session)) is not None:
        told: dict[str, Any] = {"session": session, "seating": seating, "now": timezone.now(), "head_start": first}
        return render(request, "programs/registering/closed.html", told)
    form = begin_form(request, session, seating)
    if request.method != "POST" or not form.is_valid():
        if "card" in form.errors and limited(request, "programs.register.card", "30/10m"):
            return too_many(request, wait=600)
        page_of = {"session": session, "seating": seating, "form": form}
        return render(request, "programs/registering/begin.html", page_of, status=422 if form.errors else 200)
    made = Registration.objects.hold(
        _seatings(session, seating, form.chosen), form.cleaned_data["heads"], language=request.LANGUAGE_CODE,
        person=request.user if request.user.is_authenticated else None, has_card="card" in form.fields,
    )  # fmt: skip
    return redirect("programs:registration-form", made.key)


def _not_yet_for(request: HttpRequest, session: Session) -> HeadStart | None:
    """While the date is offered first to those who waited for it, the others read until when."""
    start = HeadStart.objects.filter(session=session, until__gt=timezone.now()).first()
    person = request.user if request.user.is_authenticated else None
    return None if start is None or start.lets_in(key=request.GET.get("first", ""), person=person) else start


def _is_open(seating: Seating) -> bool:
    return seating.is_open or seating.is_open_for_cardholders


def begin_form(request: HttpRequest, session: Session, seating: Seating) -> BeginForm:
    return BeginForm(
        request.POST if request.method == "POST" else None, rules=seating.rules, wants_card=not seating.is_open,
        dates=[(one.pk, label_of(one)) for one in _choices(session, seating, request)],
        initial={"dates": [str(session.pk)]}, auto_id="register-%s",
    )  # fmt: skip


def _choices(session: Session, seating: Seating, request: HttpRequest) -> list[Session]:
    """The other dates of the same kind that one can register for with the same form; only where they are wanted."""
    if seating.rules.way == Way.WHOLE or not ("several" in request.GET or "dates" in request.POST):
        return [session]
    same = Session.objects.public().coming().filter(rules=session.rules_id).exclude(capacity=None)
    same = same.exclude(head_start__until__gt=timezone.now())
    same = same.filter(series=session.series_id) if session.series_id else same.filter(program=session.program_id)
    return list(same.filter(starts_at__gt=timezone.now()).select_related("rules", "series", "program")[:_MOST_DATES])


def label_of(session: Session) -> str:
    return date_format(timezone.localtime(session.starts_at), "l, j F, H:i")


def _seatings(session: Session, seating: Seating, chosen: list[int]) -> list[Seating]:
    if chosen == [session.pk]:
        return [seating]
    dates = Session.objects.public().filter(pk__in=chosen).select_related("rules", "series")
    opened = [Seating.objects.open_for(date) for date in dates]
    return [one for one in opened if one is not None and _is_open(one) and (seating.is_open <= one.is_open)] or [
        seating
    ]


@secret_page
@anyone
def form(request: HttpRequest, key: str) -> HttpResponse:
    registration = get_object_or_404(Registration.objects.select_related("by"), key=key)
    if registration.sent_at:
        return redirect(registration)
    seats = _seats(registration)
    if request.method == "POST" and request.POST.get("act") == "drop":
        return _dropped(registration, seats)
    heads = _counted(request, registration, seats[0].heads)
    act = request.POST.get("act", "send") if request.method == "POST" else ""
    filled = _household(request, registration, seats, heads)
    if act == "send" and filled.is_valid():
        return _paused(registration, filled) or sent(request, registration, filled)
    if act != "send":
        filled.errors.clear()
    page = {"registration": registration, "seats": seats, "form": filled, "heads": heads, **_time(seats)}
    return render(request, "programs/registering/form.html", page, status=422 if filled.errors else 200)


def _paused(registration: Registration, filled: HouseholdForm) -> HttpResponse | None:
    """Whoever pauses is told why and until when; staff may register them all the same."""
    contact = contact_digest(filled.cleaned_data.get("email", ""), filled.cleaned_data.get("phone", ""))
    if registration.by_id or not Pause.objects.on(contact).exists():
        return None
    registration.drop()
    Registration.objects.filter(pk=registration.pk, sent_at=None).update(contact=contact)
    return redirect("programs:registration-pause", registration.key)


def _seats(registration: Registration) -> list[Seat]:
    rows = registration.seats.select_related("seating__rules", "seating__session__program", "seating__series__program")
    return list(rows.order_by("seating__begins_at", "pk"))


def _time(seats: list[Seat]) -> dict[str, Any]:
    """Until when places are kept, which dates are full, and whether the time is over."""
    now = timezone.now()
    held = [seat for seat in seats if seat.state == SeatState.HELD and seat.until and seat.until > now]
    return {
        "held": held,
        "until": min((seat.until for seat in held if seat.until), default=None),
        "may_extend": any(not seat.extended for seat in held),
        "full": [seat for seat in seats if seat.state == SeatState.WISHED],
        "is_late": any(seat.state == SeatState.LET_GO for seat in seats) or any(
            seat.state == SeatState.HELD and seat not in held for seat in seats),
    }  # fmt: skip


def _counted(request: HttpRequest, registration: Registration, heads: int) -> int:
    """One line more or fewer, if somebody pressed for it; the places with it."""
    change = {"more": 1, "fewer": -1}.get(request.POST.get("act", ""), 0)
    if request.POST.get("act") == "extend" and not registration.extend():
        messages.info(request, _("The places were kept once longer already. Send the form as soon as you can."))
    most = min((seat.seating.rules.most_heads for seat in _seats(registration)), default=1) if change else 0
    if not change or not 1 <= heads + change <= most:
        return heads
    if registration.change_heads(heads + change):
        return heads + change
    messages.info(request, _("No further place is free. Without it, you can register as you are, or wait together."))
    return heads


def _household(request: HttpRequest, registration: Registration, seats: list[Seat], heads: int) -> HouseholdForm:
    source = request.user if request.user.is_authenticated and not registration.by_id else None
    known = {name: getattr(source, name, "") for name in ("name", "email", "phone")} if source else {}
    return HouseholdForm(
        request.POST if request.method == "POST" else None, heads=heads, rules=seats[0].seating.rules,
        is_desk=bool(registration.by_id), initial=known,
    )  # fmt: skip


def _dropped(registration: Registration, seats: list[Seat]) -> HttpResponse:
    session = seats[0].seating.dates[0]
    with transaction.atomic():
        registration.drop()
        registration.delete()
    return redirect(session)


def sent(request: HttpRequest, registration: Registration, filled: HouseholdForm) -> HttpResponse:
    try:
        registration.send(filled.people, **filled.contact)
    except AlreadyThere as there:
        registration.drop()
        later(there.registration.tell_again)
        return render(request, "programs/registering/already.html", {"email": there.registration.email})
    if registration.by_id and request.user.is_authenticated:
        date = registration.seats.first()
        messages.success(request, _("Registered: %(who)s.") % {"who": registration})
        return redirect("programs:desk-registrations", date.seating.dates[0].pk if date else 0)
    return redirect(registration)


@secret_page
@at_most("120/h", name="programs.registration")
@anyone
def registration(request: HttpRequest, key: str) -> HttpResponse:
    """One's own page: how it stands, and what one can do about it. Only whoever has the link finds it."""
    mine = get_object_or_404(Registration.objects.select_related("person"), key=key)
    if mine.sent_at is None:
        return redirect(mine)
    if request.method == "POST":
        _act(request, mine)
        return redirect(mine)
    seats = [(seat, seat.seating.dates, stands(seat)) for seat in _seats(mine)]
    page = {"registration": mine, "seats": seats, "people": mine.attendees.all(), "now": timezone.now()}
    return render(request, "programs/registering/registration.html", page)


def _act(request: HttpRequest, mine: Registration) -> None:
    key = request.POST.get("seat", "")
    seat = get_object_or_404(
        mine.seats.select_related("seating__rules", "registration"), pk=int(key) if key.isdecimal() else 0
    )
    match request.POST.get("act"):
        case "leave":
            if seat.leave():
                messages.success(request, _("Cancelled. Thank you for telling us: the place goes to somebody else."))
        case "take-up":
            if seat.take_up():
                messages.success(request, _("Good. The place is yours."))
            else:
                messages.info(request, _("The time for this offer is over, and the place went to the next in line."))
        case "confirm":
            if seat.confirm():
                messages.success(request, _("Thank you. We look forward to seeing you."))


@anyone
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """How the lots are drawn, and afterwards all that is needed to draw them again."""
    rows = Draw.objects.select_related("seating__session__program", "seating__series__program")
    drawn = get_object_or_404(rows, seating=pk)
    dates = [date for date in drawn.seating.dates if date.program.is_public]
    if not dates:
        raise Http404
    return render(request, "programs/registering/draw.html", {"draw": drawn, "date": dates[0]})
