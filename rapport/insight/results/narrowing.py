"""Which answers are looked at: a sentence of filters that stands in the address."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.insight.results.ground import Ground, Truths
from rapport.insight.results.variables import FACETS, Variable, facet_label, variable
from rapport.surveys.methods import CHOOSING, Kind
from rapport.ui.forms import Sentence

_ABOUT = "about_"


class Narrowing(Sentence):
    """The filters for one survey: its branches, languages, channels, editions, days, and whom the answers are from."""

    def __init__(self, data: QueryDict, ground: Ground) -> None:
        super().__init__(data)
        self.query_dict, self.ground = data, ground
        self._variables: dict[str, Variable] = {}
        for name, found in _offered(ground):
            if len(found.levels) > 1:
                self._variables[name] = found
                choices = [("", _("any")), *zip(found.levels, found.words, strict=True)]
                self.fields[name] = forms.ChoiceField(label=found.label, choices=choices, required=False)
        for name, label in (("since", _("since")), ("until", _("until"))):
            day = forms.DateInput(attrs={"type": "date"})
            self.fields[name] = forms.DateField(label=label, required=False, widget=day)

    def chosen(self) -> Iterator[tuple[str, Any]]:
        """What makes no sense (an old link) is left out."""
        self.is_valid()
        yield from ((name, value) for name, value in self.cleaned_data.items() if value not in ("", None))

    def parts(self) -> list[Truths]:
        """Each filter for itself, as who is meant."""
        found = []
        for name, value in self.chosen():
            if isinstance(value, date):
                on = self.ground.columns.on
                found.append(on >= value.toordinal() if name == "since" else on <= value.toordinal())
            else:
                found.append(self._variables[name].has(value))
        return found

    def where(self) -> Truths | None:
        parts = self.parts()
        return np.logical_and.reduce(parts) if parts else None

    def chips(self) -> list[dict[str, str]]:
        """Each filter in words, with the address without it."""
        return [{"words": self._said(name, value), "url": self.address(**{name: ""})} for name, value in self.chosen()]

    def _said(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return f"{self.fields[name].label} {date_format(value, 'DATE_FORMAT')}"
        found = self._variables[name]
        return f"{found.label}: {found.words[list(found.levels).index(value)]}"

    def sentence(self) -> str:
        return " · ".join(self._said(name, value) for name, value in self.chosen())

    @property
    def query(self) -> str:
        """The filters (and whether it is weighed) as they go from page to page."""
        chosen = {name: str(value) for name, value in self.chosen()}
        return urlencode(chosen | ({"weighed": "1"} if self.data.get("weighed") else {}))

    def address(self, **changes: str) -> str:
        query = self.query_dict.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"


def _offered(ground: Ground) -> Iterator[tuple[str, Variable]]:
    for name in FACETS:
        found = variable(ground, f":{name}")
        if found is not None:
            yield name, Variable(found.name, facet_label(name), found.levels, found.words, found.codes)
    for question in ground.columns.questionnaire.questions():
        if question.dimension and question.kind in CHOOSING - {Kind.RANKING}:
            found = variable(ground, question.key)
            if found is not None:
                yield f"{_ABOUT}{question.key}", found
