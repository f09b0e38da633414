"""A count told in words that anyone can follow: what came out, and each step of the log."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Step = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One step of the count in words, with its figures as a table where it has some."""

    title: str
    lines: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Teller:
    """`titles` say what the log's names are called in the reader's language."""

    titles: Mapping[str, str]

    def headline(self, outcome: Mapping[str, Any]) -> str:
        """What came out, in one sentence."""
        winners, method = outcome["winners"], outcome["method"]
        if outcome["why_nothing"] == "quorum":
            rules = outcome["steps"][0]
            words = _("Nothing was decided: %(quorum)s ballots were needed, and %(n)s came.")
            return words % {"quorum": rules["quorum"], "n": outcome["ballots"]}
        if outcome["why_nothing"] == "objections":
            return _("It was not accepted: somebody said stop, and gave a reason to think again.")
        if method == "yesno" and winners:
            return _("The answer is yes.") if winners == ["yes"] else _("The answer is no.")
        if winners == ["accepted"]:
            return _("It was accepted.")
        if not winners:
            return _("Nothing was decided.")
        chosen = self.all_of(winners)
        return ngettext("Chosen: %(what)s", "Chosen: %(what)s", len(winners)) % {"what": chosen}

    def all_of(self, names: Iterable[str]) -> str:
        return ", ".join(self.titles.get(name, name) for name in names)

    def log(self, outcome: Mapping[str, Any]) -> list[Told]:
        """Every step, the rules first."""
        return [self._told(step) for step in outcome["steps"]]

    def _told(self, step: Step) -> Told:
        told: Callable[[Step], Told] | None = {
            "rules": self._rules,
            "counted": self._counted,
            "elected": self._elected,
            "round": self._round,
            "first preferences": self._first,
            "surplus": self._surplus,
            "exclusion": self._exclusion,
            "last seats": self._last_seats,
            "pairs": self._pairs,
            "strongest paths": self._paths,
            "no quorum": self._no_quorum,
        }.get(step["what"])
        return told(step) if told else Told(str(step["what"]))

    def _no_quorum(self, step: Step) -> Told:
        return Told(_("Too few ballots came, so nothing is decided."))

    def _rules(self, step: Step) -> Told:
        lines = [_("Ballots in the urn: %(n)s") % {"n": step["ballots"]}]
        if step["quorum"]:
            lines.append(_("Needed for anything to be decided: %(n)s") % {"n": step["quorum"]})
        lines.append(_("Seed of the lots, published beforehand: %(seed)s") % {"seed": step["seed"] or "–"})
        return Told(_("What was fixed before the first ballot"), lines)

    def _counted(self, step: Step) -> Told:
        columns = {what: figures for what, figures in step.items() if isinstance(figures, dict)}
        names = next(iter(columns.values()), {})
        rows = [[self._name(name), *[_figure(figures.get(name, 0)) for figures in columns.values()]] for name in names]
        lines = []
        if "majority" in step:
            lines.append(_("Majority that was needed: %(share)s") % {"share": step["majority"]})
        if "objections_allowed" in step:
            lines.append(_("Objections that may stand: %(n)s") % {"n": step["objections_allowed"]})
        return Told(_("All ballots are counted"), lines, [_("What"), *[_column(one) for one in columns]], rows)

    def _elected(self, step: Step) -> Told:
        title = _("Chosen: %(what)s") % {"what": self._name(step["elected"])}
        return Told(title, self._tie(step))

    def _round(self, step: Step) -> Told:
        if "elected" in step:
            title = _("%(what)s has more than half, and is chosen") % {"what": self._name(step["elected"])}
        elif "excluded" in step:
            title = _("%(what)s has the fewest, and drops out") % {"what": self._name(step["excluded"])}
        else:
            title = _("No ballot names anybody any more")
        lines = self._tie(step)
        if step["exhausted"]:
            words = ngettext("%(n)s ballot names nobody else.", "%(n)s ballots name nobody else.", step["exhausted"])
            lines.append(words % {"n": step["exhausted"]})
        return Told(title, lines, *self._votes(step))

    def _first(self, step: Step) -> Told:
        lines = [_("Votes that are enough to be chosen: %(n)s") % {"n": step["quota"]}]
        return Told(_("First places are counted"), [*lines, *self._reached(step)], *self._votes(step))

    def _surplus(self, step: Step) -> Told:
        title = _("%(what)s has more than enough: the rest moves on") % {"what": self._name(step["of"])}
        lines = [_("Votes that move on to the next places: %(n)s") % {"n": _figure(step["surplus"])}]
        return Told(title, [*lines, *self._tie(step), *self._reached(step)], *self._votes(step))

    def _exclusion(self, step: Step) -> Told:
        title = _("%(what)s has the fewest, and drops out") % {"what": self._name(step["of"])}
        return Told(title, [*self._tie(step), *self._reached(step)], *self._votes(step))

    def _last_seats(self, step: Step) -> Told:
        return Told(_("As many are left as can be chosen: %(what)s") % {"what": self.all_of(step["elected"])})

    def _pairs(self, step: Step) -> Told:
        return self._square(_("Who is placed above whom, on how many ballots"), step)

    def _paths(self, step: Step) -> Told:
        return self._square(_("The strongest chain from each to each"), step)

    def _square(self, title: str, step: Step) -> Told:
        names = list(step["votes"])
        rows = [[self._name(one), *[_figure(step["votes"][one].get(other, "")) for other in names]] for one in names]
        return Told(title, [], ["", *map(self._name, names)], rows)

    def _votes(self, step: Step) -> tuple[list[str], list[list[str]]]:
        ordered = sorted(step["votes"].items(), key=lambda one: -one[1])
        return [_("What"), _("Votes")], [[self._name(name), _figure(votes)] for name, votes in ordered]

    def _reached(self, step: Step) -> list[str]:
        return [_("Chosen: %(what)s") % {"what": self.all_of(step["elected"])}] if step["elected"] else []

    def _tie(self, step: Step) -> list[str]:
        if "tied" not in step:
            return []
        by = {
            "lot": _("the lot of the published seed"),
            "earlier stage": _("who had more in an earlier round"),
            "highest scores": _("who has more of the highest points"),
            "voters": _("who has dots of more voters"),
            "yes": _("who has more that say yes"),
            "listed first": _("which is listed first"),
        }.get(step["tie_by"], step["tie_by"])
        return [_("Equal: %(what)s. It was decided by %(how)s.") % {"what": self.all_of(step["tied"]), "how": by}]

    def _name(self, name: str) -> str:
        return self.titles.get(name, name)


def _figure(value: Any) -> str:
    if isinstance(value, float):
        return number_format(value, 0 if value == int(value) else 5)
    return str(value)


def _column(what: str) -> str:
    return {
        "votes": _("Ballots"),
        "approvals": _("Ballots"),
        "scores": _("Points"),
        "highest scores": _("Highest points"),
        "dots": _("Dots"),
        "voters": _("Voters"),
        "can come": _("Can come"),
        "yes": _("Yes"),
    }.get(what, what)
