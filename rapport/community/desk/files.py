"""A table in an upload, read whole and defensively into a grid of plain text."""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rapport.lib.tables import Table, UnreadableTable

MOST_BYTES = 8_000_000
MOST_CELLS = 400_000
Grid = list[list[str]]


@dataclass(frozen=True)
class Uploaded:
    name: str
    grid: Grid


class TableField(forms.FileField):
    """A file with a table; its clean value is an `Uploaded`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 8 MB. Please download fewer areas or tables at once.")
            )
        return Uploaded(Path(file.name).name[:200], _grid(file))


def _grid(file: Any) -> Grid:
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix.lower()[:6]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        try:
            grid = Table(Path(kept.name)).grid(most=MOST_CELLS)
        except UnreadableTable as problem:
            raise forms.ValidationError(
                _("This file cannot be read as a table. %(why)s") % {"why": problem}
            ) from problem
    return [[_text(cell) for cell in row] for row in grid]


def _text(cell: str | datetime | date) -> str:
    return cell.replace("\x00", "") if isinstance(cell, str) else cell.isoformat()
