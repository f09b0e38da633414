"""Each answer as a file: CSV, XLSX, SPSS and Parquet, with the label, in an order by chance.

Of anonymous answers no date is finer than the month, and nothing leads from a line to the database.
"""

import json
import random
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import numpy as np
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from rapport.insight.results.codebook import WEIGHT, Entry, codebook_of, numbered
from rapport.insight.results.ground import Ground
from rapport.lib.exports import file_response, safe_cell
from rapport.surveys.methods import Kind
from rapport.surveys.models import Response

KINDS = ("csv", "xlsx", "sav", "parquet")
_LONGEST_NAME = 64
_AT_ONCE = 500
Value = Any


def warned(ground: Ground) -> list[Entry]:
    """Variables by which somebody might be found."""
    return [entry for entry in codebook_of(ground) if entry.is_telling]


def file_of(ground: Ground, kind: str) -> HttpResponseBase:
    book = codebook_of(ground)
    name = f"{ground.survey.slug}-answers"
    if kind in {"csv", "xlsx"}:
        header = [*(entry.name for entry in book), _("month"), _("label")]
        return file_response(kind, name, header, _lines(ground, book))
    made = {"sav": _as_sav, "parquet": _as_parquet}[kind](ground, book)
    response = HttpResponse(made, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _lines(ground: Ground, book: list[Entry]) -> Iterator[list[Value]]:
    """Codes as people wrote the questionnaire; the label stands in each line, so it cannot be lost."""
    columns = [_in_words(ground, entry) for entry in book]
    months = _months(ground)
    for place in _by_chance(ground.columns.n):
        yield [*(column[place] for column in columns), months[place], ground.label]


def _in_words(ground: Ground, entry: Entry) -> list[Value]:
    """The values as texts and numbers, None where nothing was answered."""
    if entry.column is not None and entry.column.is_coded and not entry.level:
        levels = [*entry.column.levels(), None]
        return [levels[code] for code in ground.columns.codes(entry.name)]
    return _numbers_or_words(ground, entry)


def _numbers_or_words(ground: Ground, entry: Entry) -> list[Value]:
    column = entry.column
    if entry.name == WEIGHT and column is None:
        weights = ground.weights
        return [] if weights is None else [round(float(one), 6) for one in weights / weights.mean()]
    if column is None:
        facet = ground.columns.facet(entry.name[1:])
        levels = [*facet.levels, None]
        return [levels[code] for code in facet.codes]
    if entry.level:
        chosen = ground.columns.chosen(column.name, entry.level)
        nothing = 0 if column.question.kind == Kind.RANKING else -1
        return [None if code <= min(nothing, -1) or (nothing == 0 and code == 0) else int(code) for code in chosen]
    if column.is_own_words:
        return _own_words(ground, column.name)
    if column.question.kind == Kind.DATE:
        return [_day(ground, int(day)) for day in ground.columns.days(column.name)]
    return [None if np.isnan(one) else float(one) for one in ground.columns.values(column.name)]


def _day(ground: Ground, day: int) -> str | None:
    """A date that somebody gave: the month is enough where answers are anonymous."""
    if day < 0:
        return None
    text = date.fromordinal(day).isoformat()
    return text if ground.survey.is_named else text[:7]


def _own_words(ground: Ground, name: str) -> list[str | None]:
    keys = ground.columns.keys(ground.everybody)
    said: dict[bytes, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = [UUID(bytes=key) for key in keys[start : start + _AT_ONCE]]
        rows = Response.objects.filter(pk__in=some).values_list("pk", "edition__number", "answers")
        for key, edition, answers in rows:
            words = answers.get(ground.columns.name_in(edition, name) or "")
            if words:
                said[key.bytes] = str(words)
    return [said.get(key) for key in keys]


def _months(ground: Ground) -> list[str]:
    days = {int(day): date.fromordinal(int(day)).isoformat()[:7] for day in np.unique(ground.columns.on)}
    return [days[int(day)] for day in ground.columns.on]


def _by_chance(n: int) -> list[int]:
    order = list(range(n))
    random.SystemRandom().shuffle(order)
    return order


def _as_sav(ground: Ground, book: list[Entry]) -> bytes:
    """SPSS: numbers with their labels, measures, the label of the whole file and as a note."""
    import pandas as pd
    import pyreadstat

    names = _short_names(entry.name for entry in book)
    order = _by_chance(ground.columns.n)
    frame = pd.DataFrame(index=range(len(order)))
    labels: dict[str, Any] = {}
    for entry, name in zip(book, names, strict=True):
        values, said = _for_spss(ground, entry)
        frame[name] = [values[place] for place in order]
        if said:
            labels[name] = said
    months = _months(ground)
    frame["month"] = [months[place] for place in order]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        pyreadstat.write_sav(
            frame,
            str(path),
            file_label=ground.label[:64],
            note=[ground.label[:80]],
            column_labels=[*(entry.words[:255] for entry in book), str(_("Month"))],
            variable_value_labels=labels,
            variable_measure={name: entry.measure for entry, name in zip(book, names, strict=True)},
        )
        return path.read_bytes()


def _for_spss(ground: Ground, entry: Entry) -> tuple[list[Value], dict[float | str, str]]:
    """Values as numbers with labels where they are coded, else as they are."""
    column = entry.column
    if column is not None and column.is_coded and not entry.level:
        codes = [*(float(code) for code, _level in numbered(column)), float("nan")]
        return [codes[code] for code in ground.columns.codes(column.name)], {
            float(code): words[:120] for code, words in entry.codes
        }
    values = _numbers_or_words(ground, entry)
    if any(isinstance(value, str) for value in values):
        return [value or "" for value in values], {code: words[:120] for code, words in entry.codes}
    numbers = [float("nan") if value is None else float(value) for value in values]
    return numbers, {float(code): words[:120] for code, words in entry.codes if entry.level}


def _short_names(names: Iterable[str]) -> list[str]:
    """Names that SPSS takes: letters, digits and low lines, each once."""
    taken: set[str] = set()
    found = []
    for name in names:
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
        plain = (plain if plain[:1].isalpha() else f"v{plain}")[: _LONGEST_NAME - 4]
        number, one = 1, plain
        while one.lower() in taken:
            number += 1
            one = f"{plain}_{number}"
        taken.add(one.lower())
        found.append(one)
    return found


def _as_parquet(ground: Ground, book: list[Entry]) -> bytes:
    """Parquet by DuckDB; label and codebook stand in the file's own metadata and the label in each line."""
    import duckdb
    import pandas as pd

    order, months = _by_chance(ground.columns.n), _months(ground)
    frame = pd.DataFrame(index=range(len(order)))
    for entry in book:
        values = _in_words(ground, entry)
        frame[entry.name] = [values[place] for place in order]
    frame["month"] = [months[place] for place in order]
    frame["label"] = ground.label
    told = {entry.name: {"words": entry.words, "values": dict(entry.codes)} for entry in book}
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "answers.parquet"
        connection.register("answers", frame)
        label, codebook = _quoted(ground.label), _quoted(json.dumps(told, ensure_ascii=False))
        connection.execute(
            f"COPY answers TO '{path}' (FORMAT parquet, KV_METADATA {{label: {label}, codebook: {codebook}}})"
        )
        return path.read_bytes()


def _quoted(text: str) -> str:
    return "'" + str(safe_cell(text) or "").replace("'", "''") + "'"
