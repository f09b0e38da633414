"""What a ballot paper is, and the list of them: one for each method."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rapport.lib.registry import Registry

from .rules import FixedRules
from .telling import Teller, Told

if TYPE_CHECKING:
    from rapport.deciding.models import Option, Poll

Marks = Mapping[str, Any]
Outcome = dict[str, Any]  # at least: winners, ballots, why_nothing, steps


@dataclass(frozen=True)
class Said:
    """One line of a ballot in words: about what, and what the voter says to it."""

    about: str
    words: str | Promise


@dataclass(frozen=True)
class Choice:
    value: str
    label: str | Promise
    is_chosen: bool
    note: str | Promise = ""

    @property
    def key(self) -> str:
        return self.value.replace(" ", "-")


@dataclass(frozen=True)
class Row:
    """One option as the form shows it: its field, what may be chosen, what is wrong."""

    option: "Option"
    number: int
    name: str
    value: str = ""
    is_chosen: bool = False
    choices: Sequence[Choice] = ()
    errors: Sequence[str] = ()

    @property
    def id(self) -> str:
        return f"id_{self.name}_{self.option.pk}"


class BallotForm(forms.Form):
    """A ballot as it is filled in. `options` come in the order in which this voter sees them.

    From paper nothing is required: an empty ballot is a blank one.
    """

    def __init__(
        self, *args: Any, poll: "Poll", options: "Sequence[Option]", is_paper: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.poll, self.options, self.is_paper = poll, options, is_paper
        self.numbers = {option.pk: number for number, option in enumerate(sorted(options, key=_in_order), 1)}
        self.set_up()

    def set_up(self) -> None:
        """Add the fields."""

    @property
    def rows(self) -> list[Row]:
        return []

    def marks(self) -> dict[str, Any]:
        """What the ballot says, from a form that is valid."""
        raise NotImplementedError

    def said(self, name: str) -> str:
        """What the field holds: as it was typed, or as it began."""
        value = self[name].value()
        return "" if value is None else str(value)

    def wrong(self, name: str) -> list[str]:
        return [str(one) for one in self.errors.get(name, [])] if self.is_bound else []


def _in_order(option: "Option") -> tuple[int, int]:
    return option.order, option.pk


@dataclass(frozen=True)
class BallotPaper:
    """How one method (`Poll.method`) is asked and counted; `counting` is its name in `methods.ballots`."""

    method: str
    counting: str = ""
    form_class: ClassVar[type[BallotForm]] = BallotForm
    template: ClassVar[str] = ""  # the fields of `form` on a screen
    printed: ClassVar[str] = ""  # the same on paper, of `poll`, `options` and `form`
    results: ClassVar[str] = "deciding/papers/results.html"  # of `poll`, `count` and `result`
    wants_options: ClassVar[bool] = True
    least_options: ClassVar[int] = 2
    how: str | Promise = field(default="", compare=False)

    def form(
        self,
        poll: "Poll",
        options: "Sequence[Option]",
        data: Any = None,
        *,
        marks: Marks | None = None,
        is_paper: bool = False,
    ) -> BallotForm:
        initial = self.initial(marks) if marks else None
        return self.form_class(data, poll=poll, options=options, initial=initial, is_paper=is_paper)

    def initial(self, marks: Marks) -> dict[str, Any]:
        """What the fields begin with, to change a ballot that is in."""
        return {}

    def how_to(self, poll: "Poll") -> str:
        """One sentence for the voter: what to do on this ballot."""
        return ""

    def in_words(self, poll: "Poll", options: "Sequence[Option]", marks: Marks) -> list[Said]:
        """What the ballot says, for the voter to look at once more. Nothing: it is blank."""
        raise NotImplementedError

    def lacking(self, poll: "Poll", options: "Sequence[Option]") -> list[str]:
        """What has to be set up before anybody can vote, in words."""
        if self.wants_options and len(options) < self.least_options:
            return [_("Add at least %(n)s options.") % {"n": self.least_options}]
        return []

    def counted(self, rules: FixedRules, ballots: Sequence[Marks]) -> Outcome:
        """Count the ballots by the rules. The same ballots and rules give the same outcome."""
        raise NotImplementedError

    def result(self, poll: "Poll", options: "Sequence[Option]", outcome: Outcome) -> dict[str, Any]:
        """What the results template shows of an outcome."""
        return {}

    def titles(self, options: "Sequence[Option]", outcome: Outcome) -> dict[str, str]:
        """What the names in an outcome are called in the reader's language."""
        titles = {str(one.pk): str(one) for one in options}
        return {name: titles.get(key, name) for key, name in outcome.get("names", {}).items()}

    def headline(self, options: "Sequence[Option]", outcome: Outcome) -> str:
        """What came out, in one sentence."""
        return Teller(self.titles(options, outcome)).headline(outcome)

    def log(self, options: "Sequence[Option]", outcome: Outcome) -> list[Told]:
        """Every step of the count, so that anybody can follow it by hand."""
        return Teller(self.titles(options, outcome)).log(outcome)

    def header(self, rules: FixedRules) -> list[str]:
        return ["marks"]

    def line(self, rules: FixedRules, marks: Marks) -> list[str]:
        """The ballot as a line of the file; the digest of a count is made of these."""
        return [json.dumps(marks, sort_keys=True, ensure_ascii=False)]

    def lines(self, rules: FixedRules, ballots: Iterable[Marks]) -> list[str]:
        return [_as_csv(self.line(rules, one)) for one in ballots]

    def files(self, rules: FixedRules, ballots: Sequence[Marks], title: str) -> dict[str, str]:
        """The ballots as files, by the ending of their names; from each, the outcome can be counted again."""
        return {"csv": "\n".join([_as_csv(self.header(rules)), *self.lines(rules, ballots)]) + "\n"}


def _as_csv(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


papers: Registry[BallotPaper] = Registry("deciding.papers", key=lambda paper: paper.method)
