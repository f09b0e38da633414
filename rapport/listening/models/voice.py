import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Optional
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.signals import voice_answered, voice_heard
from rapport.loop.models import Loop, Speaker
from rapport.people.models import Person
from rapport.places.models import Branch, Space

if TYPE_CHECKING:
    from .answer import Answer, Note

_CODE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I: it is read aloud over a counter


def new_code() -> str:
    return "".join(secrets.choice(_CODE) for _ in range(8))


class VoiceKind(models.TextChoices):
    CONCERN = "concern", _("A concern")
    QUESTION = "question", _("A question")
    SUGGESTION = "suggestion", _("A suggestion")
    PRAISE = "praise", _("Praise")
    PURCHASE = "purchase", _("Something to buy or lend")
    BARRIER = "barrier", _("Something that keeps me out")
    WELCOME = "welcome", _("My first visit")


class Channel(models.TextChoices):
    WEB = "web", _("website")
    POSTER = "poster", _("poster")
    KIOSK = "kiosk", _("kiosk")
    PAPER = "paper", _("paper")
    DESK = "desk", _("at the desk")
    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by mail")
    IMPORT = "import", _("brought in from a file")


class Status(models.TextChoices):
    RECEIVED = "received", _("received")
    UNDER_REVIEW = "under_review", _("under review")
    PLANNED = "planned", _("planned")
    TRYING_OUT = "trying_out", _("trying out")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined")


class VoiceQuerySet(models.QuerySet["Voice"]):
    def in_hand(self) -> "VoiceQuerySet":
        """What the desk works on: neither held back as doubtful nor merged into another."""
        return self.filter(held_at=None, merged=None)

    def held(self) -> "VoiceQuerySet":
        return self.exclude(held_at=None)

    def unanswered(self) -> "VoiceQuerySet":
        return self.in_hand().filter(answered_at=None)

    def overdue(self, now: datetime | None = None) -> "VoiceQuerySet":
        now = now or timezone.now()
        late = Q(answer_by__lt=now) | Q(acknowledged_at=None, acknowledge_by__lt=now)
        return self.unanswered().filter(late)

    def most_urgent_first(self) -> "VoiceQuerySet":
        return self.order_by("answer_by", "pk")

    def public(self) -> "VoiceQuerySet":
        """What anyone may read: the speaker agreed, and a person of the library released it."""
        return self.filter(is_public=True, held_at=None).exclude(released_at=None)

    def of_branches(self, branches: set[int] | None) -> "VoiceQuerySet":
        """Those of these branches and those of the house as a whole; None is everywhere."""
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))

    def on(self, loop: Loop) -> "VoiceQuerySet":
        return self.filter(pk__in=loop.strands.filter(thing="listening.voice").values("thing_key"))


class Voice(models.Model):
    """What somebody told the library, in their own words, whichever way it came."""

    kind = models.CharField(_("kind"), max_length=20, choices=VoiceKind.choices)
    words = models.TextField(_("words"))
    language = models.CharField(_("language"), max_length=12)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    channel_detail = models.CharField(max_length=60, blank=True)
    spoken_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    code = models.CharField(max_length=8, unique=True, default=new_code)
    is_public = models.BooleanField(_("others may read it"), default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    photo = models.FileField(upload_to="photos/%Y/%m", blank=True)
    photo_words = models.CharField(max_length=200, blank=True)

    status = models.CharField(max_length=20, choices=Status.choices, default=Status.RECEIVED)
    acknowledge_by = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=40, blank=True)

    sent_as = models.UUIDField(null=True, blank=True)  # the form's own number: pressing twice speaks once
    brought_in_as = models.CharField(max_length=64, null=True, blank=True)  # the row's fingerprint: a file twice adds nothing

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-spoken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sent_as"], name="voice_sent_once"),
            models.UniqueConstraint(fields=["brought_in_as"], name="voice_brought_in_once"),
        ]
        indexes = [
            models.Index(fields=["-spoken_at", "-id"], name="voice_newest"),
            models.Index(fields=["answer_by", "id"], condition=Q(answered_at=None), name="voice_waiting"),
            models.Index(fields=["branch", "-spoken_at"], name="voice_by_branch"),
            models.Index(
                fields=["-released_at"], condition=Q(is_public=True, released_at__isnull=False), name="voice_public"
            ),
        ]
        verbose_name = _("voice")
        verbose_name_plural = _("voices")

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else f"{self.words[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("listening:story", args=[self.secret])

    @property
    def spoken_code(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    def is_overdue(self, now: datetime | None = None) -> bool:
        return not self.is_answered and self.answer_by is not None and self.answer_by < (now or timezone.now())

    # A voice's life: it is heard, perhaps held back and released, taken on, answered, and told what came of it.

    @transaction.atomic
    def save_as_heard(self) -> "Voice":
        """Take in a new voice: set its two clocks and tell the house."""
        from .promise import AnswerPromise

        AnswerPromise.objects.set_clocks([self])
        self.save()
        transaction.on_commit(lambda: voice_heard.send(Voice, voice=self))
        return self

    def hold(self, *, because: str) -> None:
        """Set aside as doubtful. A person looks at it; nothing is thrown away."""
        self.held_at, self.held_because = timezone.now(), because
        self.save(update_fields=["held_at", "held_because"])

    @transaction.atomic
    def release(self, *, by: Person) -> None:
        """It was not spam: the clocks start now."""
        from .promise import AnswerPromise

        self.held_at, self.held_because = None, ""
        AnswerPromise.objects.set_clocks([self], since=timezone.now())
        self.save()
        self.note(str(_("Released: not spam")), by=by)

    def assign(self, to: Person | None, *, by: Person) -> None:
        """Give it to a colleague, take it oneself, or (to nobody) put it back."""
        from .handling import Assignment

        Assignment.objects.update_or_create(voice=self, defaults={"to": to, "by": by, "at": timezone.now()})

    def acknowledge(self, *, at: datetime | None = None) -> None:
        """The speaker knows that it arrived and what happens next."""
        Voice.objects.filter(pk=self.pk, acknowledged_at=None).update(acknowledged_at=at or timezone.now())

    @transaction.atomic
    def answer(
        self, said: str, *, by: Person, language: str = "", is_public: bool = False, at: datetime | None = None
    ) -> "Answer":
        """Answer in a person's own words: by mail where there is an address, on the story page always."""
        at = at or timezone.now()
        answer = self.answers.create(words=said, by=by, language=language or self.language, is_public=is_public, at=at)
        Voice.objects.filter(pk=self.pk, answered_at=None).update(answered_at=at)
        self.acknowledge(at=at)
        self.refresh_from_db(fields=["answered_at", "acknowledged_at"])
        transaction.on_commit(lambda: voice_answered.send(Voice, answer=answer))
        return answer

    @transaction.atomic
    def move(self, status: Status, *, by: Person | None, reason: str = "", at: datetime | None = None) -> None:
        """Set where it stands. Raises ValueError where it is declined without a reason."""
        if status == Status.DECLINED and not reason.strip():
            raise ValueError("A declined voice needs a reason that its speaker can read")
        if status == self.status:
            return
        self.status_changes.create(status=status, by=by, reason=reason, at=at or timezone.now())
        self.status = status
        self.save(update_fields=["status"])

    def note(self, said: str, *, by: Person) -> "Note":
        """A line for colleagues; no speaker ever sees it."""
        return self.notes.create(words=said, by=by)

    @transaction.atomic
    def merge_into(self, other: "Voice", *, by: Person) -> None:
        """The same matter was told twice: one is worked on, and both speakers stay heard."""
        from .handling import Merge

        if other.pk == self.pk or getattr(other, "merged", None) or self.others.exists():
            raise ValueError("Choose a voice that is itself not merged")
        Merge.objects.create(voice=self, into=other, by=by)
        for loop in Loop.objects.of(other):
            loop.hang([self])
            loop.hear([self.speaker] if self.speaker else [])

    @transaction.atomic
    def let_read(self, *, by: Person, at: datetime | None = None) -> None:
        """A person looked at it and nobody is named: others may read it, if its speaker agreed."""
        self.released_at = at or timezone.now()
        self.save(update_fields=["released_at"])
        self.note(str(_("Released for others to read")), by=by)

    def loops(self) -> "models.QuerySet[Loop]":
        return Loop.objects.of(self)

    @classmethod
    def from_form(cls, number: UUID) -> Optional["Voice"]:
        return cls.objects.filter(sent_as=number).first()


def speakers_of(voices: Iterable[Voice] | VoiceQuerySet) -> "models.QuerySet[Speaker]":
    """Everyone who spoke in these voices, once each, with those whose voice was merged into one of them."""
    keys = [voice.pk for voice in voices] if not isinstance(voices, VoiceQuerySet) else voices.values("pk")
    spoke = Voice.objects.filter(Q(pk__in=keys) | Q(merged__into__in=keys)).exclude(speaker=None)
    return Speaker.objects.filter(pk__in=spoke.values("speaker"))


def first_answer_days(voices: VoiceQuerySet) -> "models.QuerySet[Any]":
    """How long each answered voice waited for its first answer, as `waited` (a duration), shortest first."""
    waited = models.ExpressionWrapper(F("answered_at") - F("spoken_at"), models.DurationField())
    return voices.exclude(answered_at=None).annotate(waited=waited).order_by("waited").values_list("waited", flat=True)
