import secrets
from typing import Optional

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def behind(self, person: Person) -> "SpeakerQuerySet":
        """Every speaker who is this person: by account or by address."""
        return self.filter(Q(person=person) | Q(email=person.email))

    def reached_at(
        self, *, person: Person | None = None, email: str = "", phone: str = "", language: str = "", name: str = ""
    ) -> Optional["Speaker"]:
        """The one speaker behind this account or address, new or known; None where there is no way to reach anyone."""
        email = email.strip().lower() or (person.email if person else "")
        if not email and not phone:
            return None
        words = {"language": language or settings.LANGUAGE_CODE, "name": name, "person": person}
        if email:
            return self.get_or_create(email=email, defaults={**words, "phone": phone})[0]
        return self.get_or_create(email="", phone=phone.strip(), defaults=words)[0]


class Speaker(models.Model):
    """Somebody to whom an answer is owed: an account, or only an address. However often they speak, they are one."""

    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12)
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    since = models.DateField(default=timezone.localdate)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="speaker_known_once_by_mail"),
            models.UniqueConstraint(
                fields=["phone"], condition=Q(email="") & ~Q(phone=""), name="speaker_known_once_by_phone"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone

    @property
    def can_be_reached(self) -> bool:
        return bool(self.email or self.phone) and self.stopped_at is None

    def stop(self) -> None:
        """Send nothing more, about anything."""
        Speaker.objects.filter(pk=self.pk, stopped_at=None).update(stopped_at=timezone.now())

    def resume(self) -> None:
        Speaker.objects.filter(pk=self.pk).update(stopped_at=None)

    def forget(self) -> None:
        """Remove every way to reach this speaker; what they said stays, without them."""
        Speaker.objects.filter(pk=self.pk).update(person=None, email="", phone="", name="")


class HeardQuerySet(models.QuerySet["Heard"]):
    def to_be_told(self) -> "HeardQuerySet":
        return self.filter(stopped_at=None, speaker__stopped_at=None).exclude(speaker__email="", speaker__phone="")


class Heard(models.Model):
    """This speaker is owed the end of this story, once, however often they spoke of it."""

    loop = models.ForeignKey("loop.Loop", models.CASCADE, related_name="heard")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="heard")
    at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = HeardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loop", "speaker"], name="heard_once_in_loop")]
        verbose_name_plural = "heard"

    def stop(self) -> None:
        """Send nothing more about this story."""
        Heard.objects.filter(pk=self.pk, stopped_at=None).update(stopped_at=timezone.now())

    def resume(self) -> None:
        Heard.objects.filter(pk=self.pk).update(stopped_at=None)
