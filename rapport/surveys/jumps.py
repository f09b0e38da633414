"""When a question is asked, in words for somebody with a pen: "Only if you ticked “Never” in 3."."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from rapport.surveys.methods import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Kind,
    Not,
    Question,
    Questionnaire,
    Test,
    key_of,
    say,
)

Numbers = Mapping[str, int]
_OPPOSITE = {
    Comparison.EQUAL: Comparison.UNEQUAL,
    Comparison.INCLUDES: Comparison.LACKS,
    Comparison.ANSWERED: Comparison.UNANSWERED,
    Comparison.MORE: Comparison.AT_MOST,
    Comparison.LESS: Comparison.AT_LEAST,
}
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}


def jump_note(condition: Condition | None, questionnaire: Questionnaire, numbers: Numbers, language: str) -> str:
    """A sentence, or nothing where everybody is asked."""
    if condition is None:
        return ""
    return _("Only if %(this)s.") % {"this": _Teller(questionnaire, numbers, language).tell(condition)}


def numbers_of(questionnaire: Questionnaire) -> dict[str, int]:
    """The number of each question on paper; what is only to be read has none."""
    asked = (question.key for question in questionnaire.questions() if question.asks)
    return {key: number for number, key in enumerate(asked, 1)}


class _Teller:
    def __init__(self, questionnaire: Questionnaire, numbers: Numbers, language: str) -> None:
        self.questionnaire, self.numbers, self.language = questionnaire, numbers, language

    def tell(self, condition: Condition, is_within: bool = False) -> str:
        match condition:
            case All(of) | AnyOf(of):
                return self._joined(condition, [self.tell(part, is_within=True) for part in of], is_within)
            case Not(of):
                return self.tell(_turned(of), is_within)
            case Test():
                return self._test(condition)

    def _joined(self, condition: All | AnyOf, parts: list[str], is_within: bool) -> str:
        words = _("%(one)s and %(other)s") if isinstance(condition, All) else _("%(one)s or %(other)s")
        told = parts[0] if parts else ""
        for part in parts[1:]:
            told = words % {"one": told, "other": part}
        return f"({told})" if is_within and len(parts) > 1 else told

    def _test(self, test: Test) -> str:
        question = self.questionnaire.question(key_of(test.question))
        answer = self._answer(question, test)
        words = {"n": self.numbers.get(key_of(test.question), "?"), "answer": answer}
        if question is not None and question.kind == Kind.CONSENT:
            return (_("you agreed in %(n)s") if _is_yes(test) else _("you did not agree in %(n)s")) % words
        ticked = question is not None and question.choice(test.value) is not None
        return (_ticked(test.comparison) if ticked else _written(test.comparison)) % words

    def _answer(self, question: Question | None, test: Test) -> str:
        if question is None:
            return test.value
        first = self.questionnaire.languages[0]
        choice = question.choice(test.value)
        said = choice.words if choice else question.ends.get(test.value, {})
        line = next((one for one in question.rows if one.key in test.question.split(".")[1:2]), None)
        answer = say(said, self.language, first) or test.value
        return f"{say(line.words, self.language, first)}: {answer}" if line else answer


def _is_yes(test: Test) -> bool:
    says_yes = test.value in {"yes", "true", "1"} or test.comparison == Comparison.ANSWERED
    return says_yes != (test.comparison in {Comparison.UNEQUAL, Comparison.LACKS})


def _ticked(comparison: Comparison) -> str:
    if comparison in {Comparison.UNEQUAL, Comparison.LACKS}:
        return _("you did not tick “%(answer)s” in %(n)s")
    return _("you ticked “%(answer)s” in %(n)s")


def _written(comparison: Comparison) -> str:
    return {
        Comparison.EQUAL: _("your answer to %(n)s is “%(answer)s”"),
        Comparison.INCLUDES: _("your answer to %(n)s is “%(answer)s”"),
        Comparison.UNEQUAL: _("your answer to %(n)s is not “%(answer)s”"),
        Comparison.LACKS: _("your answer to %(n)s is not “%(answer)s”"),
        Comparison.MORE: _("your answer to %(n)s is more than %(answer)s"),
        Comparison.LESS: _("your answer to %(n)s is less than %(answer)s"),
        Comparison.AT_LEAST: _("your answer to %(n)s is %(answer)s or more"),
        Comparison.AT_MOST: _("your answer to %(n)s is %(answer)s or less"),
        Comparison.ANSWERED: _("you answered %(n)s"),
        Comparison.UNANSWERED: _("you left %(n)s empty"),
    }[comparison]


def _turned(condition: Condition) -> Condition:
    """The condition that holds where this one does not."""
    match condition:
        case All(of):
            return AnyOf(tuple(map(_turned, of)))
        case AnyOf(of):
            return All(tuple(map(_turned, of)))
        case Not(of):
            return of
        case Test(question, comparison, value):
            return Test(question, _OPPOSITE[comparison], value)
