"""A budget's count in words: what is bought and why, what is not and what would have changed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.deciding.methods.budgets import Facts, close_ones, paid_by
from rapport.deciding.papers.budgets import money, points_of
from rapport.deciding.papers.telling import Told
from rapport.ui.charts import Bar, Plot, bars

if TYPE_CHECKING:
    from rapport.deciding.models import Option, Override, Poll

COMPLETIONS: dict[str, str | Promise] = {
    "none": gettext_lazy("What is left over stays unspent."),
    "votes": gettext_lazy("What is left over goes to the projects with most votes that still fit."),
    "add1": gettext_lazy("Everybody's share is raised a little, again and again, as long as the money reaches."),
    "add1u": gettext_lazy(
        "Everybody's share is raised a little, again and again, as long as the money reaches; what is left over then "
        "goes to the projects with most votes that still fit."
    ),
}
RULES: dict[str, str | Promise] = {
    "greedy": gettext_lazy("Most votes first"),
    "equalshares": gettext_lazy("Equal Shares"),
}
BECAUSE: dict[str, str | Promise] = {
    "votes": gettext_lazy("more people had chosen it"),
    "cost": gettext_lazy("it costs less"),
    "lot": gettext_lazy("the lot decided, drawn from the seed that was published before"),
}


@dataclass(frozen=True)
class Line:
    """One project in the result, with its sentences."""

    key: str
    title: str
    facts: Facts
    step: Facts
    option: "Option | None" = None
    override: "Override | None" = None
    by_shares: bool = True
    is_close: bool = False
    tied: Sequence[str] = ()

    @property
    def won(self) -> bool:
        return bool(self.facts["won"])

    @property
    def is_in(self) -> bool:
        """Whether it is carried out: as it was counted, or as somebody decided against the count."""
        return self.override.is_in if self.override else self.won

    @property
    def cost(self) -> str:
        return money(self.facts["cost"])

    @property
    def share(self) -> str:
        """What each supporter paid at most; empty where nobody had a share of their own."""
        paid = self.facts["most_paid"]
        return "" if paid is None else money(paid)

    @property
    def supporters(self) -> str:
        n = self.facts["supporters"]
        return ngettext("%(n)s person chose it.", "%(n)s people chose it.", n) % {"n": n}

    @property
    def sentences(self) -> list[str]:
        """Why it is bought, or why it is not, and what would have changed that."""
        said = [self.supporters, *(self._won() if self.won else self._lost())]
        if self.tied:
            words = _("It stood level with %(others)s; it came first because %(because)s.")
            said.append(words % {"others": ", ".join(self.tied), "because": BECAUSE[self.step["because"]]})
        return said

    def _won(self) -> list[str]:
        if self.facts["most_paid"] is not None:
            words = ngettext(
                "One of them paid for it: %(share)s.",
                "%(n)s of them paid for it together, %(share)s each at most.",
                self.facts["payers"],
            )
            return [words % {"n": self.facts["payers"], "share": self.share}]
        if self.by_shares:
            return [_("Their shares did not reach. It was bought from what was left over, by most votes.")]
        return [_("By votes it had its turn as number %(n)s, and there was still enough.") % {"n": self.facts["place"]}]

    def _lost(self) -> list[str]:
        missing = self.facts["missing"]
        if not self.facts["supporters"]:
            return []
        if missing is None:
            return [_("The count ended before it had its turn.")]
        if self.by_shares:
            facts = {"behind": money(self.facts["behind"]), "missing": money(max(0, missing)), "cost": self.cost}
            said = [
                _("They had %(behind)s left together in the end, and it costs %(cost)s: %(missing)s was missing.")
                % facts
            ]
        else:
            facts = {"left": money(self.facts["cost"] - missing), "missing": money(missing), "cost": self.cost}
            said = [_("At its turn %(left)s was left, and it costs %(cost)s: %(missing)s was missing.") % facts]
        return [*said, *self._would()]

    def _would(self) -> list[str]:
        would = self.facts.get("would")
        if would is None:
            return []
        votes, cost = would["votes"], would["cost"]
        said = []
        if votes:
            words = ngettext(
                "With %(n)s more vote it would have been bought.",
                "With %(n)s more votes it would have been bought.",
                votes,
            )
            said.append(words % {"n": votes})
        else:
            said.append(_("More votes alone would not have been enough."))
        if cost:
            said.append(_("Had it cost %(cost)s or less, it would have been bought.") % {"cost": money(cost)})
        return said


@dataclass(frozen=True)
class Side:
    """One rule's outcome in numbers about voters."""

    name: str | Promise
    facts: Facts
    titles: Sequence[str]
    only_here: Sequence[str]
    is_chosen: bool = False

    @property
    def cost(self) -> str:
        return money(self.facts["cost"])

    @property
    def got_nothing(self) -> int:
        return round(100 * float(self.facts["got_nothing"]))

    @property
    def supported(self) -> float:
        return round(float(self.facts["supported"]), 1)

    @property
    def worth(self) -> str:
        return money(round(self.facts["worth"]))

    @property
    def preferred_by(self) -> int:
        return round(100 * float(self.facts["preferred_by"]))


@dataclass(frozen=True)
class BudgetResult:
    facts: Facts
    titles: Mapping[str, str]
    options: "Mapping[str, Option]" = field(default_factory=dict)
    overrides: "Mapping[str, Override]" = field(default_factory=dict)

    @property
    def by_shares(self) -> bool:
        return bool(self.facts["rule"] == "equalshares" and self.facts.get("note") != "greedy")

    @property
    def rule(self) -> str | Promise:
        return RULES[self.facts["rule"]]

    @property
    def completion(self) -> str | Promise:
        return COMPLETIONS.get(self.facts["completion"], "")

    @property
    def budget(self) -> str:
        return money(self.facts["budget"])

    @property
    def cost(self) -> str:
        return money(self.facts["cost"])

    @property
    def left(self) -> str:
        return money(self.facts["left_of_budget"])

    @property
    def share(self) -> str:
        return money(self.facts.get("endowment"))

    @cached_property
    def lines(self) -> list[Line]:
        steps = {step["project"]: step for step in self.facts["steps"]}
        near = set(close_ones(self.facts))
        return [
            Line(
                key=key,
                title=self.titles.get(key, key),
                facts=facts,
                step=steps.get(key, {}),
                option=self.options.get(key),
                override=self.overrides.get(key),
                by_shares=self.by_shares,
                is_close=key in near,
                tied=[self.titles.get(other, other) for other in steps.get(key, {}).get("tied_with", [])],
            )
            for key, facts in self.facts["projects"].items()
        ]

    @property
    def bought(self) -> list[Line]:
        return sorted((line for line in self.lines if line.won), key=lambda line: line.facts["place"])

    @property
    def not_bought(self) -> list[Line]:
        return sorted((line for line in self.lines if not line.won), key=lambda line: -line.facts["score"])

    @property
    def changed(self) -> list[Line]:
        """What was decided against the count."""
        return [line for line in self.lines if line.override]

    @property
    def close(self) -> list[Line]:
        return [line for line in self.not_bought if line.is_close]

    @property
    def steps(self) -> list[str]:
        return [self._step(step) for step in self.facts["steps"]]

    def _step(self, step: Facts) -> str:
        facts = {
            "title": self.titles.get(step["project"], step["project"]),
            "cost": money(step["cost"]),
            "left": money(step["left"]),
            "share": money(step.get("share") or 0),
            "payers": step.get("payers"),
        }
        if step["what"] == "passed over":
            return _("%(title)s costs %(cost)s, too much for the %(left)s that is left.") % facts
        if step.get("share") is None:
            return _("%(title)s is bought for %(cost)s; %(left)s is left.") % facts
        return (
            _("%(title)s is bought for %(cost)s by %(payers)s people, %(share)s each at most; all have %(left)s left.")
            % facts
        )

    @property
    def sides(self) -> list[Side]:
        names = self.facts["winners_by"]
        return [
            Side(
                RULES[one["name"]],
                one,
                [self.titles.get(key, key) for key in names[one["name"]]],
                [self.titles.get(key, key) for key in one["only_here"]],
                one["name"] == self.facts["rule"],
            )
            for one in self.facts["beside"]
        ]

    @property
    def rows(self) -> list[tuple[str, str, list[bool]]]:
        """Each project with its cost, and whether it is bought by each of the rules."""
        each = [set(winners) for winners in self.facts["winners_by"].values()]
        return [(line.title, line.cost, [line.key in one for one in each]) for line in [*self.bought, *self.not_bought]]

    @property
    def plot(self) -> Plot:
        rows = [*self.bought, *self.not_bought]
        marked = [Bar(line.title, line.facts["supporters"], _("bought") if line.won else "") for line in rows]
        summary = _(
            "How many people chose each project, those that are bought first. What costs little needs fewer votes."
        )
        return bars(_("How many chose what"), marked, summary=summary, header=(_("Project"), _("People")))

    def of_ballot(self, marks: Mapping[str, Any]) -> "MyVote":
        """What a ballot like this one paid for. It is worked out from what was kept of the count, and not noted."""
        points = {key: float(n) for key, n in points_of(marks).items()}
        paid, left = paid_by(self.facts, points)
        lines = {line.key: line for line in self.lines}
        bought = {key for key, _amount in paid}
        return MyVote(
            won=[(lines[key], None if amount is None else money(amount)) for key, amount in paid if key in lines],
            lost=[lines[key] for key in points if key in lines and key not in bought],
            share=None if self.facts.get("endowment") is None else self.share,
            left=None if left is None else money(left),
        )


@dataclass(frozen=True)
class MyVote:
    won: list[tuple[Line, str | None]]
    lost: list[Line]
    share: str | None
    left: str | None


def result_of(poll: "Poll", options: "Sequence[Option]", facts: Facts) -> BudgetResult | None:
    """The result of a vote; None where nothing could be counted."""
    if "projects" not in facts:
        return None
    known = {str(one.pk): one for one in options}
    overrides = {str(one.option_id): one for one in poll.overrides.select_related("by")}
    return BudgetResult(facts, {key: str(one) for key, one in known.items()}, known, overrides)


def result_of_example(facts: Facts) -> BudgetResult:
    return BudgetResult(facts, {key: one["name"] or key for key, one in facts["projects"].items()})


def log_of(options: "Sequence[Option]", facts: Facts) -> list[Told]:
    """Every step of the count, each with its sentence."""
    if "projects" not in facts:
        return []
    told = BudgetResult(facts, {str(one.pk): str(one) for one in options})
    first = _("What was fixed before the first ballot")
    rules = [str(told.rule), str(told.completion), _("There is %(budget)s.") % {"budget": told.budget}]
    steps = [Told(_("Step %(n)s") % {"n": n}, [words]) for n, words in enumerate(told.steps, 1)]
    return [Told(first, [words for words in rules if words]), *steps]
