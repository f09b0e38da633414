"""The count of a vote: taken once when it is over, by the rules of the first ballot; once more, it is the same."""

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .poll import Poll

if TYPE_CHECKING:
    from rapport.deciding.papers.paper import Marks

PUBLIC_FROM = 20  # so many ballots, or the single ones are not shown to everybody


class CountQuerySet(models.QuerySet["Count"]):
    def take(self, poll: Poll) -> "Count":
        """Count the ballots and keep the outcome with its digest. Harmless twice: of two, both get the first.

        The row of the poll is held meanwhile, and a ballot that comes later finds the count: none is lost between.
        """
        with transaction.atomic():
            held = Poll.objects.select_for_update().select_related("phase").get(pk=poll.pk)
            known = self.filter(poll=held).first()
            return known or self._take(held)

    def _take(self, poll: Poll) -> "Count":
        poll.ballots.shuffle(poll)
        facts = _counted(poll)
        turnout = Counter(poll.turnout.values_list("participant__channel", flat=True))
        on_paper = poll.ballots.filter(is_paper=True).count()
        if poll.is_secret:
            poll.ballots.update(is_paper=False)
        return self.create(poll=poll, turnout=dict(turnout), on_paper=on_paper, **facts)


class Count(models.Model):
    """What came out, with its log, and a digest by which anybody can tell that a file holds these very ballots."""

    poll = models.OneToOneField(Poll, models.CASCADE, related_name="count")
    outcome = models.JSONField()
    ballots = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    turnout = models.JSONField(default=dict)  # how many by each channel
    on_paper = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    objects = CountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of a vote")
        verbose_name_plural = _("counts of votes")

    def __str__(self) -> str:
        return str(self.poll)

    @property
    def winners(self) -> list[str]:
        return list(self.outcome["winners"])

    @property
    def may_be_read_singly(self) -> bool:
        """Whether the single ballots may be shown to everybody: not where so few voted that one might be known."""
        return self.ballots >= PUBLIC_FROM

    def again(self, *, by: Person | None) -> "Recount":
        """Count once more from the ballots, and keep whether the same came out."""
        now = _counted(self.poll)
        is_same = now["digest"] == self.digest and now["outcome"] == self.outcome
        return self.recounts.create(by=by, is_same=is_same, digest=now["digest"])


class Recount(models.Model):
    """Somebody had the ballots counted again: was it the same?"""

    count = models.ForeignKey(Count, models.CASCADE, related_name="recounts")
    is_same = models.BooleanField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]


def _counted(poll: Poll) -> dict[str, Any]:
    rules, marks = poll.fixed, marks_of(poll)
    return {
        "outcome": poll.paper.counted(rules, marks),
        "ballots": len(marks),
        "digest": digest_of_lines(poll.paper.lines(rules, marks)),
    }


def marks_of(poll: Poll) -> "list[Marks]":
    """What the ballots say, in the chance order of their keys."""
    return list(poll.ballots.order_by("pk").values_list("marks", flat=True))


def digest_of_lines(lines: list[str]) -> str:
    """SHA-256 of the lines of the ballots' file, sorted byte by byte, each ended by a line feed."""
    whole = "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.encode()))
    return hashlib.sha256(whole.encode()).hexdigest()
