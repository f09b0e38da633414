"""A `.lss` file as tables: sections of rows, each row a few named texts (LimeSurvey's own dump of its database)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..forms.remarks import FormRefused, Reason, Remark

LARGEST_FILE = 20_000_000
MOST_ROWS = 100_000
Fields = dict[str, str]


@dataclass
class Tables:
    sections: dict[str, list[Fields]]

    def rows(self, name: str) -> list[Fields]:
        return self.sections.get(name, [])


def tables_of(content: bytes) -> Tables:
    """Raises FormRefused."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if len(content) > LARGEST_FILE:
        raise FormRefused(Remark(Reason.TOO_LARGE, about=f"{LARGEST_FILE // 1_000_000} MB"))
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise FormRefused(Remark(Reason.UNREADABLE, about=type(problem).__name__)) from problem
    if root.findtext("LimeSurveyDocType") != "Survey":
        raise FormRefused(Remark(Reason.UNREADABLE, about=root.findtext("LimeSurveyDocType") or root.tag[:40]))
    return Tables({section.tag: list(_rows(section.iterfind("rows/row"))) for section in root})


def _rows(rows: Iterable[Any]) -> Iterable[Fields]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise FormRefused(Remark(Reason.TOO_LARGE, about=str(MOST_ROWS)))
        yield {field.tag: (field.text or "").strip() for field in row}
