"""A vote: the question, its options, and the rules that are published before the first ballot."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.papers import BallotPaper, FixedRules, papers
from rapport.deciding.papers.rules import name_of
from rapport.lib.translated import WordsField
from rapport.listening.models.voice import new_code
from rapport.people.models import Person

from .component import Component

if TYPE_CHECKING:
    from .count import Count


class Method(models.TextChoices):
    YES_NO = "yes_no", _("yes or no")
    CONSENT = "consent", _("consent: it stands unless somebody objects")
    GRADIENTS = "gradients", _("gradients of agreement")
    APPROVAL = "approval", _("all that you approve of")
    SCORE = "score", _("points for each")
    DOTS = "dots", _("dots to hand out")
    TIMES = "times", _("times that suit you")
    RUN_OFF = "irv", _("ranked, one winner (instant run-off)")
    SCHULZE = "schulze", _("ranked, one winner (Schulze)")
    STV = "stv", _("ranked, several winners (single transferable vote)")
    BUDGET = "budget", _("a budget")

    @property
    def is_ranked(self) -> bool:
        return self in {Method.RUN_OFF, Method.SCHULZE, Method.STV}


class BudgetBallot(models.TextChoices):
    """How people fill in a ballot for a budget."""

    APPROVAL = "approval", _("choose the projects that you want")
    POINTS = "points", _("hand out points")
    RANKING = "ranking", _("put projects in your order")
    KNAPSACK = "knapsack", _("choose projects until the money is spent")


class BudgetRule(models.TextChoices):
    GREEDY = "greedy", _("most votes first")
    EQUAL_SHARES = "equalshares", _("Equal Shares")


class Completion(models.TextChoices):
    NONE = "none", _("what is left over stays unspent")
    VOTES = "votes", _("what is left over is spent by votes")
    ADD1 = "add1", _("shares are raised while they can be")
    ADD1U = "add1u", _("shares are raised while they can be, then by votes")


class RulesFixed(Exception):
    """A ballot is in: what was said before anybody voted stays as it was said."""


class PollQuerySet(models.QuerySet["Poll"]):
    def public(self) -> "PollQuerySet":
        return self.filter(phase__process__opening__isnull=False, phase__process__decision__loop__is_public=True)

    def reached_by(self, person: Person, permission: str) -> "PollQuerySet":
        """Those at the branches where this person's role reaches, and those of the whole library."""
        branches = person.branches_where(permission)
        if branches is None:
            return self
        where = "phase__process__decision__branch"
        return self.filter(Q(**{f"{where}__in": branches}) | Q(**{where: None}))

    def with_process(self) -> "PollQuerySet":
        """With all that its page says of the process, in one query."""
        process = "phase__process"
        return self.select_related(
            f"{process}__opening", f"{process}__decision__closing", f"{process}__decision__loop",
            f"{process}__decision__ruling", f"{process}__decision__branch", "count", "rules", "papers_in", "outcome",
        )  # fmt: skip

    def to_be_counted(self) -> "PollQuerySet":
        """Over and not counted yet; where papers are out, once the desk has said that all of them are in."""
        over = self.public().filter(phase__closes_at__lte=timezone.now(), count=None)
        return over.filter(Q(prints=None) | Q(papers_in__isnull=False)).distinct()


class Poll(Component):
    """A vote in a phase. Once the first ballot is in, its rules and options stay as they were published."""

    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    is_secret = models.BooleanField(_("secret"), default=True)
    seats = models.PositiveSmallIntegerField(_("how many win"), default=1)
    quorum = models.PositiveIntegerField(_("ballots needed for anything to be decided"), null=True, blank=True)
    majority = models.CharField(_("majority"), max_length=9, default="1/2")  # a fraction, such as 2/3
    objections = models.PositiveIntegerField(_("objections that may stand"), default=0)
    least = models.PositiveSmallIntegerField(_("fewest choices"), default=0)
    most = models.PositiveSmallIntegerField(_("most points, dots or choices"), null=True, blank=True)
    seed = models.CharField(_("seed of the lots"), max_length=40, default=new_code)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    budget_ballot = models.CharField(max_length=10, choices=BudgetBallot.choices, default=BudgetBallot.APPROVAL)
    budget_rule = models.CharField(max_length=12, choices=BudgetRule.choices, default=BudgetRule.EQUAL_SHARES)
    completion = models.CharField(max_length=6, choices=Completion.choices, default=Completion.ADD1U)
    is_shuffled = models.BooleanField(_("each voter sees the options in another order"), default=True)
    shows_interim = models.BooleanField(_("how it stands is shown while it runs"), default=False)
    where_words = WordsField(_("where and how to vote"), blank=True)  # booth, by post, at the desk
    starter = models.CharField(max_length=20, blank=True)  # what it was begun from, such as "advice"

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="poll_has_a_winner"),
            models.CheckConstraint(
                condition=~Q(method=Method.BUDGET) | Q(budget__gt=Decimal(0)), name="budget_poll_has_money"
            ),
        ]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")

    @property
    def is_budget(self) -> bool:
        return self.method == Method.BUDGET

    @property
    def is_ranked(self) -> bool:
        return Method(self.method).is_ranked

    def get_absolute_url(self) -> str:
        return reverse("deciding:poll", args=[self.pk])

    def get_desk_url(self) -> str:
        return reverse("deciding:desk-poll", args=[self.pk])

    @property
    def paper(self) -> BallotPaper:
        """How this method is asked and counted. Raises KeyError where nobody has made a paper for it."""
        return papers.get(self.method)

    @cached_property
    def choices(self) -> "list[Option]":
        return list(self.options.all())

    @property
    def counted(self) -> "Count | None":
        return getattr(self, "count", None)

    @property
    def has_begun(self) -> bool:
        """Whether a ballot is in: from then on the rules are fixed."""
        return Rules.objects.filter(poll=self.pk).exists()

    @property
    def papers_are_out(self) -> bool:
        """Papers were printed, and nobody has said that all of them are in: the count waits for them."""
        return not hasattr(self, "papers_in") and self.prints.exists()

    def lacking(self) -> list[str]:
        """What has to be set up before anybody can vote, in words."""
        if self.method not in papers:
            return [str(_("This kind of vote cannot be held yet."))]
        return self.paper.lacking(self, self.choices)

    # ── rules ──

    def fix_rules(self) -> "Rules":
        """Keep the rules as they are with the first ballot; of two first ballots at once, both find the same."""
        fixed = Rules.objects.filter(poll=self.pk).first()
        if fixed is not None:
            return fixed
        said = Poll.objects.get(pk=self.pk).said()
        return Rules.objects.get_or_create(poll=self, defaults={"said": said, "digest": _digest(said)})[0]

    @property
    def fixed(self) -> FixedRules:
        """The rules by which it is counted: those of the first ballot, or as they are now where none is in."""
        rules = Rules.objects.filter(poll=self.pk).first()
        return FixedRules(rules.said if rules else self.said())

    def said(self) -> dict[str, Any]:
        """All rules as plain JSON."""
        first = settings.LANGUAGE_CODE
        options = [
            {
                "id": str(one.pk),
                "name": name_of(number, one.title, first),
                "title": dict(one.title),
                "cost": None if one.cost is None else str(one.cost),
                "starts_at": one.starts_at.isoformat() if one.starts_at else None,
            }
            for number, one in enumerate(self.options.all(), 1)
        ]
        plain = {name: getattr(self, name) for name in _PLAIN}
        return {**plain, "budget": None if self.budget is None else str(self.budget), "options": options}

    def hold(self) -> None:
        """Until the transaction ends, nobody counts it or changes its rules; voters do not wait for each other.

        Keys are only checked at the end of a transaction, so a ballot does not hold its poll by itself. SQLite lets
        one write at a time anyhow.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM deciding_poll WHERE id = %s FOR KEY SHARE", [self.pk])

    def change(self, **fields: Any) -> None:
        """Change the vote while no ballot is in. Raises RulesFixed."""
        with self._not_begun():
            for name, value in fields.items():
                setattr(self, name, value)
            self.save(update_fields=list(fields))

    def keep_option(self, option: "Option") -> "Option":
        """Add an option, or change one. Raises RulesFixed."""
        with self._not_begun():
            option.poll = self
            if option.pk is None and not option.order:
                option.order = (self.options.aggregate(last=models.Max("order"))["last"] or 0) + 1
            option.save()
        return option

    def drop_option(self, option: "Option") -> None:
        """Raises RulesFixed."""
        with self._not_begun():
            option.delete()

    def order_options(self, keys: Sequence[int]) -> None:
        """Raises RulesFixed."""
        with self._not_begun():
            for place, key in enumerate(keys, 1):
                self.options.filter(pk=key).update(order=place)

    @contextmanager
    def _not_begun(self) -> Iterator[None]:
        """The row is held meanwhile, so that no first ballot comes in between."""
        with transaction.atomic():
            Poll.objects.select_for_update().get(pk=self.pk)
            if self.has_begun:
                raise RulesFixed
            yield
        self.__dict__.pop("choices", None)


_PLAIN = (
    "method", "is_secret", "seats", "quorum", "majority", "objections", "least", "most", "seed", "budget_ballot",
    "budget_rule", "completion", "shows_interim",
)  # fmt: skip


def _digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Rules(models.Model):
    """The rules and options as they were when the first ballot came: the count reads these, not the poll."""

    poll = models.OneToOneField(Poll, models.CASCADE, related_name="rules")
    said = models.JSONField()
    digest = models.CharField(max_length=64)
    on = models.DateField(default=timezone.localdate)  # no hour, by which a voter might be found

    class Meta:
        verbose_name = _("rules of a vote")
        verbose_name_plural = _("rules of votes")


class Option(models.Model):
    """One of the answers to a vote, or one project of a budget."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    title = WordsField(_("title"))
    about = WordsField(_("what it is"), blank=True)
    picture = models.ImageField(_("picture"), upload_to="options", blank=True)
    picture_words = WordsField(_("what the picture shows"), blank=True)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)  # for a vote about times
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gt=Decimal(0)), name="project_costs_something")
        ]
        verbose_name = _("option")
        verbose_name_plural = _("options")

    def __str__(self) -> str:
        return str(self.title)

    @property
    def picture_url(self) -> str:
        return reverse("deciding:option-picture", args=[self.pk]) if self.picture else ""
