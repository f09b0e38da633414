"""A condition as people write it: "ask this only if [question: answer] [was chosen]", several with all or any."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.surveys.methods import (
    ITSELF,
    All,
    AnyOf,
    Column,
    Comparison,
    Condition,
    Not,
    Questionnaire,
    Test,
    columns_of_question,
    say,
)

_SPARE = 2
IS = [
    ("is", gettext_lazy("was the answer")),
    ("is_not", gettext_lazy("was not the answer")),
    ("at_least", gettext_lazy("or more")),
    ("at_most", gettext_lazy("or less")),
    ("more", gettext_lazy("or more, not the same")),
    ("less", gettext_lazy("or less, not the same")),
    ("answered", gettext_lazy("anything was answered")),
    ("unanswered", gettext_lazy("nothing was answered")),
]
_WITHOUT_VALUE = {"answered", "unanswered"}
Group = tuple[str, list[tuple[str, str]]]


def columns_before(questionnaire: Questionnaire, key: str, *, itself: bool = False) -> list[Column]:
    """What has been answered before a question or a page (all of it where there is none)."""
    found: list[Column] = []
    for page in questionnaire.pages:
        if page.key == key:
            break
        for question in page.questions:
            if question.key == key:
                return found + (list(columns_of_question(question)) if itself else [])
            found += columns_of_question(question)
    return found


def column_in_words(column: Column, language: str) -> str:
    return " · ".join(filter(None, (say(part, language, language) for part in column.parts))) or column.name


def _groups(columns: Sequence[Column], language: str) -> list[Group]:
    """Every answer that somebody may have given, under its question."""
    return [(column_in_words(column, language), list(_answers(column, language))) for column in columns]


def _answers(column: Column, language: str) -> Iterator[tuple[str, str]]:
    if not column.is_coded:
        yield f"{column.name}=", _("what is written beside")
    for level in column.levels() if column.is_coded else ():
        yield f"{column.name}={level}", level_in_words(column, level, language)


def level_in_words(column: Column, level: str, language: str) -> str:
    plain = {"yes": _("yes"), "no": _("no"), "na": _("does not apply")}
    said = say(column.level_words(level), language, language)
    return f"{level} ({said})" if said and level.isdecimal() else said or str(plain.get(level, level))


class ConditionForm(forms.Form):
    """All or any of a few tests. A deeper condition (from a file) is kept or taken away."""

    mode = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[("all", gettext_lazy("all of this holds")), ("any", gettext_lazy("any of this holds"))],
        required=False,
    )
    take_away = forms.BooleanField(label=gettext_lazy("Take this condition away"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        condition: Condition | None,
        columns: Sequence[Column],
        language: str,
        prefix: str,
        own: str = "",
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.condition, self.own, self.columns = condition, own, {column.name: column for column in columns}
        flat = _flat(condition)
        self.is_deep = flat is None
        mode, tests = flat or ("all", [])
        self.fields["mode"].initial = mode
        groups = _groups(columns, language)
        sent = [name for name in data or () if name.startswith(f"{prefix}-t") and name.endswith("_answer")]
        self.count = max(len(tests) + _SPARE, min(len(sent), 40)) if columns and not self.is_deep else 0
        for n in range(self.count):
            self._add_row(n, tests[n] if n < len(tests) else None, groups)

    def _add_row(self, n: int, test: Test | None, groups: list[Group]) -> None:
        answer, comparison, value = self._shown(test)
        known = {key for _label, answers in groups for key, _said in answers}
        gone: list[Any] = [(answer, _("%(answer)s (not there any more)") % {"answer": answer})]
        choices = [("", _("choose an answer")), *groups, *(gone if answer and answer not in known else [])]
        self.fields[f"t{n}_answer"] = forms.ChoiceField(
            label=_("Answer"), choices=choices, required=False, initial=answer
        )
        self.fields[f"t{n}_is"] = forms.ChoiceField(label=_("how"), choices=IS, required=False, initial=comparison)
        self.fields[f"t{n}_value"] = forms.CharField(
            label=_("a number, a day or words"), required=False, max_length=200, initial=value
        )

    def _shown(self, test: Test | None) -> tuple[str, str, str]:
        if test is None:
            return "", "is", ""
        column = self.columns.get(self.own if test.question == ITSELF else test.question)
        name = column.name if column else test.question
        comparison = {"equal": "is", "includes": "is", "unequal": "is_not", "lacks": "is_not"}.get(
            test.comparison, str(test.comparison)
        )
        if column is None or column.is_coded:
            level = test.value or (column.levels()[0] if column and column.levels() else "")
            return f"{name}={level}", comparison, ""
        return f"{name}=", comparison, test.value

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        for n in range(self.count):
            yield self[f"t{n}_answer"], self[f"t{n}_is"], self[f"t{n}_value"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for n in range(self.count):
            answer, value = given.get(f"t{n}_answer", ""), given.get(f"t{n}_value", "").strip()
            if answer.endswith("=") and not value and given.get(f"t{n}_is") not in _WITHOUT_VALUE:
                self.add_error(f"t{n}_value", _("Write here what the answer is compared with."))
        return given

    def read(self) -> Condition | None:
        """The condition as it was written; None where it is asked of everyone."""
        if self.is_deep:
            return None if self.cleaned_data["take_away"] else self.condition
        tests = [test for n in range(self.count) if (test := self._test(n))]
        if len(tests) < 2:
            return tests[0] if tests else None
        return AnyOf(tuple(tests)) if self.cleaned_data["mode"] == "any" else All(tuple(tests))

    def _test(self, n: int) -> Test | None:
        name, _equals, level = self.cleaned_data[f"t{n}_answer"].partition("=")
        if not name:
            return None
        how = self.cleaned_data[f"t{n}_is"] or "is"
        column = self.columns.get(name)
        is_many = bool(column and column.is_many)
        comparison = {
            "is": Comparison.INCLUDES if is_many else Comparison.EQUAL,
            "is_not": Comparison.LACKS if is_many else Comparison.UNEQUAL,
        }.get(how) or Comparison(how)
        value = "" if how in _WITHOUT_VALUE else level or self.cleaned_data[f"t{n}_value"].strip()
        return Test(name, comparison, value)


def _flat(condition: Condition | None) -> tuple[str, list[Test]] | None:
    """Its mode and tests; None where it is deeper than one level."""
    match condition:
        case None:
            return "all", []
        case Test():
            return "all", [condition]
        case All(of) | AnyOf(of):
            tests = [part for part in of if isinstance(part, Test)]
            return ("all" if isinstance(condition, All) else "any", tests) if len(tests) == len(of) else None
    return None


def condition_in_words(condition: Condition | None, questionnaire: Questionnaire, language: str) -> str:
    """How the desk reads a condition: “How often do you come?” was “Never”."""
    columns = {c.name: c for question in questionnaire.questions() for c in columns_of_question(question)}

    def told(part: Condition) -> str:
        match part:
            case All(of):
                return _(" and ").join(map(told, of))
            case AnyOf(of):
                return _(" or ").join(map(told, of))
            case Not(of):
                return _("not (%(condition)s)") % {"condition": told(of)}
            case Test(question, comparison, value):
                column = columns.get(question)
                name = column_in_words(column, language) if column else question
                said = level_in_words(column, value, language) if column and column.is_coded else value
                name = _("this answer") if question == ITSELF else name
                return _HOW[comparison] % {"question": name, "answer": said}

    return told(condition) if condition else ""


_HOW = {
    Comparison.EQUAL: gettext_lazy("“%(question)s” is “%(answer)s”"),
    Comparison.UNEQUAL: gettext_lazy("“%(question)s” is not “%(answer)s”"),
    Comparison.MORE: gettext_lazy("“%(question)s” is more than %(answer)s"),
    Comparison.LESS: gettext_lazy("“%(question)s” is less than %(answer)s"),
    Comparison.AT_LEAST: gettext_lazy("“%(question)s” is %(answer)s or more"),
    Comparison.AT_MOST: gettext_lazy("“%(question)s” is %(answer)s or less"),
    Comparison.INCLUDES: gettext_lazy("“%(answer)s” was chosen in “%(question)s”"),
    Comparison.LACKS: gettext_lazy("“%(answer)s” was not chosen in “%(question)s”"),
    Comparison.ANSWERED: gettext_lazy("“%(question)s” was answered"),
    Comparison.UNANSWERED: gettext_lazy("“%(question)s” was not answered"),
}
