"""Sessions that somebody keeps, and the address under which her own calendar program reads them."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .session import Session


class SavedSession(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "session"], name="session_saved_once")]
        verbose_name = _("saved session")
        verbose_name_plural = _("saved sessions")


class OwnCalendar(models.Model):
    """The secret address of somebody's saved sessions; whoever has it can read them, so it can be made anew."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("own calendar")
        verbose_name_plural = _("own calendars")

    def get_absolute_url(self) -> str:
        return reverse("programs:own-feed", args=[self.secret])

    def renew(self) -> None:
        """Another address; the one before leads nowhere from now on."""
        self.secret = secrets.token_urlsafe()
        self.save(update_fields=["secret"])
