"""The rows of a survey sheet as a tree of groups, with all that makes a form one that nobody could use."""

from dataclasses import dataclass, field

from ..forms.remarks import FormRefused, Reason, Remark
from .rows import MEDIA, Row, Tables
from .types import GROUPS, Type, type_of

_UNSEEN = {"calculate", "hidden", "device", "setting"}


@dataclass
class Branch:
    """A row, and the rows within it where it opens a group."""

    row: Row
    type: Type
    inner: list["Branch"] = field(default_factory=list)

    def names(self) -> list[str]:
        return [self.row.name, *(name for branch in self.inner for name in branch.names())]


def tree_of(tables: Tables, notes: list[Remark]) -> Branch:
    """Raises FormRefused with everything that the makers of the form must mend."""
    faults: list[Remark] = []
    root = Branch(Row("survey", 0), Type("begin group"))
    open_now = [root]
    for row in tables.survey:
        if not row.get("type"):
            continue  # a comment between the rows
        if row.get("disabled").lower() in {"yes", "true", "true()"}:
            notes.append(row.remark(Reason.NOTE_DISABLED))
            continue
        kind = type_of(row.get("type"))
        if kind is None:
            faults.append(row.remark(Reason.UNKNOWN_TYPE, row.get("type")))
        elif kind.name in GROUPS.values():
            _close(open_now, row, kind, faults)
        else:
            _check(row, kind, faults)
            branch = Branch(row, kind)
            open_now[-1].inner.append(branch)
            if kind.name in GROUPS:
                open_now.append(branch)
    faults += [branch.row.remark(Reason.NOT_CLOSED) for branch in open_now[1:]]
    if faults:
        raise FormRefused(*faults)
    return root


def _close(open_now: list[Branch], row: Row, kind: Type, faults: list[Remark]) -> None:
    if len(open_now) > 1 and GROUPS[open_now[-1].type.name] == kind.name:
        open_now.pop()
    else:
        faults.append(row.remark(Reason.NOT_OPENED, row.get("type")))


def _check(row: Row, kind: Type, faults: list[Remark]) -> None:
    if kind.name == "include":
        faults.append(row.remark(Reason.INCLUDES_ANOTHER, row.name))
    elif not row.name and kind.name not in {"device", "setting"}:
        if not (kind.name == "note" and row.words("label")):
            faults.append(row.remark(Reason.NO_NAME))
    elif kind.name == "calculate" and not row.get("calculation"):
        faults.append(row.remark(Reason.NO_CALCULATION))
    elif kind.name not in _UNSEEN | set(GROUPS) and not _has_words(row):
        faults.append(row.remark(Reason.NO_WORDS))


def _has_words(row: Row) -> bool:
    has_media = any(row.get(heading) for heading in row.cells if heading.startswith(MEDIA))
    return bool(
        row.words("label") or row.words("hint") or row.words("guidance_hint") or has_media or row.get("calculation")
    )
