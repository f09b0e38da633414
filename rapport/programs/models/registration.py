"""A household registers: who asks, who comes, and the places that they have or wait for."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.listening.models import Channel
from rapport.people.models import Person

from .offered import Band
from .seat import Seat, SeatState
from .seating import Full, Seating

HOLD = timedelta(minutes=10)


def _key() -> str:
    return secrets.token_urlsafe(18)


class AlreadyThere(Exception):
    """The same household has a place, or waits for one, at one of these dates; `registration` is theirs."""

    def __init__(self, registration: "Registration") -> None:
        super().__init__(registration.pk)
        self.registration = registration


class RegistrationQuerySet(models.QuerySet["Registration"]):
    @transaction.atomic
    def hold(
        self, seatings: Iterable[Seating], heads: int, *, language: str, at: datetime | None = None, **fields: Any
    ) -> "Registration":
        """Keep so many places at each date while the form is filled in. Where they are not free, none are kept."""
        at = at or timezone.now()
        made = self.create(language=language, at=at, **fields)
        for seating in sorted(seatings, key=lambda one: one.pk):  # always in this order, so nobody waits for each other
            taken = seating.take_if_free(heads, at)
            state, until = (SeatState.HELD, at + HOLD) if taken else (SeatState.WISHED, None)
            made.seats.create(seating=seating, heads=heads, state=state, since=at, until=until)
        return made

    def behind(self, person: Person) -> "RegistrationQuerySet":
        mine = models.Q(person=person) | models.Q(person=None, by=None, email__iexact=person.email)
        return self.filter(mine).exclude(sent_at=None)


class Registration(models.Model):
    """One form, sent once: the contact of a household, and everybody who comes. A child has no contact of its own."""

    key = models.CharField(max_length=40, unique=True, default=_key)  # the address by which they come back
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    contact = models.CharField(max_length=64, blank=True, db_index=True)  # a keyed hash, to know a household again
    language = models.CharField(_("language"), max_length=12)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    has_card = models.BooleanField(default=False)  # a card was shown; its number is not kept
    answers = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)  # until then it is a form that somebody fills in
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    def get_absolute_url(self) -> str:
        return reverse("programs:registration" if self.sent_at else "programs:registration-form", args=[self.key])

    def send(
        self, people: Iterable[tuple[str, int | None]], *, at: datetime | None = None, **contact: Any
    ) -> "list[Seat]":
        """The form is filled in: a place, or one on the waitlist, at each of its dates. A form sent twice is one.

        Raises AlreadyThere where the same household is there already, and changes nothing then.
        """
        at, people = at or timezone.now(), list(people)
        try:
            with transaction.atomic():
                if not self._is_sent_first(at, contact):
                    return list(self.seats.all())
                self.bring(people)
                return self._settle([name for name, _age in people], at)
        except IntegrityError:
            self.refresh_from_db()
            raise AlreadyThere(self._same_household(self._who(contact, people))) from None

    def _is_sent_first(self, at: datetime, contact: Mapping[str, Any]) -> bool:
        facts = {**contact, "contact": contact_digest(contact.get("email", ""), contact.get("phone", ""))}
        first = Registration.objects.filter(pk=self.pk, sent_at=None).update(sent_at=at, **facts)
        for name, value in {**facts, "sent_at": at}.items():
            setattr(self, name, value)
        return bool(first)

    def _settle(self, names: list[str], at: datetime) -> "list[Seat]":
        who = household(self.contact, names)
        seats = list(self.seats.select_related("seating__rules").order_by("seating"))
        for seat in seats:
            seat.registration = self
            seat.settle(who=who, heads=len(names), at=at)
        later(self.tell_sent)
        return seats

    def _who(self, contact: Mapping[str, Any], people: list[tuple[str, int | None]]) -> str:
        digest = contact_digest(contact.get("email", ""), contact.get("phone", ""))
        return household(digest, [name for name, _age in people])

    def _same_household(self, who: str) -> "Registration":
        theirs = Seat.objects.there().filter(seating__in=self.seats.values("seating"), who=who)
        return theirs.exclude(registration=self).select_related("registration")[:1].get().registration

    def bring(self, people: Iterable[tuple[str, int | None]]) -> "list[Attendee]":
        """Name who comes, each with the age on the day of the (first) date, or None where it was not asked."""
        return Attendee.objects.bulk_create(Attendee(registration=self, name=n, age=age) for n, age in people)

    @transaction.atomic
    def change_heads(self, heads: int) -> bool:
        """One more or one fewer while the form is filled in; for all its dates, or for none."""
        seats = list(self.seats.filter(state__in=[SeatState.HELD, SeatState.WISHED]).order_by("seating"))
        try:
            with transaction.atomic():
                for seat in seats:
                    seat.resize(heads)
        except Full:
            return False
        return True

    def extend(self, at: datetime | None = None) -> bool:
        """Ten minutes more for whoever still fills in the form; once."""
        at = at or timezone.now()
        held = self.seats.filter(state=SeatState.HELD, extended=False, until__gt=at)
        return bool(held.update(until=at + HOLD, extended=True))

    def drop(self) -> None:
        """Whoever filled in the form went away: what was kept is given back."""
        for seat in self.seats.filter(state__in=[SeatState.HELD, SeatState.WISHED]):
            seat.let_go()

    @can_wait
    def tell_sent(self) -> None:
        from rapport.programs.registering.letters import tell_sent

        tell_sent(self)

    @can_wait
    def tell_again(self) -> None:
        from rapport.programs.registering.letters import tell_again

        tell_again(self)


def contact_digest(email: str, phone: str) -> str:
    contact = email.strip().lower() or "".join(filter(str.isdigit, phone))
    return salted_hmac("rapport.programs.contact", contact, algorithm="sha256").hexdigest() if contact else ""


def household(contact: str, names: Iterable[str]) -> str:
    """A keyed hash of the contact and all who come: the same household for the same date is there once, while a
    brother or sister on a form of their own is another one. Empty where nothing says who they are.
    """
    words = "\n".join([contact, *sorted(name.strip().casefold() for name in names)])
    return salted_hmac("rapport.programs.registration", words, algorithm="sha256").hexdigest() if contact else ""


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
