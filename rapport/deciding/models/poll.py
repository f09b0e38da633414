"""A vote: the question, its options, and the rules that are published before the first ballot."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.listening.models.voice import new_code

from .component import Component


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


class Poll(Component):
    """A vote in a phase. Once the first ballot is in, its rules and options stay as they were published."""

    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    is_secret = models.BooleanField(_("secret"), default=True)
    seats = models.PositiveSmallIntegerField(_("how many win"), default=1)
    quorum = models.PositiveIntegerField(_("ballots needed for anything to be decided"), null=True, blank=True)
    majority = models.CharField(_("majority"), max_length=9, default="1/2")  # a fraction, such as 2/3
    objections = models.PositiveIntegerField(_("objections that may stand"), default=0)
    most = models.PositiveSmallIntegerField(_("most points, dots or choices"), null=True, blank=True)
    seed = models.CharField(_("seed of the lots"), max_length=40, default=new_code)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    budget_ballot = models.CharField(max_length=10, choices=BudgetBallot.choices, default=BudgetBallot.APPROVAL)
    budget_rule = models.CharField(max_length=12, choices=BudgetRule.choices, default=BudgetRule.EQUAL_SHARES)
    completion = models.CharField(max_length=6, choices=Completion.choices, default=Completion.ADD1U)

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
    def has_begun(self) -> bool:
        """Whether a ballot is in: from then on the rules are fixed."""
        return self.ballots.exists()


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
