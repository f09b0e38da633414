"""A household registers: who asks, who comes, and the places that they have or wait for."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.people.models import Person

from .offered import Band
from .seating import Seating


def _key() -> str:
    return secrets.token_urlsafe(18)


class Registration(models.Model):
    """One form, sent once: the contact of a household, and everybody who comes. A child has no contact of its own."""

    key = models.CharField(max_length=40, unique=True, default=_key)  # the address by which they come back
    form_key = models.CharField(max_length=40, unique=True, default=_key)  # a form sent twice is one
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    card = models.CharField(max_length=64, blank=True)  # a keyed hash; shows only that a card was shown
    answers = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    def bring(self, people: Iterable[tuple[str, int | None]]) -> "list[Attendee]":
        """Name who comes, each with the age on the day of the (first) date, or None where it was not asked."""
        return Attendee.objects.bulk_create(Attendee(registration=self, name=n, age=age) for n, age in people)

    def who(self) -> str:
        """A keyed hash of the contact and all who come: the same household for the same date is there once, while a
        brother or sister on a form of their own is another one. Empty where nothing says who they are.
        """
        names = sorted(one.name.strip().casefold() for one in self.attendees.all())
        contact = self.email.strip().lower() or "".join(filter(str.isdigit, self.phone))
        if not contact:
            return ""
        words = "\n".join([contact, *names])
        return salted_hmac("rapport.programs.registration", words, algorithm="sha256").hexdigest()


class Attendee(models.Model):
    """Somebody who comes: a name to call out, and an age if the rules ask for one. Nothing else."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="attendees")
    name = models.CharField(_("name"), max_length=80, blank=True)
    age = models.PositiveSmallIntegerField(_("age on that day"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    @property
    def band(self) -> Band | None:
        if self.age is None:
            return None
        bands = ((5, Band.AGES_0_5), (11, Band.AGES_6_11), (18, Band.AGES_12_18))
        return next((band for most, band in bands if self.age <= most), Band.ADULTS)


class SeatState(models.TextChoices):
    HELD = "held", _("kept while the form is filled in")
    ASKED = "asked", _("waits for a yes")
    IN = "in", _("has a place")
    WAITING = "waiting", _("on the waitlist")
    OFFERED = "offered", _("was offered a place")
    LEFT = "left", _("cancelled")
    LET_GO = "let_go", _("released")
    REFUSED = "refused", _("was told no")


TAKING = (SeatState.HELD, SeatState.ASKED, SeatState.IN, SeatState.OFFERED)
THERE = (*TAKING, SeatState.WAITING)


class SeatQuerySet(models.QuerySet["Seat"]):
    def coming(self) -> "SeatQuerySet":
        return self.filter(state=SeatState.IN)

    def there(self) -> "SeatQuerySet":
        return self.filter(state__in=THERE)

    def in_line(self) -> "SeatQuerySet":
        """Who waits, in the order in which they are offered a place."""
        return self.filter(state=SeatState.WAITING).order_by("rank", "since", "pk")


class Seat(models.Model):
    """The places of one registration at one date or series: so many heads, in one state at a time."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="seats")
    seating = models.ForeignKey(Seating, models.CASCADE, related_name="seats")
    heads = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SeatState.choices)
    since = models.DateTimeField(default=timezone.now)  # in line since; a moved state does not move it
    until = models.DateTimeField(null=True, blank=True)  # a hold or an offer ends then
    rank = models.FloatField(default=0)  # of a lottery
    who = models.CharField(max_length=64, blank=True)

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


class SeatTurn(models.Model):
    """What became of a seat, when and through whom; None is the person themselves, or the house."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="turns")
    state = models.CharField(max_length=10, choices=SeatState.choices)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


def moved(seat: Seat, before: Iterable[str], after: str, **fields: Any) -> bool:
    """From one of these states into another, if it is still there: of two who try, one does."""
    done = Seat.objects.filter(pk=seat.pk, state__in=list(before)).update(state=after, **fields)
    if done:
        seat.state = after
        for name, value in fields.items():
            setattr(seat, name, value)
    return bool(done)
