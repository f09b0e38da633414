"""What staff must know of registrations: too few for tomorrow, who waits for a yes, whom to call, who has written."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.models import Pause, Seat, Seating, SeatState

_ROWS = 5


def registrations_today(request: HttpRequest | None, person: Person) -> str:
    if not person.has_perm("programs.register"):
        return ""
    now = timezone.now()
    mine = _of(person.branches_where("programs.register"))
    seats = Seat.objects.filter(_of(person.branches_where("programs.register"), "seating__"))
    seats = seats.filter(seating__begins_at__gt=now).select_related(
        "registration", "seating__session__program", "seating__series__program"
    )
    asked = Q(state=SeatState.ASKED)
    to_call = Q(state=SeatState.IN, registration__email="", asked_to_confirm_at__isnull=False, confirmed_at=None)
    waiting = list(seats.filter(asked | to_call).order_by("since")[: 2 * _ROWS])
    page = {
        "few": [one for one in _too_few(now).filter(mine)[:_ROWS] if _with_first(one)],
        "asked": [one for one in waiting if one.state == SeatState.ASKED],
        "to_call": [one for one in waiting if one.state == SeatState.IN],
        "appeals": Pause.objects.filter(until__gt=now, lifted_at=None).exclude(appeal="").count(),
    }
    return render_to_string("programs/desk/registering/today.html", page, request) if any(page.values()) else ""


def _of(branches: set[int] | None, before: str = "") -> Q:
    if branches is None:
        return Q()
    date, series = f"{before}session__branch", f"{before}series__branch"
    return Q(**{f"{date}__in": branches}) | Q(**{f"{series}__in": branches})


def _too_few(now: datetime) -> QuerySet[Seating]:
    """The day before it is time to say that it does not take place, or to tell more people."""
    soon = Seating.objects.filter(begins_at__range=(now, now + timedelta(hours=36)), rules__minimum__isnull=False)
    few = soon.filter(taken__lt=F("rules__minimum"))
    return few.select_related("rules", "session__program", "session__cancellation", "series__program")


def _with_first(seating: Seating) -> bool:
    """Its first date, for the way to its list; nothing where that was called off."""
    dates = [date for date in seating.dates if not date.called_off]
    seating.first = dates[0] if dates else None  # type: ignore[attr-defined]
    return bool(dates)
