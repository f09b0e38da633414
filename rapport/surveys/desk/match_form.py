"""Which column of a file is what, asked so that a file of five hundred columns stays usable."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.listening.models import Channel
from rapport.places.models import Branch
from rapport.surveys.methods import Questionnaire, columns_of, say
from rapport.surveys.methods.answers import DATE, KEY, LANGUAGE, PLACE, SKIP, Target, targets_of
from rapport.surveys.models import AnswerFile
from rapport.ui.parts import Tab

_ON_A_PAGE = 30
_APART, _END = "\u2068", "\u2069"  # in its own direction, whatever stands around it
KNOWN, UNKNOWN = "known", "unknown"


class Columns:
    """The columns of a file a page at a time, the unmatched first; all on one page where they are few."""

    def __init__(self, match: dict[str, str], asked: QueryDict) -> None:
        numbers: dict[str, list[int]] = {UNKNOWN: [], KNOWN: []}
        for n, target in enumerate(match.values()):
            numbers[KNOWN if target else UNKNOWN].append(n)
        self._numbers = numbers
        self.are_few = len(match) <= _ON_A_PAGE
        kind = asked.get("columns", "")
        self.kind = kind if kind in numbers else UNKNOWN if numbers[UNKNOWN] else KNOWN
        shown = numbers[UNKNOWN] + numbers[KNOWN] if self.are_few else numbers[self.kind]
        self.page: Page[int] = Paginator(shown, _ON_A_PAGE).get_page(asked.get("page"))

    @property
    def tabs(self) -> list[Tab]:
        words = {UNKNOWN: _("Left out so far"), KNOWN: _("Known")}
        return [
            Tab(words[kind], f"?columns={kind}", kind == self.kind, len(numbers))
            for kind, numbers in self._numbers.items()
        ]


class _Column(forms.ChoiceField):
    """Always answered: to leave the column out is an answer too."""

    empty_values = ()


class MatchForm(forms.Form):
    use_required_attribute = False
    channel = forms.ChoiceField(label=gettext_lazy("How they were gathered"), choices=Channel.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language of the answers, where no column says it"))
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Branch, where no column says it"), required=False
    )
    day_first = forms.BooleanField(label=gettext_lazy("3/4/2026 is the third of April"), required=False)
    whole_or_nothing = forms.BooleanField(label=gettext_lazy("Take all rows or none"), required=False)

    def __init__(
        self, data: QueryDict | None, *, brought: AnswerFile, questionnaire: Questionnaire, shown: Sequence[int]
    ) -> None:
        self.brought = brought
        super().__init__(data, initial={name: getattr(brought, name) for name in MatchForm.base_fields})
        self.fields["language"].choices = [(code, code) for code in questionnaire.languages]  # type: ignore[attr-defined]
        self.numbers = [n for n in range(len(brought.match)) if f"column{n}" in data] if data else list(shown)
        headings, choices = list(brought.match), _choices(questionnaire)
        samples = brought.samples()
        for n in self.numbers:
            self.fields[f"column{n}"] = _Column(
                label=headings[n], choices=choices, initial=brought.match[headings[n]],
                help_text=format_html_join(" · ", "<bdi>{}</bdi>", [(one,) for one in samples.get(headings[n], [])]),
            )  # fmt: skip

    def columns(self) -> list[forms.BoundField]:
        return [self[f"column{n}"] for n in self.numbers]

    def clean(self) -> None:
        headings = list(self.brought.match)
        taken = {to: heading for n, (heading, to) in enumerate(self.brought.match.items()) if n not in self.numbers}
        for n in self.numbers:
            target = self.cleaned_data.get(f"column{n}", SKIP)
            if target and target in taken:
                self.add_error(f"column{n}", _("The column “%(name)s” is this already.") % {"name": taken[target]})
            taken.setdefault(target, headings[n])

    def match(self) -> dict[str, str]:
        """Of every column, also of those that are not on this page."""
        match: dict[str, str] = dict(self.brought.match)
        headings = list(match)
        return match | {headings[n]: self.cleaned_data.get(f"column{n}", SKIP) for n in self.numbers}


def _choices(questionnaire: Questionnaire) -> list[tuple[str, Any]]:
    """What a column may be, in the words of the questionnaire."""
    first = questionnaire.languages[0]
    words = {
        one.name: " · ".join(say(part, first, first) for part in one.parts if part) for one in columns_of(questionnaire)
    }
    found = [(str(target), _label(target, words)) for target in targets_of(questionnaire)]
    about = [
        (DATE, _("the day")),
        (PLACE, _("the branch")),
        (LANGUAGE, _("the language")),
        (KEY, _("the answer's own id")),
    ]
    return [(SKIP, _("leave it out")), (_("About the answer"), about), (_("Answers"), found)]


def _label(target: Target, words: dict[str, str]) -> str:
    said = f"{target.name}: {words.get(target.name, '')}"[:90]
    return f"{_APART}{said} = {target.code}{_END}" if target.code else f"{_APART}{said}{_END}"
