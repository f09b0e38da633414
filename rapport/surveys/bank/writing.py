"""How the sets are written down: English | Spanish | Arabic on one line."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from rapport.surveys.methods import Choice, Kind, Line, Question, Words

LANGUAGES = ("en", "es", "ar")
OTHER = "other | Something else | Otra cosa | شيء آخر"
NONE = "none | None of these | Nada de esto | لا شيء من هذا"
RATHER_NOT = "rather_not | I prefer not to say | Prefiero no decirlo | أفضّل عدم الإجابة"


@dataclass(frozen=True)
class QuestionSet:
    """Questions that belong together, and what they are good for."""

    slug: str
    name: str | Promise
    note: str | Promise
    questions: tuple[Question, ...]


def said(line: str) -> Words:
    """ "Books | Libros | كتب" in its three languages."""
    return dict(zip(LANGUAGES, map(str.strip, line.split("|")), strict=True))


def _coded(block: str) -> list[tuple[str, Words]]:
    found = []
    for line in filter(None, map(str.strip, block.splitlines())):
        code, _bar, words = line.partition("|")
        found.append((code.strip(), said(words)))
    return found


def choices(block: str, *more: str) -> list[Choice]:
    """One line each: code | English | Spanish | Arabic."""
    return [
        Choice(code=code, words=words, is_other=code == "other", is_alone=code in {"none", "rather_not"})
        for line in (block, *more)
        for code, words in _coded(line)
    ]


def lines(block: str) -> list[Line]:
    return [Line(key=code, words=words) for code, words in _coded(block)]


def ends(low: str, high: str, middle: str = "", top: int = 5) -> dict[str, Words]:
    found = {"1": said(low), str(top): said(high)}
    return found | ({str((top + 1) // 2): said(middle)} if middle else {})


def ask(key: str, kind: Kind, words: str, **fields: Any) -> Question:
    if help_line := fields.pop("help", ""):
        fields["help"] = said(help_line)
    return Question(key=key, kind=kind, words=said(words), **fields)
