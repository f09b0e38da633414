"""A questionnaire as plain values: pages of questions, their words in any number of languages.

Nothing here knows Django or a database. An edition keeps one as JSON (`as_json`, `from_json`); importers make one,
exporters and pages read one. Words are `{"en": "How often do you come?", "so": "..."}`; an easy-to-read variant of a
language is a language of its own, written `en-x-easy` (BCP 47, private use).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from .conditions import Condition

Words = dict[str, str]
EASY = "-x-easy"
NOT_APPLICABLE = "na"  # an answer of its own: "does not apply to me"


class Kind(StrEnum):
    """What is asked for, and so what an answer looks like (see `columns`)."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    PICTURE = "picture"  # one of several pictures, each with its words
    SCALE = "scale"
    SMILEY = "smiley"  # a scale of three or five faces, for children
    GRID = "grid"  # the same scale for several rows, once or for several aspects (importance and performance)
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    SHORT = "short"
    LONG = "long"
    PLACE = "place"  # one of the areas of a map
    CONSENT = "consent"
    INFORMATION = "information"  # words to read; nothing is asked


CHOOSING = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.PICTURE, Kind.RANKING, Kind.PLACE})
RATING = frozenset({Kind.SCALE, Kind.SMILEY, Kind.GRID})
WRITING = frozenset({Kind.SHORT, Kind.LONG})


@dataclass(kw_only=True)
class Choice:
    """One thing to choose. `is_other` opens a line for own words; `is_alone` takes all others away ("none of them")."""

    code: str
    words: Words = field(default_factory=dict)
    is_other: bool = False
    is_alone: bool = False
    picture: str = ""  # the name of a picture kept with the survey
    picture_words: Words = field(default_factory=dict)
    shape: list[list[list[float]]] = field(default_factory=list)  # rings of [x, y], each from 0 to 100, y downward
    band: str = ""  # the band of the community profile that this choice is ("65plus"), where the question is about one
    when: Condition | None = None


@dataclass(kw_only=True)
class Line:
    """A row of a grid, or one of the aspects that each row is rated for."""

    key: str
    words: Words = field(default_factory=dict)


@dataclass(kw_only=True)
class Question:
    """One question. Its key never changes; `meaning` goes up when its answers are not to be joined with earlier ones.

    `least` and `most` bound a number, a date (ISO, or "today"), the length of a text, or how many may be chosen.
    `must` is a further rule over the answers, `must_words` says it kindly. `dimension` names what of the community
    profile the question is about ("age"); such questions divide the results, and weigh them.
    """

    key: str
    kind: Kind
    words: Words = field(default_factory=dict)
    help: Words = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    aspects: list[Line] = field(default_factory=list)
    low: int = 1
    high: int = 5
    ends: dict[str, Words] = field(default_factory=dict)  # what a step of the scale means: {"1": {...}, "5": {...}}
    may_not_apply: bool = False
    is_required: bool = False
    why_required: Words = field(default_factory=dict)
    when: Condition | None = None
    is_shuffled: bool = False
    least: str = ""
    most: str = ""
    is_whole: bool = True
    must: Condition | None = None
    must_words: Words = field(default_factory=dict)
    dimension: str = ""
    meaning: int = 1

    @property
    def asks(self) -> bool:
        return self.kind != Kind.INFORMATION

    @property
    def steps(self) -> list[int]:
        """The steps of its scale, from low to high."""
        return list(range(self.low, self.high + 1))

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)

    def line_words(self) -> list[Words]:
        """What there is to choose or to rate."""
        return [*(choice.words for choice in self.choices), *(line.words for line in self.rows)]

    def all_words(self) -> Iterator[tuple[str, Words]]:
        """Everything of it that people read, each with a name that stays the same in every language."""
        yield self.key, self.words
        yield f"{self.key}:help", self.help
        yield f"{self.key}:why", self.why_required
        yield f"{self.key}:must", self.must_words
        for step, said in self.ends.items():
            yield f"{self.key}:step:{step}", said
        for line in self.rows:
            yield f"{self.key}:row:{line.key}", line.words
        for line in self.aspects:
            yield f"{self.key}:aspect:{line.key}", line.words
        for choice in self.choices:
            yield f"{self.key}:choice:{choice.code}", choice.words
            yield f"{self.key}:picture:{choice.code}", choice.picture_words


@dataclass(kw_only=True)
class Page:
    """What is asked together on one screen."""

    key: str
    title: Words = field(default_factory=dict)
    when: Condition | None = None
    questions: list[Question] = field(default_factory=list)


@dataclass(kw_only=True)
class Questionnaire:
    """All that is asked, in order. The first language is the one that it is written in."""

    title: Words = field(default_factory=dict)
    welcome: Words = field(default_factory=dict)
    thanks: Words = field(default_factory=dict)
    languages: list[str] = field(default_factory=lambda: ["en"])
    pages: list[Page] = field(default_factory=list)

    def questions(self) -> Iterator[Question]:
        for page in self.pages:
            yield from page.questions

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions() if question.key == key), None)

    def page_of(self, key: str) -> Page | None:
        return next((page for page in self.pages if any(question.key == key for question in page.questions)), None)

    def all_words(self) -> Iterator[tuple[str, Words]]:
        """Everything that people read, each with a name that stays the same in every language."""
        yield ":title", self.title
        yield ":welcome", self.welcome
        yield ":thanks", self.thanks
        for page in self.pages:
            yield f":page:{page.key}", page.title
            for question in page.questions:
                yield from question.all_words()

    def missing_words(self, language: str) -> list[str]:
        """The names of what is said in the first language but not in this one."""
        first = self.languages[0]
        return [name for name, said in self.all_words() if said.get(first, "").strip() and not said.get(language)]


def say(words: Words, language: str, first: str = "en") -> str:
    """The words in this language; else in its ordinary form, in the first language, or in any that there is."""
    return words.get(spoken(words, language, first), "")


def spoken(words: Words, language: str, first: str = "en") -> str:
    """The language in which `say` says it; for `lang` and `dir`."""
    ways = (language, language.removesuffix(EASY), first, *words)
    return next((code for code in ways if words.get(code)), language)
