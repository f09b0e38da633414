"""Places: how many there are, how many are taken. The database holds that never more are taken than there are."""

from datetime import timedelta
from typing import TYPE_CHECKING, Optional

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rules import RegistrationRules, Way
from .series import Series
from .session import Session

if TYPE_CHECKING:
    pass


class Full(Exception):
    """So many places are not free any more; `free` are."""

    def __init__(self, seating: "Seating", free: int) -> None:
        super().__init__(seating.pk, free)
        self.seating, self.free = seating, free


class SeatingQuerySet(models.QuerySet["Seating"]):
    def open_for(self, session: Session) -> Optional["Seating"]:
        """What one registers for to come to this date: the date, or its whole series. None where nobody registers."""
        rules = session.rules
        if rules is None or session.capacity is None:
            return None
        series = session.series if rules.way == Way.WHOLE and session.series_id else None
        first = series.sessions.order_by("starts_at").first() if series else None
        begins = (first or session).starts_at
        opens = begins - timedelta(days=rules.opens_days)
        facts = {
            "rules": rules, "capacity": session.capacity, "kept": min(rules.walk_ins, session.capacity),
            "waitlist": rules.waitlist, "opens_at": opens + timedelta(days=rules.first_days),
            "opens_first_at": opens, "closes_at": begins - timedelta(hours=rules.closes_hours),
        }  # fmt: skip
        key = {"series": series} if series else {"session": session}
        return self.update_or_create(**key, defaults=facts)[0]


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

    @property
    def free(self) -> int:
        return self.capacity - self.kept - self.taken

    def take(self, heads: int) -> None:
        """Take so many places in one statement. Raises Full, and takes none, where fewer are free."""
        enough = Q(taken__lte=F("capacity") - F("kept") - heads)
        if not Seating.objects.filter(enough, pk=self.pk).update(taken=F("taken") + heads):
            self.refresh_from_db(fields=["capacity", "kept", "taken"])
            raise Full(self, max(0, self.free))

    def give_back(self, heads: int) -> None:
        Seating.objects.filter(pk=self.pk).update(taken=F("taken") - heads)

    def queue(self, heads: int) -> bool:
        """So many people begin to wait, if so many more may."""
        may = Q(waitlist=None) | Q(waiting__lte=F("waitlist") - heads)
        return bool(Seating.objects.filter(may, pk=self.pk).update(waiting=F("waiting") + heads))

    def leave_queue(self, heads: int) -> None:
        Seating.objects.filter(pk=self.pk).update(waiting=F("waiting") - heads)

    @property
    def is_open(self) -> bool:
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_open_for_cardholders(self) -> bool:
        return self.opens_first_at <= timezone.now() < self.closes_at
