"""Places: how many there are, how many are taken. The database holds that never more are taken than there are."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Optional

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rules import RegistrationRules, WaitlistOrder, Way
from .series import Series
from .session import Session

if TYPE_CHECKING:
    from .seat import Seat

LAST = 1e9  # the rank of whoever comes after a draw


class Full(Exception):
    """So many places are not free any more; `free` are."""

    def __init__(self, seating: "Seating", free: int) -> None:
        super().__init__(seating.pk, free)
        self.seating, self.free = seating, free


class SeatingQuerySet(models.QuerySet["Seating"]):
    def open_for(self, session: Session) -> Optional["Seating"]:
        """What one registers for to come to this date: the date, or its whole series. None where nobody registers.

        It follows the plan: written anew only where the plan has changed since.
        """
        rules = session.rules
        if rules is None or session.capacity is None:
            return None
        series = session.series if rules.way == Way.WHOLE and session.series_id else None
        key: dict[str, Any] = {"series": series} if series else {"session": session}
        there = self.filter(**key).select_related("rules").first()
        first = series.sessions.order_by("starts_at").first() if series else None
        facts = _facts(rules, session.capacity, (first or session).starts_at)
        if there is None:
            there = self.get_or_create(**key, defaults={"rules": rules, **facts})[0]
        there.follow(rules, facts)
        if there.is_by_lot and there.draw is None:
            there.prepare_draw()
        return there


def _facts(rules: RegistrationRules, capacity: int, begins: datetime) -> dict[str, Any]:
    opens = begins - timedelta(days=rules.opens_days)
    return {
        "capacity": capacity, "kept": min(rules.walk_ins, capacity), "waitlist": rules.waitlist,
        "opens_at": opens + timedelta(days=rules.first_days), "opens_first_at": opens,
        "closes_at": begins - timedelta(hours=rules.closes_hours), "begins_at": begins,
    }  # fmt: skip


class Seating(models.Model):
    """What people register for: one date, or a series as a whole. A narrow row, since many ask it at once."""

    session = models.OneToOneField(Session, models.CASCADE, null=True, blank=True, related_name="seating")
    series = models.OneToOneField(Series, models.CASCADE, null=True, blank=True, related_name="seating")
    rules = models.ForeignKey(RegistrationRules, models.PROTECT, related_name="+")
    capacity = models.PositiveIntegerField(_("places"))
    kept = models.PositiveIntegerField(_("kept for people who just come"), default=0)
    taken = models.PositiveIntegerField(default=0)
    waitlist = models.PositiveIntegerField(null=True, blank=True)
    waiting = models.PositiveIntegerField(default=0)
    opens_first_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    begins_at = models.DateTimeField()

    objects = SeatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=True) ^ Q(series__isnull=True), name="seating_of_a_date_or_a_series"
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity") - F("kept")), name="never_more_than_places"),
            models.CheckConstraint(
                condition=Q(waitlist=None) | Q(waiting__lte=F("waitlist")), name="never_more_wait_than_may"
            ),
        ]

    def __str__(self) -> str:
        return str(self.session or self.series)

    @property
    def free(self) -> int:
        return self.capacity - self.kept - self.taken

    @transaction.atomic
    def follow(self, rules: RegistrationRules, facts: dict[str, Any]) -> None:
        """The plan has changed. Nobody who is in is put out: where fewer places are planned than are taken, those
        that are taken stay. Where more are, they are offered to those who wait.
        """
        wanted = {"rules": rules, **facts}
        if all(getattr(self, name) == value for name, value in wanted.items()):
            return
        locked = self.locked()
        wanted["capacity"] = max(wanted["capacity"], locked.taken)
        wanted["kept"] = min(wanted["kept"], wanted["capacity"] - locked.taken)
        if wanted["waitlist"] is not None:
            wanted["waitlist"] = max(wanted["waitlist"], locked.waiting)
        if any(getattr(locked, name) != value for name, value in wanted.items()):
            Seating.objects.filter(pk=self.pk).update(**wanted)
            locked = self.locked()
            locked.offer_next(timezone.now())
        for name in (*wanted, "taken", "waiting"):
            setattr(self, name, getattr(locked, name))

    def locked(self) -> "Seating":
        """As it stands now, and nobody else changes it until the transaction is over."""
        return Seating.objects.select_for_update(no_key=True, of=("self",)).select_related("rules").get(pk=self.pk)

    def take(self, heads: int) -> None:
        """Take so many places in one statement. Raises Full, and takes none, where fewer are free."""
        enough = Q(taken__lte=F("capacity") - F("kept") - heads)
        if not Seating.objects.filter(enough, pk=self.pk).update(taken=F("taken") + heads):
            self.refresh_from_db(fields=["capacity", "kept", "taken"])
            raise Full(self, max(0, self.free))

    def take_if_free(self, heads: int, at: datetime) -> bool:
        """Where it is full, what others have kept for too long is given back first. A draw still to come takes none."""
        if self.waits_for_draw:
            return False
        enough = Q(taken__lte=F("capacity") - F("kept") - heads)
        row = Seating.objects.filter(enough, pk=self.pk)
        if row.update(taken=F("taken") + heads):
            return True
        return self.end_holds(at) > 0 and bool(row.update(taken=F("taken") + heads))

    def change_taken(self, by: int) -> None:
        Seating.objects.filter(pk=self.pk).update(taken=F("taken") + by)
        self.taken += by

    def queue(self, heads: int) -> bool:
        """So many people begin to wait, if so many more may."""
        may = Q(waitlist=None) | Q(waiting__lte=F("waitlist") - heads)
        return bool(Seating.objects.filter(may, pk=self.pk).update(waiting=F("waiting") + heads))

    def leave_queue(self, heads: int) -> None:
        Seating.objects.filter(pk=self.pk).update(waiting=F("waiting") - heads)
        self.waiting -= heads

    def end_holds(self, at: datetime) -> int:
        """Give back what was kept for too long: for a form that nobody sent, or an offer that nobody took up."""
        late = self.seats.filter(until__lte=at, state__in=["held", "offered"])
        if not late.exists():
            return 0
        return sum([seat.end(at) for seat in late.select_related("registration")])

    def offer_next(self, at: datetime) -> "list[Seat]":
        """Offer what is free to those who wait, in their order; whoever needs more than is free keeps their place in
        line and is passed over. Only on a row that is locked.
        """
        if at >= self.closes_at or self.free <= 0 or not self.waiting or self.waits_for_draw:
            return []
        offered, passed = [], []
        for seat in self.seats.in_line().select_related("registration"):
            if self.free <= 0:
                break
            if seat.heads > self.free:
                passed.append(seat.pk)
            elif seat.offer(self, at):
                offered.append(seat)
        if offered:
            self.seats.filter(pk__in=passed).update(passed_over=F("passed_over") + 1)
        return offered

    def offer_ends(self, at: datetime) -> datetime:
        return min(at + timedelta(hours=self.rules.offer_hours), self.closes_at)

    @property
    def is_by_lot(self) -> bool:
        return self.rules.order == WaitlistOrder.LOTTERY

    def prepare_draw(self) -> None:
        """Fix the seed before anybody comes, and so what is published of it."""
        draws_at = min(self.opens_at + timedelta(days=self.rules.draw_days), self.closes_at)
        apps.get_model("programs.draw").objects.get_or_create(seating=self, defaults={"draws_at": draws_at})

    @property
    def draw(self) -> Any:
        return getattr(self, "waitlist_draw", None)

    @property
    def waits_for_draw(self) -> bool:
        """Until the lots are drawn everybody waits, however many places are free."""
        return self.is_by_lot and (self.draw is None or self.draw.drawn_at is None)

    def rank_now(self) -> float:
        return LAST if self.is_by_lot and not self.waits_for_draw else 0

    @property
    def is_open(self) -> bool:
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_open_for_cardholders(self) -> bool:
        return self.opens_first_at <= timezone.now() < self.closes_at

    @property
    def dates(self) -> "list[Session]":
        """What one comes to: the date, or all dates of the series."""
        if self.session_id:
            return [self.session] if self.session else []
        rows = Session.objects.filter(series=self.series_id).select_related(
            "program", "branch", "space", "cancellation"
        )
        return list(rows.order_by("starts_at", "pk"))
