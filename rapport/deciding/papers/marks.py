"""A mark for each option: approval, points, dots, times that suit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.deciding.methods.ballots import Marks as Counted
from rapport.deciding.methods.ballots import count

from .paper import BallotForm, BallotPaper, Choice, Marks, Outcome, Row, Said
from .rules import FixedRules

if TYPE_CHECKING:
    from rapport.deciding.models import Option, Poll

FIVE = 5


class ApprovalForm(BallotForm):
    def set_up(self) -> None:
        self.fields["for"] = forms.MultipleChoiceField(
            label=_("Your choice"), required=False, choices=[(str(one.pk), str(one)) for one in self.options]
        )

    @property
    def rows(self) -> list[Row]:
        chosen = {str(one) for one in self["for"].value() or []}
        return [
            Row(one, self.numbers[one.pk], "for", str(one.pk), is_chosen=str(one.pk) in chosen) for one in self.options
        ]

    def clean_for(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["for"]
        if self.poll.most and len(chosen) > self.poll.most:
            words = _("You chose %(n)s, and %(most)s can be chosen. Take some away.")
            raise forms.ValidationError(words % {"n": len(chosen), "most": self.poll.most})
        return chosen

    def marks(self) -> dict[str, Any]:
        chosen = self.cleaned_data["for"]
        return {"for": sorted(chosen, key=int)} if chosen else {}


class ApprovalPaper(BallotPaper):
    form_class: ClassVar[type[BallotForm]] = ApprovalForm
    template: ClassVar[str] = "deciding/papers/approval.html"
    printed: ClassVar[str] = "deciding/papers/printed/boxes.html"

    def initial(self, marks: Marks) -> dict[str, Any]:
        return {"for": marks.get("for", [])}

    def how_to(self, poll: "Poll") -> str:
        if poll.most:
            words = ngettext("Choose what you like, at most %(n)s.", "Choose what you like, at most %(n)s.", poll.most)
            return words % {"n": poll.most}
        return _("Choose everything that you like, one or many.")

    def in_words(self, poll: "Poll", options: "Sequence[Option]", marks: Marks) -> list[Said]:
        chosen = set(marks.get("for", []))
        return [Said(str(one), _("yes")) for one in options if str(one.pk) in chosen]

    def counted(self, rules: FixedRules, ballots: Sequence[Marks]) -> Outcome:
        return _counted(self.counting, rules, [dict.fromkeys(one.get("for", []), 1) for one in ballots])

    def result(self, poll: "Poll", options: "Sequence[Option]", outcome: Outcome) -> dict[str, Any]:
        return _bars(options, outcome, "approvals")

    def header(self, rules: FixedRules) -> list[str]:
        return [one.name for one in rules.options]

    def line(self, rules: FixedRules, marks: Marks) -> list[str]:
        return ["1" if one.id in marks.get("for", []) else "" for one in rules.options]


class PointsForm(BallotForm):
    def set_up(self) -> None:
        for option in self.options:
            self.fields[f"points_{option.pk}"] = forms.IntegerField(
                label=str(option), required=False, min_value=0, max_value=self.highest
            )

    @property
    def highest(self) -> int:
        return 2 if self.poll.method == "times" else self.poll.most or FIVE

    @property
    def rows(self) -> list[Row]:
        return [self._row(one, f"points_{one.pk}") for one in self.options]

    def _row(self, option: "Option", name: str) -> Row:
        value = self.said(name)
        choices = [Choice(str(n), label, str(n) == value) for n, label in self._scale()]
        return Row(option, self.numbers[option.pk], name, value, choices=choices, errors=self.wrong(name))

    def _scale(self) -> list[tuple[int, str]]:
        if self.poll.method == "times":
            return [(2, _("Yes")), (1, _("If need be")), (0, _("No"))]
        return [(n, str(n)) for n in range(self.highest + 1)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given = sum(points or 0 for points in said.values())
        if self.poll.method == "dots" and given > self.highest:
            words = _("You handed out %(n)s dots, and there are %(most)s. Take some back.")
            raise forms.ValidationError(words % {"n": given, "most": self.highest})
        return said

    def marks(self) -> dict[str, Any]:
        given = {str(one.pk): self.cleaned_data.get(f"points_{one.pk}") for one in self.options}
        points = {key: given[key] for key in sorted(given, key=int) if given[key] is not None}
        if self.poll.method == "dots":
            points = {key: n for key, n in points.items() if n}
        return {"points": points} if points else {}


class PointsPaper(BallotPaper):
    form_class: ClassVar[type[BallotForm]] = PointsForm
    template: ClassVar[str] = "deciding/papers/points.html"
    printed: ClassVar[str] = "deciding/papers/printed/points.html"

    def initial(self, marks: Marks) -> dict[str, Any]:
        return {f"points_{key}": n for key, n in marks.get("points", {}).items()}

    def how_to(self, poll: "Poll") -> str:
        if poll.method == "times":
            return _("Say for each time whether it suits you.")
        n = poll.most or FIVE
        if poll.method == "dots":
            return ngettext("You have %(n)s dot.", "You have %(n)s dots. Put them where you like.", n) % {"n": n}
        return _("Give each from 0 (not at all) to %(n)s (very much).") % {"n": n}

    def in_words(self, poll: "Poll", options: "Sequence[Option]", marks: Marks) -> list[Said]:
        points = marks.get("points", {})
        return [Said(str(one), self._say(poll, points[str(one.pk)])) for one in options if str(one.pk) in points]

    def _say(self, poll: "Poll", n: int) -> str:
        if poll.method == "times":
            return (_("no"), _("if need be"), _("yes"))[n]
        if poll.method == "dots":
            return ngettext("%(n)s dot", "%(n)s dots", n) % {"n": n}
        return ngettext("%(n)s point", "%(n)s points", n) % {"n": n}

    def counted(self, rules: FixedRules, ballots: Sequence[Marks]) -> Outcome:
        return _counted(self.counting, rules, [one.get("points", {}) for one in ballots])

    def result(self, poll: "Poll", options: "Sequence[Option]", outcome: Outcome) -> dict[str, Any]:
        what, also = {
            "score": ("scores", "highest scores"),
            "dots": ("dots", "voters"),
            "times": ("can come", "yes"),
        }[self.method]
        return _bars(options, outcome, what, also)

    def header(self, rules: FixedRules) -> list[str]:
        return [one.name for one in rules.options]

    def line(self, rules: FixedRules, marks: Marks) -> list[str]:
        points = marks.get("points", {})
        say = {2: "yes", 1: "maybe", 0: "no"} if self.method == "times" else {}
        return [str(say.get(points[one.id], points[one.id])) if one.id in points else "" for one in rules.options]


def _counted(method: str, rules: FixedRules, ballots: list[dict[str, int]]) -> Outcome:
    named = [{rules.names[key]: n for key, n in ballot.items()} for ballot in ballots]
    result = count(method, Counted.of(named, list(rules.names.values())), rules.beforehand)
    return {**result.as_json(), "names": rules.names}


def _bars(options: "Sequence[Option]", outcome: Outcome, what: str, also: str = "") -> dict[str, Any]:
    step: dict[str, Any] = next((step for step in outcome["steps"] if step["what"] == "counted"), {})
    names = outcome["names"]

    def figure(column: str, option: "Option") -> int:
        return int(step.get(column, {}).get(names.get(str(option.pk)), 0))

    return {
        "bars": [(str(one), figure(what, one)) for one in options],
        "also": {str(one): figure(also, one) for one in options} if also else {},
        "what": what,
        "also_what": also,
    }
