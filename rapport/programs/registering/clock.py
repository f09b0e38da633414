"""What happens by the clock: holds and offers end, lots are drawn, people are reminded, asked to confirm, thanked.

All of it is harmless if run twice: a seat is moved once, a letter is written once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.lib.later import can_wait
from rapport.programs.models import THERE, Draw, NoShow, Registration, Seat, Seating, Session
from rapport.programs.models.seat import HOLDING
from rapport.programs.registering.letters import facts_of, write

_UNSENT = timedelta(hours=6)
_DAY = timedelta(hours=24)


@can_wait
def tend() -> None:
    """Every few minutes."""
    now = timezone.now()
    for seating in Seating.objects.filter(seats__until__lte=now, seats__state__in=HOLDING).distinct():
        with transaction.atomic():
            seating.end_holds(now)
    Registration.objects.filter(sent_at=None, at__lt=now - _UNSENT).exclude(seats__state__in=HOLDING).delete()
    for draw in Draw.objects.due(now).select_related("seating"):
        draw.carry_out(now)
    for session in _waited_for(now):
        offer_what_is_free(session)
    tell_changes()


def offer_what_is_free(session: Session) -> None:
    """More places may be planned than before."""
    if seating := Seating.objects.open_for(session):
        with transaction.atomic():
            seating.locked().offer_next(timezone.now())


def _waited_for(now: datetime) -> Iterable[Session]:
    rows = Session.objects.coming(now).filter(Q(seating__waiting__gt=0) | Q(series__seating__waiting__gt=0))
    return rows.select_related("rules", "series").distinct()


@can_wait
def tell_changes() -> int:
    """Whoever has a place hears of a date that was moved or called off: what is so, beside what they were told."""
    now, told = timezone.now(), 0
    seats = Seat.objects.filter(state__in=THERE, seating__begins_at__gt=now - 30 * _DAY).exclude(told={})
    for seat in _with_all(seats):
        dates = {str(date.pk): date for date in seat.seating.dates if date.ends_at > now or date.called_off}
        changed = [date for key, date in dates.items() if key in seat.told and seat.told[key] != facts_of(date)]
        if changed:
            off = [date for date in changed if date.called_off]
            words: Callable[[], str] = (lambda: _("Does not take place")) if off else (lambda: _("Moved"))
            once = f"registration:{seat.registration_id}:change:{seat.pk}:{seat.sequence}"
            told += write(seat.registration, once, "changed", words, [seat], entry_of=[seat], changed=changed)
    return told


@can_wait
def remind() -> int:
    """Every hour: the day before, and earlier where they must say again that they come."""
    now, told = timezone.now(), 0
    seats = Seat.objects.coming().filter(registration__sent_at__lt=now - timedelta(hours=2))
    for seat in _with_all(_before(seats, now)):
        dates = [date for date in seat.seating.dates if now < date.starts_at <= now + _DAY and not date.called_off]
        for date in dates:
            once = f"registration:{seat.registration_id}:reminder:{seat.pk}:{date.pk}:{date.starts_at:%Y%m%d}"
            told += write(seat.registration, once, "reminder", lambda: _("Tomorrow"), [seat], date=date)
    return told + _ask_to_confirm(now)


def _before(seats: QuerySet[Seat], now: datetime) -> QuerySet[Seat]:
    soon = Q(seating__session__starts_at__range=(now, now + _DAY))
    return seats.filter(soon | Q(seating__series__sessions__starts_at__range=(now, now + _DAY))).distinct()


def _ask_to_confirm(now: datetime) -> int:
    """A day before their places would be released. Who registered later than that has just said it."""
    told = 0
    rows = Seat.objects.coming().filter(
        seating__rules__confirm_hours__gt=0, seating__begins_at__gt=now, confirmed_at=None
    )
    for seat in _with_all(rows.filter(asked_to_confirm_at=None)):
        releases = seat.seating.begins_at - timedelta(hours=seat.seating.rules.confirm_hours)
        said_at = seat.registration.sent_at or now
        if releases - _DAY <= now < releases and said_at < releases - 2 * _DAY:
            Seat.objects.filter(pk=seat.pk).update(asked_to_confirm_at=now)
            once = f"registration:{seat.registration_id}:confirm:{seat.pk}"
            told += write(seat.registration, once, "confirm", lambda: _("Do you come?"), [seat], releases=releases)
    return told


@can_wait
def release_unconfirmed() -> int:
    """Whoever was asked by mail and has not answered gives the place to the next; who has no mail is called instead."""
    now = timezone.now()
    rows = Seat.objects.coming().filter(confirmed_at=None, asked_to_confirm_at__lt=now - timedelta(hours=12))
    rows = rows.exclude(registration__email="").filter(seating__begins_at__gt=now)
    late = [
        seat
        for seat in _with_all(rows)
        if now >= seat.seating.begins_at - timedelta(hours=seat.seating.rules.confirm_hours)
    ]
    return sum([seat.release(at=now) for seat in late])


@can_wait
def thank() -> int:
    """The day after: thanks, and the way to say how it was, where there is one."""
    from rapport.programs.registering.afterwards import feedback_url

    now, told = timezone.now(), 0
    over = Session.objects.filter(ends_at__range=(now - 3 * _DAY, now - timedelta(hours=1)), cancellation=None)
    for session in over.filter(rules__isnull=False).select_related("program", "branch"):
        for seat in _with_all(Seat.objects.coming().of_date(session)):
            once = f"registration:{seat.registration_id}:thanks:{session.pk}"
            url = feedback_url(session, seat)
            told += write(seat.registration, once, "thanks", lambda: _("Thank you for coming"), [seat],
                          session=session, feedback=url)  # fmt: skip
    return told


@can_wait
def count_no_shows() -> int:
    """Every night, for dates that were over by then and where people were checked in."""
    now = timezone.now()
    over = Session.objects.filter(ends_at__range=(now - 4 * _DAY, now), cancellation=None, rules__no_shows__gt=0)
    return sum([NoShow.count_for(session, now) for session in over.select_related("rules")])


def _with_all(seats: QuerySet[Seat]) -> list[Seat]:
    rows = seats.select_related(
        "registration", "seating__rules", "seating__session__program", "seating__session__branch",
        "seating__session__space", "seating__session__cancellation", "seating__series__program",
    )  # fmt: skip
    return list(rows.order_by(F("pk")))
