"""Who came, on the day itself: people of the list checked in, and others counted as they walk in."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .offered import Band
from .registration import Attendee
from .session import Session


class How(models.TextChoices):
    LIST = "list", _("ticked on the list")
    CODE = "code", _("by their code")
    SELF = "self", _("by themselves")


@dataclass(frozen=True)
class Happened:
    """Something that a phone noted at the door, perhaps without a network: `id` makes it happen once.

    `kind` is "here" or "gone" with an `attendee`, or "in" or "out" of somebody without a name with a `band`.
    """

    id: uuid.UUID
    kind: str
    at: datetime
    attendee: int | None = None
    band: str = ""


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def check_in(
        self, session: Session, attendee: Attendee, *, how: How, by: Person | None, at: datetime | None = None
    ) -> bool:
        """Somebody of the list is there; once, however many people tick it at the same time."""
        try:
            with transaction.atomic():
                self.create(session=session, attendee=attendee, how=how, by=by, at=at or timezone.now())
        except IntegrityError:
            return False
        return True

    def take_back(self, session: Session, attendee: Attendee) -> None:
        self.filter(session=session, attendee=attendee).delete()


class Arrival(models.Model):
    """Somebody who was registered is there."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="arrivals")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="arrivals")
    how = models.CharField(max_length=10, choices=How.choices, default=How.LIST)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "attendee"], name="arrives_once")]


class WalkIn(models.Model):
    """Somebody who just came: an age band and nothing else. One who was taken back keeps the row, so it stays so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(Session, models.CASCADE, related_name="walk_ins")
    band = models.CharField(max_length=20, choices=Band.choices)
    heads = models.SmallIntegerField(default=1)  # -1: one too many was noted before
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(heads__in=[1, -1]), name="one_walks_in_or_out")]


def note(session: Session, happened: Iterable[Happened], *, attendees: dict[int, Attendee], by: Person) -> int:
    """Everything that a phone noted, in its order. What was noted before changes nothing. Answers how many were new.

    `attendees` are those of the list by their key; others are passed over, as somebody may have cancelled meanwhile.
    """
    new = 0
    for one in happened:
        if one.kind in {"in", "out"}:
            heads = 1 if one.kind == "in" else -1
            facts = {"session": session, "band": one.band, "heads": heads, "by": by, "at": one.at}
            new += WalkIn.objects.get_or_create(id=one.id, defaults=facts)[1]
        elif (attendee := attendees.get(one.attendee or 0)) is not None:
            if one.kind == "here":
                new += Arrival.objects.check_in(session, attendee, how=How.LIST, by=by, at=one.at)
            else:
                Arrival.objects.take_back(session, attendee)
    return new
