"""One short sentence to agree or disagree with, and what became of it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person

from .participant import Participant

if TYPE_CHECKING:
    from .conversation import Conversation

_TAKEN_FOR = timedelta(minutes=10)


class DecidedAlready(Exception):
    """A colleague has said yes or no to this statement at the same moment."""


class Fate(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("not accepted")


class StatementQuerySet(models.QuerySet["Statement"]):
    def shown_in(self, conversation: "Conversation") -> "StatementQuerySet":
        """Those that people can vote on."""
        from .conversation import ModerationMode

        is_open = conversation.moderation == ModerationMode.OPEN
        standing = [Fate.ACCEPTED, Fate.WAITING] if is_open else [Fate.ACCEPTED]
        return self.filter(conversation=conversation, standing__in=standing)

    def waiting(self) -> "StatementQuerySet":
        return self.filter(standing=Fate.WAITING)

    def free_for(self, person: Person) -> "StatementQuerySet":
        """Those that no colleague is reading just now."""
        return self.waiting().filter(
            Q(taken_by=None) | Q(taken_by=person) | Q(taken_at__lt=timezone.now() - _TAKEN_FOR)
        )


class Statement(models.Model):
    conversation = models.ForeignKey("deciding.Conversation", models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField(_("number"))  # on paper and in files
    words = WordsField(_("words"))
    language = models.CharField(_("written in"), max_length=24)
    is_seed = models.BooleanField(_("by the library"), default=False)
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    on = models.DateField(default=timezone.localdate)
    standing = models.CharField(max_length=8, choices=Fate.choices, default=Fate.WAITING)  # of the last verdict
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_has_its_number"),
            models.CheckConstraint(condition=Q(is_seed=False) | Q(author=None), name="seed_has_no_author"),
        ]
        indexes = [models.Index(fields=["conversation", "standing"], name="statements_by_standing")]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return str(self.words)

    @property
    def original(self) -> str:
        return self.words.get(self.language) or str(self.words)

    @property
    def is_waiting(self) -> bool:
        return self.standing == Fate.WAITING

    def take(self, *, by: Person) -> bool:
        """Tell colleagues that this one is being read; False where one of them reads it already."""
        free = Statement.objects.free_for(by).filter(pk=self.pk)
        return bool(free.update(taken_by=by, taken_at=timezone.now()))

    def accept(self, *, by: Person, words: str = "", again: bool = False) -> "Verdict":
        return self._decide(Fate.ACCEPTED, None, words, by=by, again=again)

    def reject(
        self, reason: "RejectionReason | None", *, by: Person, words: str = "", again: bool = False
    ) -> "Verdict":
        """Keep it from the others; whoever wrote it reads why. A reason or words must be there."""
        return self._decide(Fate.REJECTED, reason, words, by=by, again=again)

    @transaction.atomic
    def _decide(
        self, standing: Fate, reason: "RejectionReason | None", words: str, *, by: Person, again: bool
    ) -> "Verdict":
        """Raises DecidedAlready where a colleague was faster; with `again` an earlier verdict is changed."""
        rows = Statement.objects.filter(pk=self.pk)
        mine = rows.exclude(standing=standing) if again else rows.filter(standing=Fate.WAITING)
        if not mine.update(standing=standing, taken_by=None, taken_at=None):
            raise DecidedAlready
        self.refresh_from_db()
        said = reason.words if reason else {}
        verdict = self.verdicts.create(standing=standing, reason=reason, reason_words=said, words=words, by=by)
        self.conversation.ask_for_drawing()
        return verdict


class RejectionReason(models.Model):
    """Why statements are not accepted, in words that their authors read. Each library makes its own list."""

    words = WordsField(_("reason"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("reason not to accept a statement")
        verbose_name_plural = _("reasons not to accept a statement")

    def __str__(self) -> str:
        return str(self.words)

    def stop(self, at: datetime | None = None) -> None:
        """Offer it no more; verdicts keep the words that they were given with."""
        RejectionReason.objects.filter(pk=self.pk, stopped_at=None).update(stopped_at=at or timezone.now())


class Verdict(models.Model):
    """Who said yes or no to a statement, when and why: the log of moderation."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="verdicts")
    standing = models.CharField(_("verdict"), max_length=8, choices=Fate.choices)
    reason = models.ForeignKey(RejectionReason, models.SET_NULL, null=True, blank=True, related_name="+")
    reason_words = WordsField(_("reason"), blank=True)  # as it was on that day
    words = models.CharField(_("note to the author"), max_length=500, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(standing="rejected") | ~Q(reason_words={}) | ~Q(words=""), name="rejected_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(standing="waiting"), name="verdict_says_yes_or_no"),
        ]
        verbose_name = _("verdict on a statement")
        verbose_name_plural = _("verdicts on statements")
