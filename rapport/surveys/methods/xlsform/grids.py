"""Groups of an XLSForm that are a grid: our own, and tables of others whose choices are steps in a row."""

from dataclasses import dataclass

from ..forms.keys import key_for
from ..forms.remarks import Reason
from ..questionnaire import Kind, Line, Question
from .asking import Asker, is_true
from .choices import bare_steps, ends_of, extras_of, steps_of
from .names import CannotAsk
from .tree import Branch

_OWN_LIFE = ("relevant", "constraint", "choice_filter", "default", "read_only")


def is_table(branch: Branch) -> bool:
    return "table-list" in branch.row.get("appearance")


def is_ours(branch: Branch) -> bool:
    return extras_of(branch.row).get("kind") == Kind.GRID


@dataclass
class Grids:
    asker: Asker

    def question(self, branch: Branch) -> Question | None:
        """The grid that this group is; None where its rows must be asked one by one. Raises CannotAsk."""
        aspects = [inner for inner in branch.inner if inner.type.name == "begin group"] if is_ours(branch) else []
        cells = [cell for aspect in aspects for cell in aspect.inner] if aspects else branch.inner
        steps = self._steps(cells)
        if steps is None:
            return None
        names, row = self.asker.names, branch.row
        key = names.key(row.name)
        question = Question(key=key, kind=Kind.GRID, low=steps[0], high=steps[1])
        question.words = names.words(row.words("label")) or {self.asker.languages[0]: row.name}
        question.help = names.words(row.words("hint"))
        self._lines(question, branch, aspects)
        self._scale(question, cells[0], bare_steps(row))
        question.is_required = all(is_true(cell.row.get("required")) for cell in cells)
        question.why_required = names.words(cells[0].row.words("required_message"))
        self.asker.extras(question, row)
        for cell in cells:
            names.answer(cell.row.name, self._column(question, branch, cell))
        return question

    def _steps(self, cells: list[Branch]) -> tuple[int, int] | None:
        lists = {cell.type.list for cell in cells}
        is_plain = all(cell.type.name == "select_one" and not cell.type.has_other for cell in cells)
        if len(lists) != 1 or not is_plain or any(cell.row.get(name) for cell in cells for name in _OWN_LIFE):
            return None
        if len({is_true(cell.row.get("required")) for cell in cells}) > 1:
            return None
        return steps_of(self.asker.lists.choices(cells[0].row, lists.pop(), self.asker.names, []))

    def _scale(self, question: Question, cell: Branch, bare: list[str]) -> None:
        choices = self.asker.lists.choices(cell.row, cell.type.list, self.asker.names, [])
        question.ends = ends_of(choices, bare)
        question.may_not_apply = choices[-1].code == "na"

    def _lines(self, question: Question, branch: Branch, aspects: list[Branch]) -> None:
        """Names of our own cells are those of their columns: `services.wifi.importance`."""
        first = aspects[0].inner if aspects else branch.inner
        place = 1 if is_ours(branch) else 0
        for cell in first:
            parts = cell.row.name.split(".")
            key = parts[place] if len(parts) > place and is_ours(branch) else key_for(cell.row.name)
            question.rows.append(Line(key=key, words=self._said(cell)))
        for aspect in aspects:
            key = aspect.row.name.split(".", 1)[-1]
            question.aspects.append(Line(key=key, words=self._said(aspect)))

    def _said(self, cell: Branch) -> dict[str, str]:
        words = self.asker.names.words(cell.row.words("label"))
        return {} if extras_of(cell.row).get("mute") else words or {self.asker.languages[0]: cell.row.name}

    def _column(self, question: Question, branch: Branch, cell: Branch) -> str:
        name = cell.row.name
        if not is_ours(branch):
            return f"{question.key}.{key_for(name)}"
        if not name.startswith(f"{branch.row.name}."):
            raise CannotAsk(Reason.NO_KIND, name)
        return f"{question.key}.{name.split('.', 1)[1]}"
