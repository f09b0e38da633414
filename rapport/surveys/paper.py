"""A questionnaire laid out for a pen: numbered, with notes where to jump, blanks where answers would be put in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.surveys.asking import Asked, Said, questions_on
from rapport.surveys.jumps import jump_note, numbers_of
from rapport.surveys.methods import Checked, Kind, Page, Question, Questionnaire, Raw, columns_of, say, spoken

BLANK = "________"


_ENTERED_LIKE = {
    Kind.SCALE: "steps",
    Kind.SMILEY: "steps",
    Kind.GRID: "grid",
    Kind.RANKING: "ranking",
    Kind.NUMBER: "line",
    Kind.DATE: "line",
    Kind.SHORT: "line",
    Kind.LONG: "lines",
    Kind.CONSENT: "consent",
    Kind.INFORMATION: "nothing",
}


@dataclass(frozen=True)
class PaperQuestion:
    asked: Asked
    number: int | None
    note: str
    hint: str

    @property
    def template(self) -> str:
        return f"surveys/paper/{self.asked.question.kind}.html"

    @property
    def entry_template(self) -> str:
        return f"surveys/desk/entry/{_ENTERED_LIKE.get(self.asked.question.kind, 'choices')}.html"

    @property
    def places(self) -> list[tuple[str, str, int]]:
        """Where on its map the number of each area stands."""
        shapes = ((option.choice.shape, n) for n, option in enumerate(self.asked.options, 1))
        return [(*_middle(shape[0]), n) for shape, n in shapes if shape]


@dataclass(frozen=True)
class PaperPage:
    said: Said
    note: str
    questions: list[PaperQuestion]


def _middle(ring: Sequence[Sequence[float]]) -> tuple[str, str]:
    x, y = (sum(point[i] for point in ring) / len(ring) for i in (0, 1))
    return f"{x:.1f}", f"{y:.1f}"


def paper_pages(
    questionnaire: Questionnaire,
    language: str,
    *,
    picture: Callable[[str], str] = lambda name: "",
    raw: Raw | None = None,
    checked: Checked | None = None,
) -> list[PaperPage]:
    """All pages in the order of the paper, where nothing is shuffled; call it in the language of the reader."""
    row = {column.name: BLANK for column in columns_of(questionnaire)}
    numbers = numbers_of(questionnaire)
    first = questionnaire.languages[0]
    found = []
    for page in questionnaire.pages:
        still = replace(page, questions=[replace(question, is_shuffled=False) for question in page.questions])
        shown = questions_on(
            still, row, language, "", checked, questionnaire=questionnaire, raw=raw or {}, picture=picture
        )
        questions = [
            PaperQuestion(
                asked,
                numbers.get(asked.question.key),
                jump_note(asked.question.when, questionnaire, numbers, language),
                hint(asked.question),
            )
            for asked in shown
        ]
        title = Said(say(page.title, language, first), spoken(page.title, language, first))
        found.append(PaperPage(title, _page_note(page, questionnaire, numbers, language), questions))
    return found


def numbered(questionnaire: Questionnaire, keys: Iterable[str]) -> list[str]:
    """Questions by the numbers that they have on paper."""
    numbers = numbers_of(questionnaire)
    return [str(number) for number in sorted(numbers[key] for key in keys if key in numbers)]


def _page_note(page: Page, questionnaire: Questionnaire, numbers: Mapping[str, int], language: str) -> str:
    here = [numbers[question.key] for question in page.questions if question.key in numbers]
    note = jump_note(page.when, questionnaire, numbers, language)
    if not note or not here:
        return note
    return _("Questions %(first)s to %(last)s: %(note)s") % {"first": here[0], "last": here[-1], "note": note}


def hint(question: Question) -> str:
    """What to do with the pen."""
    told = _HINTS.get(question.kind)
    return told(question) if told else ""


def _one(question: Question) -> str:
    return _("Please tick one.")


def _several(question: Question) -> str:
    if question.most.isdecimal():
        n = int(question.most)
        return ngettext("Please tick one at most.", "Please tick %(n)s at most.", n) % {"n": n}
    return _("Tick all that apply.")


def _ranks(question: Question) -> str:
    return _("Write 1 beside what matters most to you, then 2, 3 and so on. You need not number all.")


def _rows(question: Question) -> str:
    if question.aspects:
        return _("Please tick one in each row, in each of the groups.")
    return _("Please tick one in each row.")


def _place(question: Question) -> str:
    has_map = any(choice.shape for choice in question.choices)
    return _("Please tick one. The numbers are those on the map.") if has_map else _("Please tick one.")


def _bounds(question: Question) -> str:
    if question.least and question.most:
        return _("A number from %(least)s to %(most)s") % {"least": question.least, "most": question.most}
    return _("A number")


_HINTS: dict[Kind, Callable[[Question], str]] = {
    Kind.SINGLE: _one,
    Kind.PICTURE: _one,
    Kind.SCALE: _one,
    Kind.SMILEY: _one,
    Kind.MULTIPLE: _several,
    Kind.RANKING: _ranks,
    Kind.GRID: _rows,
    Kind.PLACE: _place,
    Kind.NUMBER: _bounds,
}
