"""The places of one household at one date: kept, taken, waited for, offered, given back."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.people.models import Person

from .seating import Seating

if TYPE_CHECKING:
    from .session import Session


class SeatState(models.TextChoices):
    HELD = "held", _("kept while the form is filled in")
    WISHED = "wished", _("wished for while the form is filled in")
    ASKED = "asked", _("waits for a yes")
    IN = "in", _("has a place")
    WAITING = "waiting", _("on the waitlist")
    OFFERED = "offered", _("was offered a place")
    LEFT = "left", _("cancelled")
    LET_GO = "let_go", _("released")
    REFUSED = "refused", _("was told no")
    FULL = "full", _("found no place")


TAKING = (SeatState.HELD, SeatState.ASKED, SeatState.IN, SeatState.OFFERED)
THERE = (*TAKING, SeatState.WAITING)
HOLDING = (SeatState.HELD, SeatState.OFFERED)  # until a moment


class SeatQuerySet(models.QuerySet["Seat"]):
    def coming(self) -> "SeatQuerySet":
        return self.filter(state=SeatState.IN)

    def there(self) -> "SeatQuerySet":
        return self.filter(state__in=THERE)

    def in_line(self) -> "SeatQuerySet":
        """Who waits, in the order in which they are offered a place."""
        return self.filter(state=SeatState.WAITING).order_by("rank", "since", "pk")

    def of_date(self, session: "Session") -> "SeatQuerySet":
        """Those for this date, by itself or as a part of its series."""
        return self.filter(Q(seating__session=session) | Q(seating__series__sessions=session))


class Seat(models.Model):
    """The places of one registration at one date or series: so many heads, in one state at a time."""

    registration = models.ForeignKey("programs.Registration", models.CASCADE, related_name="seats")
    seating = models.ForeignKey(Seating, models.CASCADE, related_name="seats")
    heads = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SeatState.choices)
    since = models.DateTimeField(default=timezone.now)  # in line since; a moved state does not move it
    until = models.DateTimeField(null=True, blank=True)  # a hold or an offer ends then
    extended = models.BooleanField(default=False)
    rank = models.FloatField(default=0)  # of a lottery
    passed_over = models.PositiveSmallIntegerField(default=0)  # how often places came free that were too few
    who = models.CharField(max_length=64, blank=True)
    asked_to_confirm_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # of its entry in people's calendars (RFC 5545, 3.8.7.4)
    told = models.JSONField(default=dict, blank=True)  # when and where, as it was told last, by date

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "seating"], name="registered_once_for_a_date"),
            models.UniqueConstraint(
                fields=["seating", "who"], condition=Q(state__in=THERE) & ~Q(who=""), name="a_household_is_there_once"
            ),
            models.CheckConstraint(condition=Q(heads__gte=1), name="a_seat_is_for_somebody"),
        ]
        indexes = [
            models.Index(fields=["seating", "state", "rank", "since"], name="seats_in_line"),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="seats_that_end"),
        ]

    @property
    def is_there(self) -> bool:
        return self.state in THERE

    def settle(self, *, who: str, heads: int, at: datetime) -> None:
        """The form came: the kept places are theirs, else those that are free, else they wait, if any more may."""
        yes = SeatState.ASKED if self.seating.rules.needs_approval else SeatState.IN
        if self.state == SeatState.HELD:
            self._fit(heads)
        if self.state == SeatState.HELD and moved(self, [SeatState.HELD], yes, who=who, heads=heads, until=None):
            self._note(yes, at)
            return
        if self.seating.take_if_free(heads, at):
            state = yes
        else:
            state = SeatState.WAITING if self.seating.queue(heads) else SeatState.FULL
        rank = self.seating.rank_now()
        Seat.objects.filter(pk=self.pk).update(state=state, who=who, heads=heads, until=None, since=at, rank=rank)
        self.state, self.heads, self.since, self.rank = state, heads, at, rank
        self._note(state, at)

    def _fit(self, heads: int) -> None:
        """Another number comes than places were kept for: for all of them, or for none."""
        if heads != self.heads:
            seating = self.seating.locked()
            self.refresh_from_db(fields=["state", "heads"])
            if self.state != SeatState.HELD:
                return
            if heads - self.heads > seating.free:
                self._end(seating, SeatState.HELD, SeatState.WISHED)
            else:
                seating.change_taken(heads - self.heads)
                Seat.objects.filter(pk=self.pk).update(heads=heads)
                self.heads = heads

    def resize(self, heads: int) -> None:
        """Raises Full where so many are not free."""
        if self.state == SeatState.HELD:
            self.seating.take(heads - self.heads)
        Seat.objects.filter(pk=self.pk).update(heads=heads)

    @transaction.atomic
    def leave(self, *, by: Person | None = None, why: str = "", at: datetime | None = None) -> bool:
        """They do not come, or wait no more; what comes free is offered to the next in line in the same moment."""
        return self._give_up(THERE, SeatState.LEFT, at or timezone.now(), by=by, why=why)

    @transaction.atomic
    def let_go(self, *, at: datetime | None = None) -> bool:
        """A form was not sent, or an offer not taken up."""
        return self._give_up((*HOLDING, SeatState.WISHED), SeatState.LET_GO, at or timezone.now())

    @transaction.atomic
    def end(self, at: datetime) -> bool:
        """What was kept only until now is given back; not where it was lengthened or taken up meanwhile."""
        still = Q(pk=self.pk, state__in=HOLDING, until__lte=at)
        return self._give_up(HOLDING, SeatState.LET_GO, at, still=still)

    @transaction.atomic
    def release(self, *, at: datetime | None = None) -> bool:
        """Nobody has confirmed that they come."""
        still = Q(pk=self.pk, state=SeatState.IN, confirmed_at=None)
        return self._give_up((SeatState.IN,), SeatState.LET_GO, at or timezone.now(), still=still)

    @transaction.atomic
    def refuse(self, *, by: Person, why: str, at: datetime | None = None) -> bool:
        return self._give_up((SeatState.ASKED,), SeatState.REFUSED, at or timezone.now(), by=by, why=why)

    def _give_up(
        self, before: Iterable[str], after: SeatState, at: datetime, *, by: Person | None = None, why: str = "",
        still: Q | None = None,
    ) -> bool:  # fmt: skip
        seating = self.seating.locked()  # the seating first, then its seats: always in this order
        now = Seat.objects.filter(pk=self.pk)
        was, self.heads = now.filter(still or Q()).values_list("state", "heads").first() or ("", self.heads)
        if was not in before or not self._end(seating, was, after, still):
            return False
        if was not in (SeatState.HELD, SeatState.WISHED):
            self._note(after, at, by=by, why=why)
        seating.offer_next(at)
        return True

    def _end(self, seating: Seating, before: str, after: SeatState, still: Q | None = None) -> bool:
        if not Seat.objects.filter(still or Q(), pk=self.pk, state=before).update(state=after, until=None):
            return False  # taken up in this very moment
        if before in TAKING:
            seating.change_taken(-self.heads)
        elif before == SeatState.WAITING:
            seating.leave_queue(self.heads)
        self.state, self.until = after, None
        return True

    @transaction.atomic
    def offer(self, seating: Seating, at: datetime) -> bool:
        """Keep the places for them until they answer. `seating` is locked by whoever offers."""
        if not moved(self, [SeatState.WAITING], SeatState.OFFERED, until=seating.offer_ends(at)):
            return False
        seating.change_taken(self.heads)
        seating.leave_queue(self.heads)
        self._note(SeatState.OFFERED, at)
        return True

    @transaction.atomic
    def take_up(self, *, by: Person | None = None, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        yes = SeatState.ASKED if self.seating.rules.needs_approval else SeatState.IN
        in_time = Seat.objects.filter(pk=self.pk, state=SeatState.OFFERED, until__gt=at)
        if not in_time.update(state=yes, until=None, confirmed_at=at):
            return False
        self.state, self.until, self.confirmed_at = yes, None, at
        self._note(yes, at, by=by)
        return True

    @transaction.atomic
    def approve(self, *, by: Person, at: datetime | None = None) -> bool:
        if not moved(self, [SeatState.ASKED], SeatState.IN):
            return False
        self._note(SeatState.IN, at or timezone.now(), by=by)
        return True

    def confirm(self, at: datetime | None = None) -> bool:
        """They were asked whether they come, and they do."""
        return moved(self, [SeatState.IN], SeatState.IN, confirmed_at=at or timezone.now())

    def _note(self, state: SeatState, at: datetime, *, by: Person | None = None, why: str = "") -> None:
        turn = self.turns.create(state=state, why=why, by=by, at=at)
        if state != SeatState.FULL and self.registration.sent_at and self.registration.sent_at != at:
            later(turn.tell)  # what became of a form at once is told in one letter

    @property
    def position(self) -> int | None:
        """The place in line, 1 first; None where they do not wait."""
        if self.state != SeatState.WAITING:
            return None
        line = list(self.seating.seats.in_line().values_list("pk", flat=True))
        return line.index(self.pk) + 1 if self.pk in line else None


class SeatTurn(models.Model):
    """What became of a seat, when and through whom; None is the person themselves, or the house."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="turns")
    state = models.CharField(max_length=10, choices=SeatState.choices)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    @can_wait
    def tell(self) -> None:
        from rapport.programs.registering.letters import tell_turn

        tell_turn(self)


def moved(seat: Seat, before: Iterable[str], after: str, **fields: Any) -> bool:
    """From one of these states into another, if it is still there: of two who try, one does."""
    done = Seat.objects.filter(pk=seat.pk, state__in=list(before)).update(state=after, **fields)
    if done:
        seat.state = after
        for name, value in fields.items():
            setattr(seat, name, value)
    return bool(done)
