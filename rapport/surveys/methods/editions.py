"""What changed from one edition of a questionnaire to the next, and which answers may be joined."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from .questionnaire import Question, Questionnaire


@dataclass(frozen=True)
class Change:
    """How a question differs between two editions: "added", "removed", "reworded" (its meaning stayed), "changed"."""

    key: str
    what: str


def changes(before: Questionnaire, after: Questionnaire) -> list[Change]:
    old = {question.key: question for question in before.questions()}
    new = {question.key: question for question in after.questions()}
    found = [Change(key, _difference(old[key], new[key])) for key in new if key in old and old[key] != new[key]]
    found += [Change(key, "added") for key in new if key not in old]
    return found + [Change(key, "removed") for key in old if key not in new]


def _difference(old: Question, new: Question) -> str:
    return "reworded" if may_be_joined(old, new) else "changed"


def may_be_joined(old: Question, new: Question) -> bool:
    """Whether answers to both may be counted together: the same kind and scale, and nobody said that it means another
    thing now. Choices may have been added; a choice that is gone keeps its answers."""
    same_scale = (old.low, old.high) == (new.low, new.high)
    return old.key == new.key and old.kind == new.kind and old.meaning == new.meaning and same_scale


def joined(editions: Sequence[Questionnaire]) -> Questionnaire:
    """One questionnaire for the answers to all these editions (oldest first), in the newest one's order and words.

    A question whose meaning changed stands once for each meaning: the earlier under `key@1`; `names_in` says under
    which key the answers to an edition stand.
    """
    whole = deepcopy(editions[-1])
    for older in reversed(editions[:-1]):
        for question in older.questions():
            _join(whole, deepcopy(question), older)
    return whole


def _join(whole: Questionnaire, question: Question, older: Questionnaire) -> None:
    current = whole.question(question.key)
    if current is not None and may_be_joined(question, current):
        known = {choice.code for choice in current.choices}
        current.choices += [choice for choice in question.choices if choice.code not in known]
        rows = {line.key for line in current.rows}
        current.rows += [line for line in question.rows if line.key not in rows]
        return
    if current is not None:
        question.key = apart(question)
        if whole.question(question.key) is not None:
            return
    page = older.page_of(question.key.split("@")[0])
    home = next((one for one in whole.pages if page and one.key == page.key), whole.pages[-1])
    home.questions.append(question)


def apart(question: Question) -> str:
    """The key of an earlier meaning of a question."""
    return f"{question.key}@{question.meaning}"


def names_in(whole: Questionnaire, edition: Questionnaire) -> dict[str, str]:
    """For each question of an edition, the key under which `joined` has it."""
    names = {}
    for question in edition.questions():
        current = whole.question(question.key)
        joins = current is not None and may_be_joined(question, current)
        stays = joins or (current is None and whole.question(apart(question)) is None)
        names[question.key] = question.key if stays else apart(question)
    return names
