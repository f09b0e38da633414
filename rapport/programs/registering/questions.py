"""The library's own questions on a form of registration: a few, some of them only after a certain answer.

Kept in `RegistrationRules.questions` as a list of `{"id", "label", "kind", "options", "required", "after", "is"}`;
`label` and the options are words by language, `after` is the id of an earlier question and `is` its answer.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rapport.lib.translated import Words
from rapport.surveys.methods.conditions import Comparison, Test, holds

Question = Mapping[str, Any]
KINDS = ("text", "yes", "choice")


def label_of(question: Question) -> str:
    return str(Words(question.get("label") or {}))


def options_of(question: Question) -> list[tuple[str, str]]:
    return [(str(place), str(Words(option))) for place, option in enumerate(question.get("options") or [])]


def field_of(question: Question, all_of_them: Iterable[Question]) -> forms.Field:
    """Never required by itself: whether it is asked at all depends on what else was answered."""
    told: dict[str, Any] = {
        "label": label_of(question),
        "required": False,
        "help_text": _only_if(question, all_of_them),
    }
    match question.get("kind"):
        case "yes":
            return forms.ChoiceField(choices=[("", "–"), ("yes", _("yes")), ("no", _("no"))], **told)
        case "choice":
            return forms.ChoiceField(choices=[("", "–"), *options_of(question)], **told)
        case _:
            return forms.CharField(max_length=300, **told)


def _only_if(question: Question, all_of_them: Iterable[Question]) -> str:
    above = next((one for one in all_of_them if one["id"] == question.get("after")), None)
    if above is None:
        return ""
    said = {"yes": _("yes"), "no": _("no"), **dict(options_of(above))}.get(question.get("is", ""), "")
    return _("Only if you answered “%(answer)s” to “%(question)s”") % {"answer": said, "question": label_of(above)}


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    after = question.get("after")
    return not after or holds(Test(after, Comparison.EQUAL, question.get("is", "")), answers)


def answers_in_words(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = []
    for question in questions:
        if value := answers.get(question["id"]):
            words = {"yes": _("yes"), "no": _("no")} if question.get("kind") == "yes" else {}
            words |= dict(options_of(question))
            said.append((label_of(question), str(words.get(value, value))))
    return said
