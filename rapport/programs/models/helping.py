"""One to one: somebody books a librarian. Counted apart, never among the programs (IMLS, FY 2024: reference)."""

import secrets
from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch


class Taken(Exception):
    """Somebody else has this time, or it is over."""


class HelpTopic(models.Model):
    """Something that people can have shown to them: a phone, a family tree, a job application."""

    name = WordsField(_("name"))
    about = WordsField(_("what it is"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it usually takes"), default=45, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    is_offered = models.BooleanField(_("offered now"), default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("topic of help")
        verbose_name_plural = _("topics of help")

    def __str__(self) -> str:
        return str(self.name)


class SlotQuerySet(models.QuerySet["HelpSlot"]):
    def coming(self, now: datetime | None = None) -> "SlotQuerySet":
        return self.filter(starts_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def free(self, now: datetime | None = None) -> "SlotQuerySet":
        return self.coming(now).filter(booking=None)


class HelpSlot(models.Model):
    """A time that one member of staff keeps for one person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    topics = models.ManyToManyField(HelpTopic, related_name="slots")
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    is_online = models.BooleanField(_("online"), default=False)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_slot_ends_after_its_start"),
            models.UniqueConstraint(fields=["person", "starts_at"], name="a_person_has_one_slot_at_a_time"),
        ]
        verbose_name = _("time for help")
        verbose_name_plural = _("times for help")

    @property
    def taken_by(self) -> "HelpBooking | None":
        return getattr(self, "booking", None)

    @property
    def where(self) -> str:
        return str(_("online") if self.is_online or self.branch is None else self.branch)


class BookingQuerySet(models.QuerySet["HelpBooking"]):
    def book(self, topic: HelpTopic, *, slot: HelpSlot | None = None, **facts: Any) -> "HelpBooking":
        """Book a time, or ask for one. Raises Taken where somebody was faster: the database keeps the first."""
        if slot and slot.starts_at <= timezone.now():
            raise Taken
        when = {"starts_at": slot.starts_at, "branch": slot.branch, "person": slot.person} if slot else {}
        try:
            with transaction.atomic():
                return self.create(topic=topic, slot=slot, **{**facts, **when})
        except IntegrityError:
            raise Taken from None

    def waiting(self) -> "BookingQuerySet":
        """Asked for, and nobody has given them a time."""
        return self.filter(slot=None, outcome=None).order_by("at", "pk")

    def open(self) -> "BookingQuerySet":
        return self.filter(outcome=None)

    def met(self) -> "BookingQuerySet":
        """The ledger of one-to-one help: it took place."""
        return self.filter(outcome__what=HelpEnd.MET)


class HelpBooking(models.Model):
    """Somebody comes to be helped, or asks for a time. No account, as little as possible about them."""

    key = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    topic = models.ForeignKey(HelpTopic, models.PROTECT, related_name="bookings")
    slot = models.OneToOneField(HelpSlot, models.SET_NULL, null=True, blank=True, related_name="booking")
    starts_at = models.DateTimeField(null=True, blank=True)  # stays when the slot is given back
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")  # who helps
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12)
    words = models.TextField(_("what would you like to learn or do"), max_length=1000, blank=True)
    when_suits = models.CharField(_("when it suits you"), max_length=200, blank=True)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "at", "pk"]
        verbose_name = _("booking of a librarian")
        verbose_name_plural = _("bookings of librarians")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    def get_absolute_url(self) -> str:
        return reverse("programs:help-booking", args=[self.key])

    @property
    def end(self) -> "HelpOutcome | None":
        return getattr(self, "outcome", None)

    def give(self, slot: HelpSlot) -> None:
        """Give a time to somebody who asked for one. Raises Taken where the time has gone."""
        when = {"slot": slot, "starts_at": slot.starts_at, "branch": slot.branch, "person": slot.person}
        try:
            with transaction.atomic():
                done = HelpBooking.objects.waiting().filter(pk=self.pk).update(**when)
        except IntegrityError:
            raise Taken from None
        if not done:
            raise Taken
        self.refresh_from_db()

    @transaction.atomic
    def finish(self, what: str, *, by: Person | None, minutes: int | None = None) -> "HelpOutcome":
        """They met, or did not, or it was cancelled: once. A cancelled time is free again."""
        made = HelpOutcome.objects.create(booking=self, what=what, minutes=minutes, by=by)
        if what == HelpEnd.CANCELLED:
            HelpBooking.objects.filter(pk=self.pk).update(slot=None)
        return made

    def forget(self) -> None:
        """Remove who it was and what they wrote; that somebody was helped is still counted."""
        gone = {"name": "", "email": "", "phone": "", "words": "", "when_suits": ""}
        HelpBooking.objects.filter(pk=self.pk).update(**gone, forgotten_at=timezone.now())


class HelpEnd(models.TextChoices):
    MET = "met", _("they met")
    MISSED = "missed", _("nobody came")
    CANCELLED = "cancelled", _("cancelled")


class HelpOutcome(models.Model):
    """What became of a booking, once."""

    booking = models.OneToOneField(HelpBooking, models.CASCADE, related_name="outcome")
    what = models.CharField(max_length=10, choices=HelpEnd.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("how it ended")
        verbose_name_plural = _("how they ended")
