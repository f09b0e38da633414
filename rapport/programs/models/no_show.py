"""Who had a place and did not come: counted only where people were really checked in, never by guess."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .registration import Registration
from .seat import Seat, SeatState
from .session import Session


class NoShow(models.Model):
    """A household, by the keyed hash of its contact, that missed a date. Once it comes, or is paused, this is gone."""

    contact = models.CharField(max_length=64, db_index=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "session"], name="missed_once")]

    @staticmethod
    @transaction.atomic
    def count_for(session: Session, at: datetime | None = None) -> int:
        """Note who missed this date, if the rules count it; who came begins anew. Answers how many are paused now."""
        at, rules = at or timezone.now(), session.rules
        if rules is None or not rules.no_shows or not session.arrivals.exists():
            return 0
        came = set(session.arrivals.values_list("attendee__registration__contact", flat=True))
        NoShow.objects.filter(contact__in=came, session__starts_at__lte=session.starts_at).delete()
        too_late = Q(
            state=SeatState.LEFT,
            turns__state=SeatState.LEFT,
            turns__by=None,
            turns__at__gt=session.starts_at - timedelta(hours=rules.grace_hours),
            turns__at__lt=session.starts_at,
        )
        had = Seat.objects.of_date(session).filter(Q(state=SeatState.IN) | too_late)
        missed = set(had.values_list("registration__contact", flat=True)) - came - {""}
        NoShow.objects.bulk_create(
            [NoShow(contact=contact, session=session, at=at) for contact in missed], ignore_conflicts=True
        )
        return sum([Pause.objects.begin_if_due(contact, session, at) for contact in missed])


class PauseQuerySet(models.QuerySet["Pause"]):
    def on(self, contact: str, at: datetime | None = None) -> "PauseQuerySet":
        return self.filter(contact=contact, until__gt=at or timezone.now(), lifted_at=None).exclude(contact="")

    def begin_if_due(self, contact: str, session: Session, at: datetime) -> bool:
        rules = session.rules
        if rules is None or NoShow.objects.filter(contact=contact).count() < rules.no_shows:
            return False
        last = Registration.objects.filter(contact=contact).order_by("-at").first()
        self.create(contact=contact, until=at + timedelta(days=rules.pause_days), at=at, registration=last,
                    missed=rules.no_shows)  # fmt: skip
        NoShow.objects.filter(contact=contact).delete()
        return True


class Pause(models.Model):
    """A household cannot register by itself for some time. It may say how it came about; staff may lift it."""

    contact = models.CharField(max_length=64, db_index=True)
    registration = models.ForeignKey(Registration, models.SET_NULL, null=True, blank=True, related_name="+")
    missed = models.PositiveSmallIntegerField()
    until = models.DateTimeField(_("until"))
    at = models.DateTimeField(default=timezone.now)
    appeal = models.CharField(_("how it came about"), max_length=1000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-appealed_at", "-at"]
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")

    def __str__(self) -> str:
        return str(self.registration or _("somebody"))

    def say(self, words: str) -> None:
        self.appeal, self.appealed_at = words, timezone.now()
        self.save(update_fields=["appeal", "appealed_at"])

    def lift(self, *, by: Person, why: str) -> bool:
        """They can register again, from now on."""
        still = Pause.objects.filter(pk=self.pk, lifted_at=None)
        return bool(still.update(lifted_at=timezone.now(), lifted_by=by, why=why))
