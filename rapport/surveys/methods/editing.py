"""The verbs with which a questionnaire is written. Each gives a new one; what was there stays as it was.

A verb that would leave something hanging (a condition that looks at a question which is gone, comes later or has no
such choice any more; words that insert its answer) is refused, and says what hangs on it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import deepcopy

from .conditions import ITSELF, All, AnyOf, Condition, Not, Test
from .hanging import Hanging, hanging
from .questionnaire import EASY, Line, Page, Question, Questionnaire, Words


class Refused(ValueError):
    """A change that would leave these hanging."""

    def __init__(self, hanging: list[Hanging]) -> None:
        super().__init__(", ".join(f"{one.where} hangs on {one.column}" for one in hanging))
        self.hanging = hanging


class NotThere(LookupError):
    """There is no such page or question (any more)."""


# ── questions ──


def add(
    questionnaire: Questionnaire, question: Question, *, page: str, before: str = "", taken: Iterable[str] = ()
) -> tuple[Questionnaire, str]:
    """Put a question at the end of a page, or before another one; also the key that it has now.

    A key that is taken (also one of `taken`: of an earlier edition) gets a number, for its answers are another's.
    """
    changed = deepcopy(questionnaire)
    question = deepcopy(question)
    question.key = free_code({*taken, *(one.key for one in changed.questions())}, question.key)
    _insert(_page(changed, page), question, before)
    return changed, question.key


def add_all(
    questionnaire: Questionnaire, questions: Iterable[Question], *, page: str, taken: Collection[str] = ()
) -> Questionnaire:
    """Put a set at the end of a page. Conditions within the set go along with keys that had to change."""
    names: dict[str, str] = {}
    for question in questions:
        own = deepcopy(question)
        own.when, own.must = _renamed(own.when, names), _renamed(own.must, names)
        questionnaire, names[question.key] = add(questionnaire, own, page=page, taken=taken)
    return questionnaire


def _renamed(condition: Condition | None, names: Mapping[str, str]) -> Condition | None:
    """The condition over the new names; what looks outside of the set falls away."""
    match condition:
        case All(of) | AnyOf(of):
            parts = tuple(part for one in of if (part := _renamed(one, names)))
            return type(condition)(parts) if parts else None
        case Not(of):
            inner = _renamed(of, names)
            return Not(inner) if inner else None
        case Test(question, comparison, value) if question != ITSELF:
            key, dot, rest = question.partition(".")
            return Test(f"{names[key]}{dot}{rest}", comparison, value) if key in names else None
    return condition


def replace(questionnaire: Questionnaire, question: Question) -> Questionnaire:
    """Let a question be asked in another way, at its place and under its key."""

    def swap(changed: Questionnaire) -> None:
        page = _home(changed, question.key)
        page.questions = [deepcopy(question) if one.key == question.key else one for one in page.questions]

    return _soundly(questionnaire, swap)


def remove(questionnaire: Questionnaire, key: str) -> Questionnaire:
    def leave_out(changed: Questionnaire) -> None:
        _take(changed, key)

    return _soundly(questionnaire, leave_out)


def move(questionnaire: Questionnaire, key: str, *, page: str, before: str = "") -> Questionnaire:
    """To another place: at the end of a page, or before another question of it."""
    if key == before:
        return deepcopy(questionnaire)

    def put(changed: Questionnaire) -> None:
        target = _page(changed, page)
        _insert(target, _take(changed, key), before)

    return _soundly(questionnaire, put)


def step(questionnaire: Questionnaire, key: str, by: int) -> Questionnaire:
    """One place up (-1) or down (1); beyond the edge of a page it goes over to the next page."""
    home = _home(questionnaire, key)
    at = [one.key for one in home.questions].index(key)
    if 0 <= at + by < len(home.questions):
        after = at + by + (by > 0)
        return move(questionnaire, key, page=home.key, before=_key_at(home, after))
    beside = questionnaire.pages.index(home) + by
    if not 0 <= beside < len(questionnaire.pages):
        return deepcopy(questionnaire)
    target = questionnaire.pages[beside]
    return move(questionnaire, key, page=target.key, before=_key_at(target, 0) if by > 0 else "")


def copy(questionnaire: Questionnaire, key: str, *, taken: Iterable[str] = ()) -> tuple[Questionnaire, str]:
    """The same question once more, below it; and the key of the new one."""
    twin = deepcopy(_question(questionnaire, key))
    twin.meaning = 1
    home = _home(questionnaire, key)
    after = [one.key for one in home.questions].index(key) + 1
    return add(questionnaire, twin, page=home.key, before=_key_at(home, after), taken=taken)


def settle(questionnaire: Questionnaire, meanings: Mapping[str, int]) -> Questionnaire:
    """Say what each question means now: the number that it had (its answers are joined), or a higher one (apart)."""
    changed = deepcopy(questionnaire)
    for key, meaning in meanings.items():
        _question(changed, key).meaning = meaning
    return changed


_ASPECTS = {
    "importance": {
        "en": "How much it matters to you",
        "es": "Cuánto le importa",
        "ar": "مدى أهميته لك",
    },
    "performance": {
        "en": "How good it is here",
        "es": "Qué tal está aquí",
        "ar": "مدى جودته هنا",
    },
}


def importance_and_performance(languages: Iterable[str]) -> list[Line]:
    """What each thing is rated for, so that the gap between the two can be seen."""
    wanted = {code.removesuffix(EASY) for code in languages}
    said = {key: {code: text for code, text in words.items() if code in wanted} for key, words in _ASPECTS.items()}
    return [Line(key=key, words=words or {"en": _ASPECTS[key]["en"]}) for key, words in said.items()]


# ── pages ──


def add_page(questionnaire: Questionnaire, title: Words | None = None) -> tuple[Questionnaire, str]:
    changed = deepcopy(questionnaire)
    taken = {page.key for page in changed.pages}
    key = next(name for n in range(1, len(taken) + 2) if (name := f"page{n}") not in taken)
    changed.pages.append(Page(key=key, title=dict(title or {})))
    return changed, key


def retitle_page(
    questionnaire: Questionnaire, key: str, *, title: Words, when: Condition | None = None
) -> Questionnaire:
    def name(changed: Questionnaire) -> None:
        page = _page(changed, key)
        page.title, page.when = dict(title), when

    return _soundly(questionnaire, name)


def remove_page(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """With all its questions."""
    return _soundly(questionnaire, lambda changed: changed.pages.remove(_page(changed, key)))


def step_page(questionnaire: Questionnaire, key: str, by: int) -> Questionnaire:
    def shift(changed: Questionnaire) -> None:
        page = _page(changed, key)
        at = max(0, changed.pages.index(page) + by)
        changed.pages.remove(page)
        changed.pages.insert(at, page)

    return _soundly(questionnaire, shift)


# ── words ──


def retitle(questionnaire: Questionnaire, *, language: str, title: str, welcome: str, thanks: str) -> Questionnaire:
    """What stands before and after the questions, in one language."""
    changed = deepcopy(questionnaire)
    for words, said in ((changed.title, title), (changed.welcome, welcome), (changed.thanks, thanks)):
        set_words(words, language, said)
    return changed


def translate(questionnaire: Questionnaire, language: str, said: dict[str, str]) -> Questionnaire:
    """Put these words (by the names that `all_words` gives them) into a language; what is not named stays."""
    changed = deepcopy(questionnaire)
    for name, words in changed.all_words():
        if name in said:
            set_words(words, language, said[name])
    return changed


def add_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    changed = deepcopy(questionnaire)
    if language not in changed.languages:
        changed.languages.append(language)
    return changed


def leave_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Offer it no more; its words stay, in case it comes back. The first language stays."""
    changed = deepcopy(questionnaire)
    changed.languages = [code for code in changed.languages if code != language or code == changed.languages[0]]
    return changed


def set_words(words: Words, language: str, said: str) -> None:
    if said.strip():
        words[language] = said.strip()
    else:
        words.pop(language, None)


def _soundly(questionnaire: Questionnaire, change: Callable[[Questionnaire], None]) -> Questionnaire:
    """The changed questionnaire. Raises Refused where something hangs that did not hang before."""
    changed = deepcopy(questionnaire)
    change(changed)
    before = set(hanging(questionnaire))
    if left := [one for one in hanging(changed) if one not in before]:
        raise Refused(left)
    return changed


# ── places and keys ──


def free_code(taken: Collection[str], wanted: str) -> str:
    """A name for a question, a choice or a row, made from its words; with a number where it is taken."""
    stem = re.sub(r"[^a-zA-Z0-9]+", "_", wanted).strip("_")[:40] or "c"
    stem = stem if stem[0].isalpha() else f"c{stem}"
    if stem not in taken:
        return stem
    bare = stem.rstrip("0123456789") or stem
    return next(name for n in range(2, len(taken) + 3) if (name := f"{bare}{n}") not in taken)


def lines(words: str, language: str, taken: Collection[str]) -> list[Line]:
    """One line of text, one line of a grid."""
    found: list[Line] = []
    for said in filter(None, map(str.strip, words.splitlines())):
        found.append(Line(key=free_code({*taken, *(line.key for line in found)}, said.lower()), words={language: said}))
    return found


def _page(questionnaire: Questionnaire, key: str) -> Page:
    for page in questionnaire.pages:
        if page.key == key:
            return page
    raise NotThere(key)


def _home(questionnaire: Questionnaire, key: str) -> Page:
    page = questionnaire.page_of(key)
    if page is None:
        raise NotThere(key)
    return page


def _question(questionnaire: Questionnaire, key: str) -> Question:
    question = questionnaire.question(key)
    if question is None:
        raise NotThere(key)
    return question


def _take(questionnaire: Questionnaire, key: str) -> Question:
    question, home = _question(questionnaire, key), _home(questionnaire, key)
    home.questions = [one for one in home.questions if one.key != key]
    return question


def _insert(page: Page, question: Question, before: str) -> None:
    keys = [one.key for one in page.questions]
    page.questions.insert(keys.index(before) if before in keys else len(keys), question)


def _key_at(page: Page, at: int) -> str:
    return page.questions[at].key if at < len(page.questions) else ""
