"""What a board advised, what it was answered, and what became of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Loop, Speaker, Turn
from rapport.people.models import Person

from .board import Board
from .board_meeting import Meeting
from .decision import Decision

Said = Mapping[str, str] | str


class Followed(models.TextChoices):
    FULLY = "fully", _("followed")
    PARTLY = "partly", _("followed in part")
    NOT = "not", _("not followed")


class AdviceQuerySet(models.QuerySet["Advice"]):
    def unanswered(self) -> "AdviceQuerySet":
        return self.filter(answer=None).order_by("answer_by", "pk")

    def overdue(self, on: date | None = None) -> "AdviceQuerySet":
        return self.unanswered().filter(answer_by__lt=on or timezone.localdate())

    def reached_by(self, person: Person, permission: str) -> "AdviceQuerySet":
        branches = person.branches_where(permission)
        return self if branches is None else self.filter(Q(board__branch__in=branches) | Q(board__branch=None))

    @transaction.atomic
    def give(
        self,
        board: Board,
        said: Said,
        *,
        to: Said,
        by: Person,
        meeting: Meeting | None = None,
        decision: Decision | None = None,
        answer_by: date | None = None,
        about: Said = "",
        at: datetime | None = None,
    ) -> "Advice":
        """A board advises. A story begins that its members hear to the end; the answer is due on a day."""
        at = at or timezone.now()
        loop = Loop.objects.begin(said, by=by, branch=board.branch, at=at)
        advice = self.create(
            board=board, meeting=meeting, decision=decision, words=words(said), about=words(about), to=words(to),
            answer_by=answer_by or timezone.localdate(at) + timedelta(days=board.answer_days), loop=loop, by=by, at=at,
        )  # fmt: skip
        loop.hear(Speaker.objects.filter(pk__in=board.terms.filter(is_open=True).values("speaker")))
        loop.record(Turn.HEARD, said, by=by, thing=advice, at=at)
        if decision is not None:
            loop.hang([decision])
        return advice


class Advice(models.Model):
    """One piece of advice, in public, with the day by which it is answered."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="advice")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="advice")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    words = WordsField(_("what is advised"))
    about = WordsField(_("why"), blank=True)
    to = WordsField(_("to whom"))
    answer_by = models.DateField(_("answered by"))
    loop = models.ForeignKey(Loop, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("advice")
        verbose_name_plural = _("advice")

    def __str__(self) -> str:
        return str(self.words)

    def get_absolute_url(self) -> str:
        return reverse("deciding:advice", args=[self.board_id, self.pk])

    @property
    def answered(self) -> "AdviceAnswer | None":
        return getattr(self, "answer", None)

    @property
    def is_late(self) -> bool:
        return self.answered is None and self.answer_by < timezone.localdate()

    @transaction.atomic
    def reply(self, followed: str, reason: Said, *, by: Person, at: datetime | None = None) -> "AdviceAnswer":
        """Say whether the advice is followed, and why. The database keeps the first of two answers."""
        at = at or timezone.now()
        answer = AdviceAnswer.objects.create(advice=self, followed=followed, reason=words(reason), by=by, at=at)
        turn = Turn.DECIDED_AGAINST if followed == Followed.NOT else Turn.DECIDED
        self.loop.record(turn, reason, by=by, thing=self, at=at)
        return answer


class AdviceAnswer(models.Model):
    """Whether the advice is followed, and why."""

    advice = models.OneToOneField(Advice, models.CASCADE, related_name="answer")
    followed = models.CharField(_("is it followed?"), max_length=8, choices=Followed.choices)
    reason = WordsField(_("why"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
