from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.deciding.methods.opinion_map.votes import AGREE, DISAGREE, PASS

from .component import NotOpen
from .participant import Participant
from .statement import Fate, Statement

if TYPE_CHECKING:
    from .conversation import Conversation

_AT_ONCE = 2000


class NotShown(Exception):
    """This statement is not one that people can vote on (yet, or any more)."""


class Stand(models.IntegerChoices):
    AGREED = AGREE, _("agree")
    DISAGREED = DISAGREE, _("disagree")
    PASSED = PASS, _("pass")


class OpinionVoteQuerySet(models.QuerySet["OpinionVote"]):
    def cast(self, conversation: "Conversation", votes: Mapping[Statement, int], *, participant: Participant) -> None:
        """Say where somebody stands on these statements, or say it anew: the last vote on each counts.

        Raises NotOpen, TierNotMet, NotShown.
        """
        from .conversation import ModerationMode

        conversation.must_be_open()
        participant.must_meet(conversation.process.join_tier)
        if participant.process_id != conversation.phase.process_id:
            raise NotOpen
        is_open = conversation.moderation == ModerationMode.OPEN
        for statement in votes:
            is_shown = statement.standing == Fate.ACCEPTED or (is_open and statement.standing == Fate.WAITING)
            if statement.conversation_id != conversation.pk or not is_shown:
                raise NotShown
        self.take({statement.pk: vote for statement, vote in votes.items()}, participant=participant)

    def take(self, votes: Mapping[int, int], *, participant: Participant) -> None:
        """One statement of SQL, so that of two at once one row comes out, with what was said last."""
        rows = [OpinionVote(statement_id=key, participant=participant, vote=vote) for key, vote in votes.items()]
        self.put(rows)

    def put(self, rows: "list[OpinionVote]") -> None:
        self.bulk_create(
            rows,
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=["participant", "statement"],
            update_fields=["vote"],
        )

    def by(self, participant: Participant | None) -> dict[int, int]:
        """What this participant said, by the key of each statement."""
        if participant is None:
            return {}
        return dict(self.filter(participant=participant).values_list("statement_id", "vote"))


class OpinionVote(models.Model):
    """Where somebody stands on a statement. It holds no time: only the last one counts."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+", db_index=False)
    vote = models.SmallIntegerField(choices=Stand.choices)

    objects = OpinionVoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_opinion_on_a_statement"),
            models.CheckConstraint(condition=Q(vote__in=[AGREE, DISAGREE, PASS]), name="opinion_is_one_of_three"),
        ]
        verbose_name = _("vote on a statement")
        verbose_name_plural = _("votes on statements")


__all__ = ["AGREE", "DISAGREE", "PASS", "NotShown", "OpinionVote", "Stand"]
