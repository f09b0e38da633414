"""Questionnaires by chance, for hypothesis: every kind, in several languages, with conditions on what came before."""

from hypothesis import strategies as st

from rapport.surveys.methods import (
    All,
    AnyOf,
    Choice,
    Comparison,
    Condition,
    Kind,
    Line,
    Not,
    Page,
    Question,
    Questionnaire,
    Test,
    Words,
    columns_of_question,
)

_LANGUAGES = [["en"], ["en", "es"], ["ar", "en", "en-x-easy"]]
_LETTERS = st.text(alphabet="abcxyz", min_size=1, max_size=4)
_SAID = st.text(alphabet="aZ é'\"<&=ع,;:?-1", min_size=1, max_size=12).filter(lambda text: text.strip() == text != "")


def _words(languages: list[str], *, least: bool = True) -> st.SearchStrategy[Words]:
    """Something in the first language; in the others perhaps."""
    others = st.dictionaries(st.sampled_from(languages), _SAID)
    full = st.tuples(_SAID, others).map(lambda both: {languages[0]: both[0], **both[1]})
    return full if least else st.one_of(st.just({}), full)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    languages = draw(st.sampled_from(_LANGUAGES))
    maker = _Maker(draw, languages)
    pages = [maker.page(number) for number in range(draw(st.integers(1, 2)))]
    return Questionnaire(
        title=draw(_words(languages)),
        welcome=draw(_words(languages, least=False)),
        thanks=draw(_words(languages, least=False)),
        languages=languages,
        pages=pages,
    )


class _Maker:
    def __init__(self, draw: st.DrawFn, languages: list[str]) -> None:
        self.draw, self.languages = draw, languages
        self.before: list[str] = []  # the columns that were asked so far
        self.n = 0

    def page(self, number: int) -> Page:
        title = self.draw(_words(self.languages, least=False))
        page = Page(key=f"page{number}", title=title, when=self.condition())
        for kind in self.draw(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=4)):
            page.questions.append(self.question(kind))
        if not any(question.asks for question in page.questions):
            page.questions.append(self.question(Kind.SHORT))
        return page

    def question(self, kind: Kind) -> Question:
        self.n += 1
        words, say = self.draw(_words(self.languages)), _words(self.languages, least=False)
        question = Question(key=f"q{self.n}_{self.draw(_LETTERS)}", kind=kind, words=words, when=self.condition())
        question.help = self.draw(say)
        if kind != Kind.INFORMATION:
            question.is_required = self.draw(st.booleans())
            question.why_required = self.draw(say)
            question.dimension = self.draw(st.sampled_from(["", "age"]))
            question.meaning = self.draw(st.integers(1, 3))
            self._details(question)
            self.before += [column.name for column in columns_of_question(question)]
        return question

    def _details(self, question: Question) -> None:
        match question.kind:
            case Kind.SINGLE | Kind.MULTIPLE | Kind.PICTURE | Kind.RANKING | Kind.PLACE:
                self._choices(question)
            case Kind.SCALE | Kind.GRID:
                question.low, question.high = self.draw(st.sampled_from([(1, 5), (0, 10), (-2, 2), (1, 2)]))
                self._ends(question)
            case Kind.SMILEY:
                question.high = self.draw(st.sampled_from([3, 5]))
                self._ends(question)
            case Kind.NUMBER:
                question.is_whole = self.draw(st.booleans())
                question.least, question.most = self.draw(
                    st.sampled_from([("", ""), ("1", "9"), ("-3", ""), ("", "2.50")])
                )
            case Kind.DATE:
                question.least, question.most = self.draw(st.sampled_from([("", ""), ("2026-01-01", "today")]))
            case Kind.SHORT | Kind.LONG:
                question.most = self.draw(st.sampled_from(["", "40"]))
        if question.kind in {Kind.NUMBER, Kind.SINGLE, Kind.SHORT}:
            question.must = self.condition()
            question.must_words = self.draw(_words(self.languages, least=False))
        if question.kind == Kind.GRID:
            self._lines(question)

    def _choices(self, question: Question) -> None:
        codes = self.draw(st.lists(_LETTERS, min_size=2, max_size=4, unique=True))
        say = _words(self.languages)
        question.choices = [Choice(code=code, words=self.draw(say)) for code in codes]
        for choice in question.choices[1:]:
            choice.when = self.condition()
        question.choices[-1].is_other = question.kind == Kind.SINGLE and self.draw(st.booleans())
        question.is_shuffled = self.draw(st.booleans())
        if question.kind == Kind.PICTURE:
            for choice in question.choices:
                choice.picture, choice.picture_words = f"{choice.code}.png", self.draw(say)
        if question.kind == Kind.PLACE:
            question.choices[0].shape = [[[0, 0], [100, 0], [50.5, 100]]]
        if question.kind == Kind.MULTIPLE:
            question.choices[0].is_alone = self.draw(st.booleans())
            question.least, question.most = self.draw(st.sampled_from([("", ""), ("1", "2"), ("", "2")]))
        question.choices[0].band = self.draw(st.sampled_from(["", "65plus"]))

    def _ends(self, question: Question) -> None:
        question.may_not_apply = self.draw(st.booleans())
        steps = self.draw(st.sets(st.sampled_from(question.steps), max_size=3))
        question.ends = {str(step): self.draw(_words(self.languages)) for step in sorted(steps)}

    def _lines(self, question: Question) -> None:
        for lines, least in ((question.rows, 1), (question.aspects, 0)):
            keys = self.draw(st.lists(_LETTERS, min_size=least, max_size=2, unique=True))
            lines += [Line(key=key, words=self.draw(_words(self.languages, least=False))) for key in keys]

    def condition(self) -> Condition | None:
        if not self.before or self.draw(st.integers(0, 2)):
            return None
        return self.draw(_conditions(self.before))


def _conditions(columns: list[str]) -> st.SearchStrategy[Condition]:
    names = st.sampled_from(columns)
    words = st.sampled_from(["a", "it's", "5"])
    plain = st.one_of(
        st.builds(Test, names, st.sampled_from([Comparison.EQUAL, Comparison.UNEQUAL, Comparison.INCLUDES]), words),
        st.builds(Test, names, st.just(Comparison.LACKS), words),
        st.builds(
            Test,
            names,
            st.sampled_from([Comparison.MORE, Comparison.LESS, Comparison.AT_LEAST, Comparison.AT_MOST]),
            st.sampled_from(["3", "-2.5", "today", "2026-01-01"]),
        ),
        st.builds(Test, names, st.sampled_from([Comparison.ANSWERED, Comparison.UNANSWERED])),
    )
    # "Not among the chosen" has one way only to be written; so has "both and both"
    turned = plain.filter(lambda test: test.comparison != Comparison.INCLUDES).map(Not)
    parts = st.lists(st.one_of(plain, turned), min_size=2, max_size=3).map(tuple)
    return st.one_of(plain, turned, parts.map(All), parts.map(AnyOf), parts.map(All).map(Not))
