"""How it was, said without a login: a rating, what it was good for, now and some weeks later."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.people.models import Person

from .session import Session

OPEN_DAYS = 30  # after a date, that long people can say how it was
LATER_DAYS = (28, 56)  # four to eight weeks
_SCALE = [MinValueValidator(1), MaxValueValidator(5)]


class Wave(models.TextChoices):
    NOW = "now", _("right after")
    LATER = "later", _("some weeks later")


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    @transaction.atomic
    def say(
        self, session: Session, *, answers: Mapping[str, int] = {}, who: str = "", wave: str = Wave.NOW, **said: Any
    ) -> "Feedback":
        """Keep what somebody said. From the same letter it is the same answer, said anew."""
        if who:
            made = self.update_or_create(session=session, wave=wave, who=who, defaults=said)[0]
            made.answers.all().delete()
        else:
            made = self.create(session=session, wave=wave, **said)
        made.answers.bulk_create(FeedbackAnswer(feedback=made, item=item, value=n) for item, n in answers.items())
        return made


class Feedback(models.Model):
    """What one person said of one date: no name, no address, no hour."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="feedback")
    wave = models.CharField(max_length=10, choices=Wave.choices, default=Wave.NOW)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(_("language"), max_length=12)
    rating = models.PositiveSmallIntegerField(_("how it was"), null=True, blank=True, validators=_SCALE)
    words = models.TextField(_("in your own words"), max_length=2000, blank=True)
    who = models.CharField(max_length=64, blank=True)  # a keyed hash of a letter: it is answered once
    day = models.DateField(default=timezone.localdate)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "wave", "who"], condition=~models.Q(who=""), name="a_letter_is_answered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(rating=None) | models.Q(rating__gte=1, rating__lte=5), name="rated_from_1_to_5"
            ),
        ]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")


class FeedbackAnswer(models.Model):
    """One statement and how much somebody agrees, from 1 to 5. What does not apply, or was left out, has no row."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField(validators=_SCALE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feedback", "item"], name="a_statement_once"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=5), name="agreed_from_1_to_5"),
        ]
        verbose_name = _("answer to a statement")
        verbose_name_plural = _("answers to statements")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def due(self, today: date | None = None) -> "FollowUpQuerySet":
        """Four weeks have passed, and not yet eight."""
        today = today or timezone.localdate()
        first, last = (today - timedelta(days=days) for days in reversed(LATER_DAYS))
        day = "session__starts_at__date"
        return self.filter(asked_at=None, **{f"{day}__gte": first, f"{day}__lte": last}).exclude(email="")

    def behind(self, person: Person) -> "FollowUpQuerySet":
        return self.filter(email__iexact=person.email) if person.email else self.none()


class FollowUp(models.Model):
    """An address that somebody left so that we ask once more. No key leads from it to what they said."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="follow_ups")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "email"], condition=~models.Q(email=""), name="asked_once_more_about_a_date"
            )
        ]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def get_absolute_url(self) -> str:
        return reverse("programs:feedback-later", args=[self.secret])

    def settle(self) -> bool:
        """They answered: the address goes. Of two who send it at once, one does."""
        done = FollowUp.objects.filter(pk=self.pk, answered_on=None).exclude(asked_at=None)
        return bool(done.update(answered_on=timezone.localdate(), email=""))

    def mark_asked(self, at: datetime) -> None:
        FollowUp.objects.filter(pk=self.pk).update(asked_at=at)
