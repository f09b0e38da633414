"""From a `.lss` file to a questionnaire: groups become pages, and whatever cannot be asked here is named."""

import html
import re
from dataclasses import dataclass, field

from ..columns import columns_of_question
from ..conditions import Comparison, Condition, Test
from ..forms.keys import free_key, key_for
from ..forms.languages import stock_words
from ..forms.remarks import Form, FormRefused, Reason, Remark
from ..questionnaire import Choice, Kind, Line, Page, Question, Questionnaire, Words
from ..xlsform.meaning import Answer, CannotSay
from ..xlsform.names import CannotAsk
from .relevance import condition_of
from .tables import Fields, Tables, tables_of

_TAGS = re.compile(r"<(?:br|/p|/div|/li)[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^>]+>")
_PIPED = re.compile(r"\{(\w+)(?:\.shown|\.NAOK)?\}")
_KINDS = {
    "L": Kind.SINGLE, "!": Kind.SINGLE, "O": Kind.SINGLE, "Y": Kind.SINGLE, "G": Kind.SINGLE,
    "M": Kind.MULTIPLE, "P": Kind.MULTIPLE, "R": Kind.RANKING, "5": Kind.SCALE, "N": Kind.NUMBER, "D": Kind.DATE,
    "S": Kind.SHORT, "T": Kind.LONG, "U": Kind.LONG, "X": Kind.INFORMATION,
    "A": Kind.GRID, "B": Kind.GRID, "F": Kind.GRID, "H": Kind.GRID, "C": Kind.GRID, "E": Kind.GRID,
}  # fmt: skip
_FIXED: dict[str, list[tuple[str, str | Words]]] = {
    "Y": [("Y", "yes"), ("N", "no")],
    "G": [("F", {"en": "Female", "es": "Mujer", "ar": "أنثى"}), ("M", {"en": "Male", "es": "Hombre", "ar": "ذكر"})],
    "C": [("Y", "yes"), ("U", {"en": "Uncertain", "es": "No sé", "ar": "غير متأكد"}), ("N", "no")],
    "E": [("I", {"en": "Increase", "es": "Aumentar", "ar": "زيادة"}),
          ("S", {"en": "Same", "es": "Igual", "ar": "كما هو"}),
          ("D", {"en": "Decrease", "es": "Disminuir", "ar": "تقليل"})],
}  # fmt: skip


def read_lss(content: bytes) -> Form:
    """What the survey asks. Raises FormRefused where the file is none that we can read."""
    tables = tables_of(content)
    reading = _Reading(tables)
    reading.read()
    if not any(question.asks for question in reading.form.questionnaire.questions()):
        raise FormRefused(*(reading.form.left_out or [Remark(Reason.NO_QUESTIONS)]))
    return reading.form


@dataclass
class _Reading:
    tables: Tables
    form: Form = field(default_factory=lambda: Form(Questionnaire()))
    group: str = ""
    known: dict[str, Answer | Test] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def read(self) -> None:
        survey = next(iter(self.tables.rows("surveys")), {})
        languages = [survey.get("language", ""), *survey.get("additional_languages", "").split()]
        self.languages = [code for code in languages if code] or ["en"]
        questionnaire = self.form.questionnaire
        questionnaire.languages = [code.lower() for code in self.languages]
        about = self.tables.rows("surveys_languagesettings")
        for name, heading in (("title", "title"), ("welcome", "welcometext"), ("thanks", "endtext")):
            texts = ((row.get("surveyls_language", ""), row.get(f"surveyls_{heading}", "")) for row in about)
            said = {code.lower(): _plain(text) for code, text in texts}
            setattr(questionnaire, name, {code: text for code, text in said.items() if code and text})
        self._attributes()
        for row in self._once("groups", "gid", "group_order"):
            self._page(row)

    def _attributes(self) -> None:
        self.attributes: dict[str, Fields] = {}
        for row in self.tables.rows("question_attributes"):
            mine = self.attributes.setdefault(row.get("qid", ""), {})
            mine.setdefault(row.get("attribute", ""), row.get("value", ""))

    def _once(self, section: str, key: str, order: str) -> list[Fields]:
        """The rows in their order; older files have each once in every language."""
        found: dict[str, Fields] = {}
        for row in self.tables.rows(section):
            found.setdefault(row.get(key, ""), row)
        return sorted(found.values(), key=lambda row: _number(row.get(order, "")))

    def _words(self, section: str, row: Fields, key: str, name: str) -> Words:
        """From LimeSurvey 4 on words lie in a table of their own (`…_l10ns`), before that in the rows themselves."""
        rows = self.tables.rows(f"{section.removesuffix('s')}_l10ns") or self.tables.rows(section)
        mine = [one for one in rows if one.get(key) == row.get(key)]
        words = {one.get("language", self.languages[0]).lower(): _plain(one.get(name, "")) for one in mine}
        return {code: self._piped(text) for code, text in words.items() if text}

    def _piped(self, text: str) -> str:
        def answer(found: re.Match[str]) -> str:
            known = self.known.get(found[1])
            return f"{{{known.column}}}" if isinstance(known, Answer) else found[0]

        return _PIPED.sub(answer, text)

    # ── groups and questions ──

    def _page(self, row: Fields) -> None:
        title = self._words("groups", row, "gid", "group_name")
        self.group = next(iter(title.values()), row.get("gid", ""))
        page = Page(key=f"group{row.get('gid', '')}", title=title)
        mine = [one for one in self._once("questions", "qid", "question_order") if one.get("gid") == row.get("gid")]
        try:
            page.when = self._when(row.get("grelevance", ""))
        except CannotAsk as problem:
            self._leave_out(row.get("gid", ""), problem)
            for one in mine:
                self._leave_out(one.get("title", ""), CannotAsk(Reason.HANGS_ON_LEFT_OUT, self.group))
            return
        for one in mine:
            if one.get("parent_qid", "0") in {"", "0"}:
                self._one(page, one)
        if page.questions:
            self.form.questionnaire.pages.append(page)

    def _one(self, page: Page, row: Fields) -> None:
        try:
            page.questions += self._questions(row)
        except CannotAsk as problem:
            self._leave_out(row.get("title", ""), problem)

    def _leave_out(self, name: str, why: CannotAsk) -> None:
        self.form.left_out.append(Remark(why.reason, self.group, None, name, why.about))

    def _note(self, row: Fields, reason: Reason, about: str = "") -> None:
        self.form.notes.append(Remark(reason, self.group, None, row.get("title", ""), about))

    def _when(self, said: str) -> Condition | None:
        try:
            return condition_of(said, self._find)
        except (CannotSay, RecursionError) as problem:
            raise CannotAsk(Reason.CONDITION, said) from problem

    def _find(self, name: str) -> Answer | Test:
        if name not in self.known:
            raise CannotAsk(Reason.HANGS_ON_LEFT_OUT, name)
        return self.known[name]

    def _questions(self, row: Fields) -> list[Question]:
        """Raises CannotAsk."""
        code = row.get("type", "")
        if code == "|":
            raise CannotAsk(Reason.UPLOAD, "|")
        if code not in _KINDS:
            raise CannotAsk(Reason.NO_KIND, code)
        question = Question(key="", kind=_KINDS[code], words=self._words("questions", row, "qid", "question"))
        question.help = self._words("questions", row, "qid", "help")
        question.when = self._when(row.get("relevance", ""))
        question.is_required = row.get("mandatory") in {"Y", "S"} and question.asks
        if row.get("preg"):
            self._note(row, Reason.NOTE_RULE, row["preg"])
        self._details(question, row, code)
        title = row.get("title", "") or "question"
        question.key = free_key(title, self.keys)
        if question.kind == Kind.GRID and not self._is_scale(question):
            return self._rows_apart(question, title)
        self._know(question, title)
        comment = self._comment(question, code)
        return [question, *comment]

    def _details(self, question: Question, row: Fields, code: str) -> None:
        attributes = self.attributes.get(row.get("qid", ""), {})
        question.is_shuffled = "1" in {attributes.get("random_order"), attributes.get("subquestion_order")}
        if code in _FIXED:
            question.choices = [Choice(code=one, words=self._fixed(said)) for one, said in _FIXED[code]]
        elif question.kind in {Kind.SINGLE, Kind.RANKING, Kind.GRID} and code not in {"A", "B"}:
            question.choices = self._answers(row)
        if question.kind == Kind.MULTIPLE:
            question.choices = [Choice(code=line.key, words=line.words) for line in self._lines(row)]
            alone = attributes.get("exclude_all_others", "").split(";")
            for choice in question.choices:
                choice.is_alone = choice.code in alone
            question.least, question.most = attributes.get("min_answers", ""), attributes.get("max_answers", "")
        if row.get("other") == "Y" and question.kind in {Kind.SINGLE, Kind.MULTIPLE}:
            words = stock_words("other", self.form.questionnaire.languages)
            question.choices.append(Choice(code="other", words=words, is_other=True))
        if question.kind == Kind.NUMBER:
            question.is_whole = attributes.get("num_value_int_only") == "1"
            question.least, question.most = attributes.get("min_num_value_n", ""), attributes.get("max_num_value_n", "")
        if question.kind == Kind.GRID:
            question.rows = self._lines(row)
            question.high = 10 if code == "B" else 5
        if question.kind in {Kind.SINGLE, Kind.RANKING} and not question.choices:
            raise CannotAsk(Reason.NO_LIST, row.get("title", ""))

    def _fixed(self, said: str | Words) -> Words:
        languages = self.form.questionnaire.languages
        if isinstance(said, str):
            return stock_words(said, languages)
        return {code: said.get(code, said["en"]) for code in languages}

    def _answers(self, row: Fields) -> list[Choice]:
        rows = [one for one in self.tables.rows("answers") if one.get("qid") == row.get("qid")]
        found: dict[str, Choice] = {}
        for one in sorted(rows, key=lambda one: _number(one.get("sortorder", ""))):
            words = self._answer_words(one)
            found.setdefault(one.get("code", ""), Choice(code=one.get("code", ""))).words.update(words)
        return list(found.values())

    def _answer_words(self, row: Fields) -> Words:
        if "answer" in row:
            text = _plain(row["answer"])
            return {row.get("language", self.languages[0]).lower(): text} if text else {}
        return self._words("answers", row, "aid", "answer")

    def _lines(self, row: Fields) -> list[Line]:
        rows = self._once("subquestions", "qid", "question_order")
        return [self._line(one) for one in rows if one.get("parent_qid") == row.get("qid")]

    def _line(self, row: Fields) -> Line:
        words = (self._words(section, row, "qid", "question") for section in ("subquestions", "questions"))
        return Line(key=key_for(row.get("title", "")), words=next(filter(None, words), {}))

    # ── tables ──

    def _is_scale(self, question: Question) -> bool:
        """Whether the choices of a table are steps in a row; the fixed tables of 5 and 10 are."""
        if not question.choices:
            return True
        codes = [choice.code.removeprefix("A").lstrip("0") or "0" for choice in question.choices]
        if not all(code.isdecimal() for code in codes) or not 2 <= len(codes) <= 11:
            return False
        steps = [int(code) for code in codes]
        if steps != list(range(steps[0], steps[0] + len(steps))):
            return False
        question.low, question.high = steps[0], steps[-1]
        question.ends = {str(step): choice.words for step, choice in zip(steps, question.choices, strict=True)}
        question.choices = []
        return True

    def _rows_apart(self, table: Question, title: str) -> list[Question]:
        """A table whose choices are no scale: its words, and a question for each row."""
        self.form.notes.append(Remark(Reason.NOTE_NO_GRID, self.group, None, title))
        found = [Question(key=table.key, kind=Kind.INFORMATION, words=table.words, help=table.help, when=table.when)]
        for line in table.rows:
            question = Question(
                key=free_key(f"{title}_{line.key}", self.keys), kind=Kind.SINGLE, words=line.words, when=table.when
            )
            question.choices = [Choice(code=one.code, words=dict(one.words)) for one in table.choices]
            question.is_required = table.is_required
            self.known[f"{title}_{line.key}"] = Answer(question.key)
            found.append(question)
        return found

    def _know(self, question: Question, title: str) -> None:
        if not question.asks:
            return
        self.known[title] = Answer(question.key)
        if question.kind == Kind.MULTIPLE:
            for choice in question.choices:
                self.known[f"{title}_{choice.code}"] = Test(question.key, Comparison.INCLUDES, choice.code)
        for column in columns_of_question(question):
            if column.row:
                self.known[f"{title}_{column.row}"] = Answer(column.name)
            elif column.name.endswith(".other"):
                self.known[f"{title}_other"] = Answer(column.name)

    def _comment(self, question: Question, code: str) -> list[Question]:
        """O and P ask for a comment beside the choice: a question of its own here."""
        if code not in {"O", "P"}:
            return []
        words = {one: _COMMENT.get(one, _COMMENT["en"]) for one in self.form.questionnaire.languages}
        key = free_key(f"{question.key}_comment", self.keys)
        return [Question(key=key, kind=Kind.LONG, words=words, when=question.when)]


_COMMENT = {"en": "Would you like to say more?", "es": "¿Quiere decir algo más?", "ar": "هل تود أن تقول المزيد؟"}


def _plain(text: str) -> str:
    """Words without the markup that LimeSurvey's editor puts around them."""
    return html.unescape(_ANY_TAG.sub("", _TAGS.sub("\n", text))).replace("\u00a0", " ").strip()


def _number(said: str) -> int:
    return int(said) if said.removeprefix("-").isdecimal() else 0
