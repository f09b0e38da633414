"""Options in the voter's order: instant run-off, Schulze, single transferable vote."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from rapport.deciding.methods.ballot_files import write_blt
from rapport.deciding.methods.ballots import Ranked, count

from .paper import BallotForm, BallotPaper, Choice, Marks, Outcome, Row, Said
from .rules import FixedRules

if TYPE_CHECKING:
    from rapport.deciding.models import Option, Poll


class RankForm(BallotForm):
    """A place for each option, as a number. Gaps do no harm; equal places only where the method can count them."""

    def set_up(self) -> None:
        for option in self.options:
            self.fields[f"rank_{option.pk}"] = forms.IntegerField(
                label=str(option), required=False, min_value=1, max_value=len(self.options)
            )

    @property
    def takes_equals(self) -> bool:
        return self.poll.method == "schulze"

    @property
    def rows(self) -> list[Row]:
        return [self._row(one, f"rank_{one.pk}") for one in self.options]

    def _row(self, option: "Option", name: str) -> Row:
        value = self.said(name)
        places = [Choice(str(n), str(n), str(n) == value) for n in range(1, len(self.options) + 1)]
        return Row(option, self.numbers[option.pk], name, value, choices=places, errors=self.wrong(name))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.takes_equals:
            given = [place for place in said.values() if place]
            for name, place in list(said.items()):
                if place and given.count(place) > 1:
                    words = _("The place %(n)s is given twice. Give each place once.") % {"n": place}
                    self.add_error(name, words)
        return said

    def marks(self) -> dict[str, Any]:
        places: dict[int, list[str]] = {}
        for option in sorted(self.options, key=lambda one: one.pk):
            if place := self.cleaned_data.get(f"rank_{option.pk}"):
                places.setdefault(place, []).append(str(option.pk))
        return {"order": [places[place] for place in sorted(places)]} if places else {}


class RankPaper(BallotPaper):
    form_class: ClassVar[type[BallotForm]] = RankForm
    template: ClassVar[str] = "deciding/papers/ranks.html"
    printed: ClassVar[str] = "deciding/papers/printed/ranks.html"

    def initial(self, marks: Marks) -> dict[str, Any]:
        levels = enumerate(marks.get("order", []), 1)
        return {f"rank_{key}": place for place, level in levels for key in level}

    def how_to(self, poll: "Poll") -> str:
        return _("Give the place 1 to what you like most, then 2, then 3. You need not place all.")

    def in_words(self, poll: "Poll", options: "Sequence[Option]", marks: Marks) -> list[Said]:
        titles = {str(one.pk): str(one) for one in options}
        levels = enumerate(marks.get("order", []), 1)
        return [
            Said(_("Place %(n)s") % {"n": place}, ", ".join(titles.get(key, "?") for key in level))
            for place, level in levels
        ]

    def counted(self, rules: FixedRules, ballots: Sequence[Marks]) -> Outcome:
        result = count(self.counting, self._ranked(rules, ballots), rules.beforehand)
        return {**result.as_json(), "names": rules.names}

    def _ranked(self, rules: FixedRules, ballots: Sequence[Marks]) -> Ranked:
        at = {option.id: place for place, option in enumerate(rules.options)}
        orders = [tuple(tuple(at[key] for key in level) for level in one.get("order", [])) for one in ballots]
        return Ranked.counted(list(rules.names.values()), [(order, 1) for order in orders])

    def result(self, poll: "Poll", options: "Sequence[Option]", outcome: Outcome) -> dict[str, Any]:
        rounds = [step for step in outcome["steps"] if step["what"] in {"first preferences", "round"}]
        votes: dict[str, Any] = rounds[0].get("votes", {}) if rounds else {}
        names = outcome["names"]
        return {"bars": [(str(one), int(votes[names[str(one.pk)]])) for one in options] if votes else []}

    def header(self, rules: FixedRules) -> list[str]:
        return [one.name for one in rules.options]

    def line(self, rules: FixedRules, marks: Marks) -> list[str]:
        places = {key: place for place, level in enumerate(marks.get("order", []), 1) for key in level}
        return [str(places.get(one.id, "")) for one in rules.options]

    def files(self, rules: FixedRules, ballots: Sequence[Marks], title: str) -> dict[str, str]:
        blt = io.StringIO()
        write_blt(blt, self._ranked(rules, ballots), rules.beforehand.seats, title)
        return {**super().files(rules, ballots, title), "blt": blt.getvalue()}
