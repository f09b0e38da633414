"""What stands beside a budget's count: what was changed by hand, in public; and past budgets to learn from."""

import io
from collections.abc import Mapping

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.budget_results import BudgetResult, result_of_example
from rapport.deciding.methods.budgets import Election, told
from rapport.deciding.methods.pabulib_files import Pabulib, own_shares, read_budget_text, write_budget
from rapport.lib.later import can_wait, later
from rapport.lib.translated import WordsField, words
from rapport.loop.models import Turn
from rapport.people.models import Person

from .component import NotOpen
from .poll import Option, Poll

Said = Mapping[str, str] | str


class Override(models.Model):
    """A project was taken in, or left out, against the count: by whom and why. The count itself stays as it is."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="overrides")
    option = models.OneToOneField(Option, models.CASCADE, related_name="override")
    is_in = models.BooleanField(_("it is carried out"))
    reason = WordsField(_("why"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason={}), name="override_has_a_reason")]
        verbose_name = _("departure from a count")
        verbose_name_plural = _("departures from a count")

    @classmethod
    @transaction.atomic
    def make(cls, option: Option, *, reason: Said, by: Person) -> "Override":
        """Depart from the count for this project, in public; everyone heard is told.

        Raises NotOpen before it is counted, and IntegrityError where somebody has done it already.
        """
        poll = option.poll
        if poll.counted is None:
            raise NotOpen
        is_in = str(option.pk) not in poll.counted.winners
        override = cls.objects.create(poll=poll, option=option, is_in=is_in, reason=words(reason), by=by)
        decision = poll.process.decision
        decision.loop.record(Turn.CAME_FURTHER, words(reason), by=by, thing=decision)
        return override


class ExampleQuerySet(models.QuerySet["BudgetExample"]):
    def bring(self, text: str, *, file_name: str, by: Person | None) -> "BudgetExample":
        """Take a file of Pabulib as a finished budget to learn from; the worker counts it by both rules.

        Who voted, how old and of what sex, is not kept. Raises UnreadableBudget, with its line and field.
        """
        read = read_budget_text(text)
        if not read.election.voters:
            raise ValueError(_("There is no ballot in it."))
        with transaction.atomic():
            example = self.create(
                name=_name(read, file_name), file_name=file_name[:120], text=_kept(read), by=by,
                own_rule=read.meta.get("rule", "")[:60], published=dict(read.published),
                differences=list(read.differences)[:50],
            )  # fmt: skip
            later(example.count)
        return example


class BudgetExample(models.Model):
    """A budget that was held somewhere else, or before, and is read only: what would each rule have bought?"""

    name = models.CharField(_("name"), max_length=200)
    file_name = models.CharField(max_length=120)
    text = models.TextField()  # .pb, with voters numbered anew
    own_rule = models.CharField(max_length=60, blank=True)
    published = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    facts = models.JSONField(null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ExampleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("budget as an example")
        verbose_name_plural = _("budgets as examples")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("deciding:budget-example", args=[self.pk])

    @can_wait
    def count(self) -> None:
        """Count it by Equal Shares, and by most votes beside it."""
        election = read_budget_text(self.text).election
        self.facts = told(election, own_shares({"rule": self.own_rule}))
        self.save(update_fields=["facts"])

    @property
    def told(self) -> "BudgetResult | None":
        """Its result in words, once the worker has counted it."""
        return result_of_example(self.facts) if self.facts else None

    @property
    def official(self) -> list[str]:
        """What the file says was elected; in one where it says nothing, none."""
        return [project for project, won in self.published.items() if won]


def _name(read: Pabulib, file_name: str) -> str:
    meta = read.meta
    named = [meta.get(part, "") for part in ("unit", "subunit", "instance")]
    return (", ".join(part for part in named if part) or meta.get("description") or file_name)[:200]


def _kept(read: Pabulib) -> str:
    """The file written anew, without anything about voters but their ballots."""
    election = read.election
    numbered = Election(
        election.budget, election.projects, election.ballots, election.ballot_of,
        tuple(str(number) for number in range(1, len(election.voters) + 1)),
    )  # fmt: skip
    named = ("description", "country", "unit", "subunit", "instance", "rule", "currency", "edition")
    meta = {name: read.meta[name] for name in named if read.meta.get(name)}
    out = io.StringIO()
    with_points = read.vote_type in {"cumulative", "scoring"}
    write_budget(out, numbered, {**meta, "vote_type": read.vote_type}, with_points=with_points)
    return out.getvalue()
