"""The way through a questionnaire: what is asked of somebody who has answered so far, and in which words."""

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .checking import Checked, Raw, check
from .columns import OTHER, Row, columns_of_question
from .conditions import holds
from .questionnaire import Choice, Page, Question, Questionnaire, Words, say

_PIPED = re.compile(r"\{([A-Za-z_][\w.]*)\}")


def pages_for(questionnaire: Questionnaire, row: Mapping[str, Any]) -> list[Page]:
    """The pages that somebody with these answers is shown: those with a question for them, or words to read."""
    return [page for page in questionnaire.pages if holds(page.when, row) and questions_for(page, row)]


def questions_for(page: Page, row: Mapping[str, Any]) -> list[Question]:
    return [question for question in page.questions if holds(question.when, row)]


def choices_for(question: Question, row: Mapping[str, Any], seed: str = "") -> list[Choice]:
    """The choices offered; shuffled where asked, the same for the same seed. "Other" and "none" stay at the end."""
    offered = [choice for choice in question.choices if holds(choice.when, row)]
    if not question.is_shuffled:
        return offered
    last = [choice for choice in offered if choice.is_other or choice.is_alone]
    first = [choice for choice in offered if choice not in last]
    random.Random(f"{seed}:{question.key}").shuffle(first)  # noqa: S311 - an order to read in, not a secret
    return first + last


def answered_page(page: Page, raw: Raw, before: Mapping[str, Any]) -> Checked:
    """The answers to one page, question by question: a question may hang on one above it on the same page."""
    checked = Checked()
    row = dict(before)
    for question in page.questions:
        for column in columns_of_question(question):
            row.pop(column.name, None)
        if holds(question.when, row):
            one = check(question, raw, row)
            checked.row |= one.row
            checked.complaints += one.complaints
            row |= one.row
    return checked


def answered(questionnaire: Questionnaire, raw: Raw) -> Checked:
    """All answers at once, from paper or a file; what would not have been asked is left out."""
    checked = Checked()
    for page in questionnaire.pages:
        if holds(page.when, checked.row):
            one = answered_page(page, raw, checked.row)
            checked.row |= one.row
            checked.complaints += one.complaints
    return checked


def answered_anyway(questionnaire: Questionnaire, raw: Raw, row: Mapping[str, Any]) -> dict[str, Checked]:
    """By key: what somebody answered on paper to questions that those with these answers should have skipped."""
    asked = {question.key for page in pages_for(questionnaire, row) for question in questions_for(page, row)}
    skipped = [question for question in questionnaire.questions() if question.asks and question.key not in asked]
    checked = {question.key: check(replace(question, is_required=False), raw, row) for question in skipped}
    return {key: one for key, one in checked.items() if one.row or one.complaints}


def asked_only(questionnaire: Questionnaire, row: Mapping[str, Any]) -> Row:
    """The answers without those to questions that are not asked (any more) after what else was answered."""
    kept: Row = {}
    for page in questionnaire.pages:
        if not holds(page.when, kept):
            continue
        for question in page.questions:
            if holds(question.when, kept):
                kept |= {c.name: row[c.name] for c in columns_of_question(question) if c.name in row}
    return kept


def inserted(text: str) -> set[str]:
    """The columns whose answers a text inserts, if they are asked: the names in its braces."""
    return set(_PIPED.findall(text))


def piped(words: Words, questionnaire: Questionnaire, row: Mapping[str, Any], language: str) -> str:
    """The words in a language, with `{name}` replaced by the answer in words; braces around anything else stay."""
    first = questionnaire.languages[0]

    def answer(found: re.Match[str]) -> str:
        said = answer_in_words(questionnaire, found[1], row, language)
        return said if said is not None else found[0]

    return _PIPED.sub(answer, say(words, language, first))


def answer_in_words(questionnaire: Questionnaire, column: str, row: Mapping[str, Any], language: str) -> str | None:
    """What was answered as people say it; "" where nothing was, None where there is no such question."""
    question = questionnaire.question(column.partition(".")[0])
    if question is None:
        return None
    value = row.get(column)
    if value is None:
        return ""
    codes = value if isinstance(value, list) else [value]
    return ", ".join(_in_words(question, code, row, language, questionnaire.languages[0]) for code in codes)


def _in_words(question: Question, value: Any, row: Mapping[str, Any], language: str, first: str) -> str:
    choice = question.choice(str(value))
    if choice is None:
        return say(question.ends.get(str(value), {}), language, first) or str(value)
    own = row.get(f"{question.key}{OTHER}") if choice.is_other else None
    return str(own) if own else say(choice.words, language, first) or choice.code
