import uuid

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.loop.models import Speaker


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    HANDING = "handing", _("being handed over")
    SENT = "sent", _("sent")
    DOUBTFUL = "doubtful", _("in doubt")
    REFUSED = "refused", _("refused")
    TO_CALL = "to_call", _("to be told by phone")


class LetterQuerySet(models.QuerySet["Letter"]):
    @transaction.atomic
    def write(
        self, once: str, *, subject: str, text: str, language: str, email: str = "", speaker: Speaker | None = None, stop_url: str = ""
    ) -> "Letter":
        """Write a letter and post it. The same `once` is the same letter: written and sent a single time."""
        email = email or (speaker.email if speaker else "")
        state = LetterState.WAITING if email else LetterState.TO_CALL
        letter, is_new = self.get_or_create(
            once=once,
            defaults={
                "subject": subject, "text": text, "language": language, "email": email,
                "speaker": speaker, "stop_url": stop_url, "state": state,
            },
        )  # fmt: skip
        if is_new and email:
            later(letter.send)
        return letter


class Letter(models.Model):
    """One message to one address: written once, sent once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    once = models.CharField(max_length=120, unique=True)
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    stop_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=LetterState.choices, default=LetterState.WAITING)
    at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["state", "at"], name="letter_by_state")]

    @can_wait
    def send(self) -> None:
        """Hand it to the mail server, at most once."""
        from rapport.messaging.post import send

        send(self)
