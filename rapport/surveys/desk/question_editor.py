"""All forms of one question together, and the question that they say."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rapport.surveys.desk.condition_form import ConditionForm, columns_before
from rapport.surveys.desk.line_forms import ChoiceForm, LineForm, LinesForm, bands_of, in_place
from rapport.surveys.desk.question_form import MustForm, QuestionForm
from rapport.surveys.methods import CHOOSING, Choice, Kind, Line, Question, Questionnaire, editing


class QuestionEditor:
    """All forms of one question together. `question()` is what they say, once they are valid."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        question: Question,
        data: Any = None,
        files: Any = None,
        *,
        taken: Iterable[str] = (),
    ) -> None:
        self.before, self.questionnaire = question, questionnaire
        self.language = questionnaire.languages[0]
        self.taken = set(taken)  # codes of earlier editions, which would bring their answers along
        self.form = QuestionForm(data, question=question, language=self.language)
        self.choices = self._choice_forms(data, files) if question.kind in CHOOSING else []
        is_grid = question.kind == Kind.GRID
        self.rows = self._line_forms("row", question.rows, data) if is_grid else []
        self.aspects = self._line_forms("aspect", question.aspects, data) if is_grid else []
        self.more = self._more_forms(data)
        self.when = self._condition("when", data, itself=False)
        self.must = self._condition("must", data, itself=True)
        self.must_words = MustForm(data, initial={"must_words": question.must_words.get(self.language, "")})

    def _choice_forms(self, data: Any, files: Any) -> list[ChoiceForm]:
        bands = bands_of(self.before.dimension) if self.before.dimension else []
        return [
            ChoiceForm(
                data,
                files,
                prefix=f"choice{n}",
                question=self.before,
                bands=bands,
                initial={
                    "key": choice.code,
                    "place": n,
                    "words": choice.words.get(self.language, ""),
                    "is_other": choice.is_other,
                    "is_alone": choice.is_alone,
                    "band": choice.band,
                    "picture_words": choice.picture_words.get(self.language, ""),
                },
            )
            for n, choice in enumerate(self.before.choices, 1)
        ]

    def _line_forms(self, name: str, lines: list[Line], data: Any) -> list[LineForm]:
        return [
            LineForm(
                data,
                prefix=f"{name}{n}",
                initial={"key": line.key, "place": n, "words": line.words.get(self.language, "")},
            )
            for n, line in enumerate(lines, 1)
        ]

    def _more_forms(self, data: Any) -> dict[str, LinesForm]:
        kind = self.before.kind
        if kind in CHOOSING:
            label = _("Add answers") if self.before.choices else _("Answers")
            return {"choices": LinesForm(data, prefix="choices", label=label, help_text=_("One line each"))}
        if kind == Kind.GRID:
            return {
                "rows": LinesForm(data, prefix="rows", label=_("Add things to rate"), help_text=_("One line each")),
                "aspects": LinesForm(
                    data,
                    prefix="aspects",
                    label=_("Add what each is rated for"),
                    help_text=_("One line each. Leave it empty to rate each thing once"),
                ),
            }
        return {}

    def _condition(self, name: str, data: Any, *, itself: bool) -> ConditionForm:
        columns = columns_before(self.questionnaire, self.before.key, itself=itself)
        condition = self.before.must if itself else self.before.when
        own = self.before.key if itself else ""
        return ConditionForm(data, condition=condition, columns=columns, language=self.language, prefix=name, own=own)

    @property
    def parts(self) -> list[forms.Form]:
        lines: list[forms.Form] = [*self.choices, *self.rows, *self.aspects, *self.more.values()]
        return [self.form, *lines, self.when, self.must, self.must_words]

    def is_valid(self) -> bool:
        wrong = [part for part in self.parts if not part.is_valid()]  # each is asked, so that each says what is wrong
        return not wrong

    def question(self) -> Question:
        question = deepcopy(self.before)
        self.form.put_into(question)
        question.choices = self._choices()
        question.rows = self._lines(self.rows, self.before.rows, "rows")
        question.aspects = self._lines(self.aspects, self.before.aspects, "aspects")
        question.when, question.must = self.when.read(), self.must.read()
        editing.set_words(question.must_words, self.language, self.must_words.cleaned_data["must_words"])
        return question

    def uploads(self) -> dict[str, Any]:
        """New pictures by the code of the choice that they belong to."""
        return {
            form.initial["key"]: form.cleaned_data["picture"]
            for form in self.choices
            if form.cleaned_data.get("picture")
        }

    def _choices(self) -> list[Choice]:
        kept = []
        for form in in_place(self.choices):
            given = form.cleaned_data
            choice = deepcopy(form.choice)
            if choice is None:
                continue
            editing.set_words(choice.words, self.language, given["words"])
            for name in ("is_other", "is_alone", "band"):
                if name in given:
                    setattr(choice, name, given[name])
            editing.set_words(choice.picture_words, self.language, given.get("picture_words", ""))
            kept.append(choice)
        return kept + [Choice(code=line.key, words=line.words) for line in self._added("choices", self.before.choices)]

    def _lines(self, line_forms: list[LineForm], before: list[Line], name: str) -> list[Line]:
        known = {line.key: line for line in before}
        kept = []
        for form in in_place(line_forms):
            line = deepcopy(known[form.initial["key"]])
            editing.set_words(line.words, self.language, form.cleaned_data["words"])
            kept.append(line)
        return kept + self._added(name, before)

    def _added(self, name: str, before: Iterable[Choice | Line]) -> list[Line]:
        if name not in self.more:
            return []
        taken = self.taken | {one.code if isinstance(one, Choice) else one.key for one in before}
        return editing.lines(self.more[name].cleaned_data["more"], self.language, taken)
