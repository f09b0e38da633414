"""A conversation on statements: people say where they stand, add what is missing, and see who thinks alike."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.lib.translated import words
from rapport.people.models import Person

from .component import Component
from .participant import Participant
from .phase import Phase

if TYPE_CHECKING:
    from .statement import Statement

REDRAWN_AFTER = 1.0  # seconds that a drawing waits for further votes; longer where drawing takes long
_GIVEN_UP_AFTER = 90.0
LONGEST = 140


class TooManyStatements(Exception):
    """This participant has added as many statements as each may."""


class NoStatementsWanted(Exception):
    """In this conversation people vote, and add nothing."""


class ModerationMode(models.TextChoices):
    STRICT = "strict", _("Somebody of the library reads each statement before others see it")
    OPEN = "open", _("Statements are seen at once, and taken away where they break the rules")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def public(self) -> "ConversationQuerySet":
        return self.filter(
            phase__process__opening__isnull=False,
            phase__process__decision__loop__is_public=True,
            phase__opens_at__lte=timezone.now(),
        )

    def reached_by(self, person: Person, permission: str) -> "ConversationQuerySet":
        """Those at the branches where this person's role reaches, and those of the whole library."""
        branches = person.branches_where(permission)
        if branches is None:
            return self
        return self.filter(Q(phase__process__decision__branch__in=branches) | Q(phase__process__decision__branch=None))

    def with_all_above(self) -> "ConversationQuerySet":
        """With what its pages say above it, so that nothing is asked for twice."""
        above = "phase__process__decision"
        return self.select_related(f"{above}__closing", f"{above}__branch", f"{above}__loop", "phase__process__opening")

    def begin(
        self, phase: Phase, title: Mapping[str, str] | str, *, by: Person | None, **fields: Any
    ) -> "Conversation":
        """A new conversation in this part of a process; `statements` are the first ones, in one or more languages."""
        statements: Iterable[Mapping[str, str] | str] = fields.pop("statements", ())
        conversation = self.create(phase=phase, title=title, by=by, **fields)
        conversation.seed(statements, by=by)
        return conversation


class Conversation(Component):
    moderation = models.CharField(
        _("moderation"), max_length=6, choices=ModerationMode.choices, default=ModerationMode.STRICT
    )
    longest = models.PositiveSmallIntegerField(_("how long a statement may be"), default=LONGEST)
    takes_statements = models.BooleanField(_("people may add statements"), default=True)
    most_each = models.PositiveSmallIntegerField(_("how many statements each may add"), default=5)
    shows_results = models.BooleanField(_("the map is shown while the conversation runs"), default=True)
    is_doubled = models.BooleanField(_("two people enter each paper sheet"), default=False)
    seed_of_map = models.PositiveIntegerField(default=0)  # what is drawn by lot while the map is made
    asked_at = models.DateTimeField(null=True, editable=False)  # a new drawing has been asked for, and not begun

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(longest__gte=20, longest__lte=500), name="statement_has_a_length")
        ]
        verbose_name = _("opinion map")
        verbose_name_plural = _("opinion maps")

    def get_absolute_url(self) -> str:
        return reverse("deciding:opinions", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.process.is_open or self.phase.is_over

    @property
    def may_show_map(self) -> bool:
        return self.shows_results or self.phase.is_over

    # ── statements ──

    @transaction.atomic
    def seed(
        self, statements: Iterable[Mapping[str, str] | str], *, by: Person | None, language: str = ""
    ) -> "list[Statement]":
        """Add the library's own first statements; one that stands here already is passed over."""
        from .statement import Fate, Statement

        known = {text.casefold() for one in self.statements.all() for text in one.words.values()}
        made, number = [], self._last_number()
        for said in statements:
            said_in = words({language: said} if isinstance(said, str) and language else said)
            row = Statement(conversation=self, words=said_in, is_seed=True, standing=Fate.ACCEPTED, by=by)
            texts = {text.casefold() for text in row.words.values()}
            if not texts or texts & known:
                continue
            known |= texts
            number += 1
            row.number, row.language = number, next(iter(row.words))
            made.append(row)
        return Statement.objects.bulk_create(made, batch_size=500)

    @transaction.atomic
    def suggest(self, text: str, *, language: str, participant: Participant) -> "Statement":
        """Somebody adds what is missing; whoever says it agrees with it.

        Raises NotOpen, TierNotMet, NoStatementsWanted, TooManyStatements, ValueError (longer than it may be).
        """
        from .opinion_vote import AGREE, OpinionVote
        from .statement import Statement

        self.must_be_open()
        participant.must_meet(self.process.join_tier)
        if not self.takes_statements:
            raise NoStatementsWanted
        said = " ".join(text.split())
        if len(said) > self.longest:
            raise ValueError("This statement is longer than the conversation takes")
        Participant.objects.select_for_update().get(pk=participant.pk)  # two at once are counted one after the other
        if self.statements.filter(author=participant).count() >= self.most_each:
            raise TooManyStatements
        statement = Statement.objects.create(
            conversation=self,
            number=self._last_number() + 1,
            words={language: said},
            language=language,
            author=participant,
        )
        OpinionVote.objects.take({statement.pk: AGREE}, participant=participant)
        return statement

    def _last_number(self) -> int:
        """The rows of one conversation are numbered one after the other: whoever numbers waits for the other."""
        Conversation.objects.select_for_update().get(pk=self.pk)
        last: int | None = self.statements.aggregate(last=Max("number"))["last"]
        return last or 0

    # ── the map ──

    def ask_for_drawing(self, *, seconds: float = 0.0) -> bool:
        """Have the map drawn anew shortly; however many ask meanwhile, it is drawn once.

        `seconds` is how long the last drawing took: a large map is drawn less often.
        """
        now = timezone.now()
        waits = Q(asked_at=None) | Q(asked_at__lt=now - timedelta(seconds=_GIVEN_UP_AFTER))
        asked = bool(Conversation.objects.filter(waits, pk=self.pk).update(asked_at=now))
        if asked:
            later(self.draw, after=now + timedelta(seconds=max(REDRAWN_AFTER, min(60.0, 3 * seconds))))
        return asked

    @can_wait
    def draw(self) -> None:
        """Draw the map of all votes; whoever votes from here on asks for the next one."""
        from rapport.deciding.opinions.drawing import draw

        Conversation.objects.filter(pk=self.pk).update(asked_at=None)
        draw(self)


__all__ = ["LONGEST", "Conversation", "ModerationMode", "NoStatementsWanted", "TooManyStatements"]
