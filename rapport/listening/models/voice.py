import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Optional
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import later
from rapport.listening.methods.masking import Found, hidden
from rapport.listening.signals import voice_answered, voice_heard
from rapport.loop.models import Loop, Speaker
from rapport.people.models import Person
from rapport.places.models import Branch, Space

from .kinds import Channel, Deed, Status, VoiceKind

if TYPE_CHECKING:
    from .answer import Answer, Note

SPAM = "spam"
_CODE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I: it is read aloud over a counter


def new_code() -> str:
    return "".join(_CODE[byte % 32] for byte in secrets.token_bytes(8))


class VoiceQuerySet(models.QuerySet["Voice"]):
    def in_hand(self) -> "VoiceQuerySet":
        """What the desk works on: neither held back as doubtful nor merged into another."""
        return self.filter(held_at=None, merged=None)

    def held(self) -> "VoiceQuerySet":
        return self.filter(held_at__isnull=False)

    def unanswered(self) -> "VoiceQuerySet":
        return self.in_hand().filter(answered_at=None)

    def waiting(self) -> "VoiceQuerySet":
        """Those with a clock that runs: the same as unanswered, for voices whose clocks were set."""
        return self.filter(due_at__isnull=False)

    def overdue(self, now: datetime | None = None) -> "VoiceQuerySet":
        return self.waiting().filter(due_at__lt=now or timezone.now())

    def most_urgent_first(self) -> "VoiceQuerySet":
        return self.order_by("due_at", "pk")

    def held_by(self, person: Person) -> "VoiceQuerySet":
        return self.filter(assignment__to=person)

    def held_by_nobody(self) -> "VoiceQuerySet":
        return self.filter(assignment__to=None)

    def added_to(self) -> "VoiceQuerySet":
        """Their speaker added something, and nobody has answered or noted anything since."""
        from .addition import Addition
        from .answer import Answer, Note

        this_one = {"voice": OuterRef("voice"), "at__gte": OuterRef("at")}
        unread = Addition.objects.exclude(Exists(Answer.objects.filter(**this_one)))
        return self.filter(pk__in=unread.exclude(Exists(Note.objects.filter(**this_one))).values("voice"))

    def public(self) -> "VoiceQuerySet":
        """What anyone may read: the speaker agreed, and a person of the library released it."""
        return self.filter(is_public=True, held_at=None).exclude(released_at=None)

    def saying_openly(self, text: str) -> "VoiceQuerySet":
        """Those that have the text in what others may read: a search never finds what was hidden."""
        shown = Case(When(read_as="", then=F("words")), default=F("read_as"), output_field=models.TextField())
        return self.alias(shown=shown).filter(shown__icontains=text)

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
    read_as = models.TextField(blank=True)  # what others read, where something in it is hidden
    photo = models.FileField(upload_to="photos/%Y/%m", blank=True)
    photo_words = models.CharField(max_length=200, blank=True)

    status = models.CharField(max_length=20, choices=Status.choices, default=Status.RECEIVED)
    acknowledge_by = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=40, blank=True)
    # The clock that runs now; none once answered, while held, or when merged (its own clocks are taken off then).
    due_at = models.GeneratedField(
        expression=Case(
            When(Q(answered_at__isnull=False) | Q(held_at__isnull=False), then=Value(None)),
            When(acknowledged_at__isnull=True, then=Coalesce("acknowledge_by", "answer_by")),
            default=F("answer_by"),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )

    sent_as = models.UUIDField(null=True, blank=True)  # the form's own number: pressing twice speaks once
    brought_in_as = models.CharField(max_length=64, null=True, blank=True)  # a file brought in twice adds nothing

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-spoken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sent_as"], name="voice_sent_once"),
            models.UniqueConstraint(fields=["brought_in_as"], name="voice_brought_in_once"),
        ]
        indexes = [
            models.Index(fields=["-spoken_at", "-id"], name="voice_newest"),
            models.Index(fields=["due_at", "id"], condition=Q(due_at__isnull=False), name="voice_due"),
            models.Index(fields=["branch", "due_at"], condition=Q(due_at__isnull=False), name="voice_due_in_branch"),
            models.Index(fields=["-held_at"], condition=Q(held_at__isnull=False), name="voice_held"),
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
    def words_for_others(self) -> str:
        """What anyone else may read of it: what a person decided to hide is hidden."""
        return self.read_as or self.words

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    def is_overdue(self, now: datetime | None = None) -> bool:
        due = self.runs_until
        return due is not None and due < (now or timezone.now())

    @property
    def runs_until(self) -> datetime | None:
        """When the clock that runs now is due; the same as the database's `due_at`."""
        if self.is_answered or self.held_at:
            return None
        return (self.acknowledge_by or self.answer_by) if self.acknowledged_at is None else self.answer_by

    @property
    def clock_kind(self) -> str:
        return "answer" if self.acknowledged_at else "acknowledge"

    @property
    def is_spam(self) -> bool:
        return self.held_because == SPAM

    @property
    def matter(self) -> "Voice":
        """The voice on which the work goes on: itself, or the one that it was merged into."""
        merge = getattr(self, "merged", None)
        return merge.into if merge else self

    @property
    def holder(self) -> Person | None:
        assignment = getattr(self, "assignment", None)
        return assignment.to if assignment else None

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
    def mark_as_spam(self, *, by: Person, why: str = "") -> None:
        """A person looked and it is no voice. It stays held, with the reason, until the clean-up's period is over."""
        self.hold(because=SPAM)
        self.note(why, by=by, deed=Deed.SPAM)

    @transaction.atomic
    def release(self, *, by: Person) -> None:
        """It was not spam: the clocks start now, and who left an address is told that it arrived."""
        from rapport.listening.telling import say_it_arrived

        from .promise import AnswerPromise

        self.held_at, self.held_because = None, ""
        AnswerPromise.objects.set_clocks([self], since=timezone.now())
        self.save(update_fields=["held_at", "held_because", "acknowledge_by", "answer_by"])
        self.note(by=by, deed=Deed.RELEASED)
        if self.speaker and self.speaker.email:
            say_it_arrived(self)

    @transaction.atomic
    def claim(self, *, by: Person) -> bool:
        """Take it on, unless a colleague was quicker. Says whether it is now theirs."""
        from .handling import Assignment

        Assignment.objects.bulk_create([Assignment(voice=self)], ignore_conflicts=True)
        taken = Assignment.objects.filter(voice=self, to=None).update(to=by, by=by, at=timezone.now())
        if taken:
            self.note(by=by, deed=Deed.CLAIMED)
        return bool(taken) or Assignment.objects.filter(voice=self, to=by).exists()

    @transaction.atomic
    def assign(self, to: Person | None, *, by: Person) -> None:
        """Give it to a colleague, take it oneself, or (to nobody) put it back."""
        from .handling import Assignment

        Assignment.objects.update_or_create(voice=self, defaults={"to": to, "by": by, "at": timezone.now()})
        self.note(by=by, deed=Deed.ASSIGNED if to else Deed.PUT_BACK, about=to)

    def acknowledge(self, *, at: datetime | None = None) -> None:
        """The speaker knows that it arrived and what happens next."""
        Voice.objects.filter(pk=self.pk, acknowledged_at=None).update(acknowledged_at=at or timezone.now())

    @transaction.atomic
    def tell_arrived(self, *, by: Person) -> None:
        """A colleague told them, face to face or by phone."""
        self.acknowledge()
        self.note(by=by, deed=Deed.TOLD)

    @transaction.atomic
    def answer(
        self,
        said: str,
        *,
        by: Person,
        language: str = "",
        is_public: bool = False,
        at: datetime | None = None,
        together: UUID | None = None,
    ) -> "Answer":
        """Answer in a person's own words: by mail where there is an address, on the story page always.

        `together` is the same for answers given in one go: whoever spoke in several of them gets one letter.
        """
        at = at or timezone.now()
        answer = self.answers.create(
            words=said, by=by, language=language or self.language, is_public=is_public, at=at, together=together
        )
        told = Voice.objects.filter(Q(pk=self.pk) | Q(merged__into=self.pk))
        told.filter(answered_at=None).update(answered_at=at, acknowledged_at=Coalesce("acknowledged_at", Value(at)))
        self.refresh_from_db(fields=["answered_at", "acknowledged_at", "due_at"])
        later(answer.tell)
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

    def note(self, said: str = "", *, by: Person, deed: Deed | str = "", about: Person | None = None) -> "Note":
        """A line for colleagues; no speaker ever sees it."""
        return self.notes.create(words=said, by=by, deed=deed, about=about)

    @transaction.atomic
    def merge_into(self, other: "Voice", *, by: Person) -> None:
        """The same matter was told twice: one is worked on, and both speakers stay heard."""
        from .handling import Merge

        if other.pk == self.pk or Merge.objects.filter(Q(voice=other) | Q(into=self) | Q(voice=self)).exists():
            raise ValueError("Choose a voice that is itself not merged")
        Merge.objects.create(voice=self, into=other, by=by)
        self.acknowledge_by = self.answer_by = None
        self.save(update_fields=["acknowledge_by", "answer_by"])
        for loop in Loop.objects.of(other):
            loop.hang([self])
            loop.hear([self.speaker] if self.speaker else [])
        self._hear_what_was_answered(other)

    def _hear_what_was_answered(self, other: "Voice") -> None:
        last = other.answers.last()
        if last is not None:
            Voice.objects.filter(pk=self.pk, answered_at=None).update(answered_at=timezone.now())
            later(last.tell)

    @transaction.atomic
    def part(self, *, by: Person) -> None:
        """It was another matter after all: it goes its own way again, with its own clocks."""
        from .handling import Merge
        from .promise import AnswerPromise

        Merge.objects.filter(voice=self).delete()
        AnswerPromise.objects.set_clocks([self])
        self.save(update_fields=["acknowledge_by", "answer_by"])
        self.note(by=by, deed=Deed.PARTED)

    @transaction.atomic
    def let_read(self, *, by: Person, hiding: Iterable[Found] = (), at: datetime | None = None) -> None:
        """A person looked at it: others may read it, if its speaker agreed, but for what names somebody."""
        self.released_at = at or timezone.now()
        hiding = list(hiding)
        self.read_as = hidden(self.words, hiding, self.language) if hiding else ""
        self.save(update_fields=["released_at", "read_as"])
        self.note(by=by, deed=Deed.LET_READ)

    @transaction.atomic
    def take_from_readers(self, *, by: Person) -> None:
        """A second look found a name: nobody else reads it any more."""
        self.released_at, self.read_as = None, ""
        self.save(update_fields=["released_at", "read_as"])
        self.note(by=by, deed=Deed.TAKEN_FROM_READERS)

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
