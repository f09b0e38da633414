"""From an XLSForm to a questionnaire: groups become pages, and whatever cannot be asked here is named."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..conditions import Comparison, Condition, Test, both
from ..forms.books import open_book
from ..forms.keys import free_key
from ..forms.remarks import Form, FormRefused, Reason, Remark
from ..questionnaire import Kind, Page, Question, Questionnaire, Words
from .asking import Asker
from .choices import Lists, extras_of
from .expressions import NotUnderstood, Number, parse
from .grids import Grids, is_ours, is_table
from .meaning import ALWAYS, NEVER, CannotSay
from .names import CannotAsk, Names
from .rows import Row, Tables, tables_of
from .tree import Branch, tree_of
from .types import Type

MOST_ROUNDS = 30
_UNASKED = {"device", "setting", "hidden", "calculate", "note"}
WELCOME, THANKS = "rapport_welcome", "rapport_thanks"


def read_xlsform(content: bytes, language: str = "en") -> Form:
    """What the form asks. Raises FormRefused where it is none, or one that its makers must mend.

    `language` is the language of words whose heading names none.
    """
    tables = tables_of(open_book(content), language)
    notes = [Remark(Reason.NOTE_LANGUAGE, about=said) for said in tables.unknown_languages]
    notes += [row.remark(Reason.NOTE_FAR_BELOW) for row in tables.far_below]
    tree = tree_of(tables, notes)
    reading = _Reading.of(tables, notes, set(tree.names()), language)
    reading.everything = _only_repeat(tree)
    reading.walk(tree, None)
    reading.finish(tables.settings)
    if not any(question.asks for question in reading.form.questionnaire.questions()):
        raise FormRefused(*(reading.form.left_out or [Remark(Reason.NO_QUESTIONS, sheet="survey")]))
    return reading.form


def _only_repeat(tree: Branch) -> Branch | None:
    asks = [branch for branch in tree.inner if branch.type.name not in _UNASKED]
    return asks[0] if len(asks) == 1 and asks[0].type.name == "begin repeat" else None


@dataclass
class _Frame:
    """The group whose questions come next. Its page is made when the first of them comes."""

    name: str
    title: Words = field(default_factory=dict)
    when: Condition | None = None
    page: Page | None = None


@dataclass
class _Reading:
    form: Form
    asker: Asker
    frame: _Frame
    page_keys: set[str] = field(default_factory=set)
    everything: Branch | None = None  # the repeat that holds all that is asked, where there is one

    @classmethod
    def of(cls, tables: Tables, notes: list[Remark], everything: set[str], language: str) -> "_Reading":
        languages = tables.languages or [language]
        names = Names(everything)
        lists, external = Lists.of(tables.choices, languages), Lists.of(tables.external, languages)
        asker = Asker(names, lists, external, languages, notes)
        return cls(Form(Questionnaire(languages=languages), notes), asker, _Frame("page"))

    @property
    def names(self) -> Names:
        return self.asker.names

    def walk(self, branch: Branch, when: Condition | None) -> None:
        for inner in branch.inner:
            try:
                self._one(inner, when)
            except CannotAsk as problem:
                self._leave_out(inner, problem)

    def _leave_out(self, branch: Branch, why: CannotAsk) -> None:
        self.form.left_out.append(branch.row.remark(why.reason, why.about))
        self.names.leave_out(*branch.names())
        for inner in branch.inner:
            if inner.row.name and not inner.inner:
                self.form.left_out.append(inner.row.remark(Reason.HANGS_ON_LEFT_OUT, branch.row.name))

    def _one(self, branch: Branch, when: Condition | None) -> None:
        row, kind = branch.row, branch.type.name
        if kind in _UNASKED - {"note"}:
            self._reckon(row, kind)
            return
        own = self._when(row)
        if own == NEVER:
            self.form.notes.append(row.remark(Reason.NOTE_NEVER_ASKED, row.get("relevant")))
            self.names.leave_out(*branch.names())
        elif kind == "begin group":
            self._group(branch, both(when, own))
        elif kind in {"begin repeat", "begin loop"}:
            self._rounds(branch, both(when, own))
        elif not self._is_said_elsewhere(row, kind, own):
            question = self.asker.question(row, branch.type)
            question.when = both(when, own)
            self._put(question)

    def _reckon(self, row: Row, kind: str) -> None:
        if kind == "calculate":
            self.names.reckon(row.name, row.get("calculation"))
            self.form.notes.append(row.remark(Reason.NOTE_CALCULATED, row.get("calculation")))
        else:
            self.names.leave_out(row.name)
            self.form.notes.append(row.remark(Reason.NOTE_ABOUT_DEVICE, row.get("type")))

    def _when(self, row: Row) -> Condition | None:
        said = row.get("relevant")
        found = self.names.condition(said) if said else ALWAYS
        return None if found == ALWAYS else found

    def _is_said_elsewhere(self, row: Row, kind: str, when: Condition | None) -> bool:
        """The words at the start and the end, the line for own words beside "other", and the head of a table."""
        if row.name in {WELCOME, THANKS} and kind == "note":
            name = "welcome" if row.name == WELCOME else "thanks"
            setattr(self.form.questionnaire, name, row.words("label"))
            return True
        if kind in {"select_one", "select_multiple"} and row.get("appearance") == "label":
            self.form.notes.append(row.remark(Reason.NOTE_TABLE_HEAD))
            self.names.leave_out(row.name)
            return True
        match when:
            case Test(column, Comparison.INCLUDES, code) if kind == "text" and row.name == f"{column}.other":
                question = self.form.questionnaire.question(column)
                choice = question.choice(code) if question else None
                if choice is not None:
                    choice.is_other = True
                    self.names.answer(row.name, row.name)
                return choice is not None
        return False

    # ── groups ──

    def _group(self, branch: Branch, when: Condition | None) -> None:
        row = branch.row
        grid = Grids(self.asker).question(branch) if is_ours(branch) or is_table(branch) else None
        if grid is not None:
            grid.when = when
            self._put(grid)
            return
        if is_table(branch):
            self.form.notes.append(row.remark(Reason.NOTE_NO_GRID))
        title = self.names.words(row.words("label"))
        is_page = self.frame.name == "page" or is_table(branch) or "field-list" in row.get("appearance")
        if is_page:
            name = str(extras_of(row).get("key") or row.name)
            help_ = self.names.words(row.words("hint"))
            self._page(branch, _Frame(name, title, both(self.frame.when, when)), help_)
        else:
            self._said_first(row, title, when)
            self.walk(branch, when)

    def _page(self, branch: Branch, frame: _Frame, help_: Words) -> None:
        outer, self.frame = self.frame, frame
        if outer.page is None and outer.title:
            self._words(f"{outer.name}_title", outer.title)
            outer.title = {}
        if help_:
            self._words(f"{frame.name}_help", help_)
        self.walk(branch, None)
        outer.page = None
        self.frame = outer

    def _said_first(self, row: Row, title: Words, when: Condition | None) -> None:
        if title:
            self._words(row.name, title, when)

    def _words(self, name: str, words: Words, when: Condition | None = None) -> None:
        key = self.names.key(name if name else "words")
        self._put(Question(key=key, kind=Kind.INFORMATION, words=words, when=when))

    def _put(self, question: Question) -> None:
        frame = self.frame
        if frame.page is None:
            key = free_key(frame.name, self.page_keys)
            frame.page = Page(key=key, title=frame.title, when=frame.when)
            frame.title = {}
            self.form.questionnaire.pages.append(frame.page)
        frame.page.questions.append(question)

    # ── what is asked several times ──

    def _rounds(self, branch: Branch, when: Condition | None) -> None:
        inner = {name for one in branch.inner for name in one.names() if name}
        rounds = list(self._tags(branch))
        if len(rounds) == 1:
            self._group(replace(branch, type=Type("begin group")), when)
            return
        for tag, label in rounds:
            with self.names.copy(inner, tag):
                row = _in_round(branch.row, tag, label)
                row.cells["name"] = f"{row.name}_{tag}"
                copies = [_branch_in_round(one, tag, label) for one in branch.inner]
                self._group(Branch(row, Type("begin group"), copies), when)
        self.form.notes.append(branch.row.remark(Reason.NOTE_UNROLLED, str(len(rounds))))

    def _tags(self, branch: Branch) -> Iterator[tuple[str, Words]]:
        row = branch.row
        if branch.type.name == "begin loop":
            for choice in self.asker.lists.choices(row, branch.type.list, self.names, []):
                yield choice.code, choice.words
            return
        if branch is self.everything and not row.get("repeat_count"):
            self.form.notes.append(row.remark(Reason.NOTE_EACH_ROUND))
            yield "1", {}
            return
        count = self._count(row.get("repeat_count"))
        for n in range(1, count + 1):
            yield str(n), {}

    def _count(self, said: str) -> int:
        """How often a repeat is asked, where the form itself says so."""
        try:
            found = self.names.scope().value(parse(said))
        except (NotUnderstood, CannotSay) as problem:
            raise CannotAsk(Reason.REPEATED, said) from problem
        if isinstance(found, Number) and found.value.isdecimal() and 1 <= int(found.value) <= MOST_ROUNDS:
            return int(found.value)
        raise CannotAsk(Reason.REPEATED, said)

    # ── the whole ──

    def finish(self, settings: dict[str, str]) -> None:
        questionnaire = self.form.questionnaire
        extras = extras_of(Row("settings", 2, settings))
        languages = extras.get("languages")
        if isinstance(languages, list) and languages:
            questionnaire.languages = [str(code) for code in languages]
        title = settings.get("form_title") or settings.get("name") or settings.get("form_id", "")
        questionnaire.title = {questionnaire.languages[0]: title} if title else {}
        if isinstance(extras.get("title"), dict):
            questionnaire.title = {str(code): str(text) for code, text in extras["title"].items()}


def _in_round(row: Row, tag: str, label: Words) -> Row:
    """The row as it reads in one round: `%(label)s` and `%(name)s` are those of the choice that it is about."""
    said = {
        heading: {code: _filled(text, tag, label.get(code, tag)) for code, text in words.items()}
        for heading, words in row.said.items()
    }
    return replace(row, cells=dict(row.cells), said=said)


def _filled(text: str, tag: str, label: str) -> str:
    return text.replace("%(label)s", label).replace("%(name)s", tag)


def _branch_in_round(branch: Branch, tag: str, label: Words) -> Branch:
    inner = [_branch_in_round(one, tag, label) for one in branch.inner]
    return Branch(_in_round(branch.row, tag, label), branch.type, inner)
