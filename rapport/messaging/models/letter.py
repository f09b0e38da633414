import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from urllib.parse import parse_qs, urlsplit

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.loop.models import Heard, Speaker
from rapport.people.models import Person
from rapport.places.models import Branch


@dataclass(frozen=True)
class Attached:
    """A small file of text that goes with a letter, as an entry for a calendar."""

    name: str
    kind: str  # a media type with its parameters: "text/calendar; method=REQUEST"
    text: str


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    HANDING = "handing", _("being handed over")
    SENT = "sent", _("sent")
    DOUBTFUL = "doubtful", _("in doubt")
    REFUSED = "refused", _("refused")
    TO_CALL = "to_call", _("to be told by phone")
    STOPPED = "stopped", _("not wanted any more")
    LET_GO = "let_go", _("never settled")


class LetterQuerySet(models.QuerySet["Letter"]):
    def of_branches(self, keys: set[int] | None) -> "LetterQuerySet":
        """Those of these branches and those of the house as a whole; None is everywhere."""
        return self if keys is None else self.filter(models.Q(branch__in=keys) | models.Q(branch=None))

    @transaction.atomic
    def write(
        self,
        once: str,
        *,
        subject: str,
        text: str,
        language: str,
        email: str = "",
        speaker: Speaker | None = None,
        branch: Branch | None = None,
        stop_url: str = "",
        attached: Iterable["Attached"] = (),
    ) -> "Letter":
        """Write a letter and post it. The same `once` is the same letter: written and sent a single time."""
        email = email or (speaker.email if speaker else "")
        state = LetterState.WAITING if email else LetterState.TO_CALL
        letter, is_new = self.get_or_create(
            once=once,
            defaults={
                "subject": subject, "text": text, "language": language, "email": email,
                "speaker": speaker, "branch": branch, "stop_url": stop_url, "state": state,
            },
        )  # fmt: skip
        if is_new:
            Attachment.objects.bulk_create(Attachment(letter=letter, **asdict(one)) for one in attached)
        if is_new and email:
            later(letter.send)
        return letter


class Letter(models.Model):
    """One message to one address: written once, sent once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    once = models.CharField(max_length=120, unique=True)
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    stop_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=LetterState.choices, default=LetterState.WAITING)
    at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["state", "at"], name="letter_by_state")]

    def __str__(self) -> str:
        return self.subject

    @can_wait
    def send(self) -> None:
        """Hand it to the mail server, at most once."""
        from rapport.messaging.post import send

        send(self)

    @property
    def is_wanted(self) -> bool:
        """Not when its reader has stopped all news, or the news of this story, since it was written."""
        if self.speaker is None:
            return True
        return self.speaker.stopped_at is None and not self._story_is_stopped()

    def _story_is_stopped(self) -> bool:
        loop = parse_qs(urlsplit(self.stop_url).query).get("loop", [""])[0]
        stopped = Heard.objects.filter(speaker=self.speaker_id, stopped_at__isnull=False)
        return loop.isdecimal() and stopped.filter(loop=int(loop)).exists()

    def move(self, before: LetterState, after: LetterState, **noted: object) -> bool:
        """From one state to the next, if it is still there: of two who try, one does."""
        moved = bool(Letter.objects.filter(pk=self.pk, state=before).update(state=after, **noted))
        if moved:
            self.state = after
        return moved

    @transaction.atomic
    def send_again(self, *, by: Person) -> bool:
        """Somebody looked into it and found that the letter in doubt did not arrive."""
        now = timezone.now()
        moved = self.move(
            LetterState.DOUBTFUL, LetterState.WAITING, settled_by=by, settled_at=now, queued_at=now, handed_at=None
        )
        if moved:
            later(self.send)
        return moved

    def arrived(self, *, by: Person) -> bool:
        """Somebody knows that it arrived; or told it by phone."""
        now = timezone.now()
        known = {"settled_by": by, "settled_at": now, "sent_at": now}
        return self.move(LetterState.DOUBTFUL, LetterState.SENT, **known) or self.move(
            LetterState.TO_CALL, LetterState.SENT, **known
        )


class Attachment(models.Model):
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
