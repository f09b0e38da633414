"""The column cache of surveys: how long it takes to fill, and how long a million answers take to count.

The database gets a part of the answers (`--fill`) through `bulk_create`, to measure how fast the cache is filled. The
million is written straight into the cache, and as rows without answers into the database, so that the look at how many
answers there are, which every page takes, is measured at its full size too.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from _ground import branches, fresh_house

_EMPTY = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
INSERT INTO surveys_response
  (id, survey_id, edition_id, answers, "on", channel, language, is_shuffled, is_doubtful, stratum)
SELECT lower(hex(randomblob(16))), %s, %s, '{}', %s, 'web', 'en', 1, 0, '' FROM n
"""
CODES = ["a", "b", "c", "d", "e"]


def questions() -> Any:
    from rapport.surveys.methods import Choice, Kind, Page, Question, Questionnaire

    choices = [Choice(code=code, words={"en": code}) for code in CODES]
    kinds = [Kind.SINGLE] * 16 + [Kind.SCALE] * 16 + [Kind.MULTIPLE] * 6 + [Kind.NUMBER] * 2
    asked = [
        Question(key=f"q{number}", kind=kind, words={"en": "?"}, choices=choices if kind != Kind.SCALE else [])
        for number, kind in enumerate(kinds)
    ]
    return Questionnaire(title={"en": "Forty questions"}, pages=[Page(key="one", questions=asked)])


def begin(name: str) -> Any:
    from rapport.surveys.models import Survey

    survey = Survey.objects.begin(questions(), by=None)
    survey.open(by=None)
    print(f"{name}: {sum(1 for _one in questions().questions())} questions")
    return survey


def fill(survey: Any, how_many: int) -> None:
    import random

    from rapport.insight.columns import read_columns
    from rapport.surveys.models import Response

    dice, places = random.Random(3), branches()
    plain = {"survey": survey, "edition": survey.edition, "channel": "web", "language": "en"}

    def row() -> dict[str, Any]:
        one: dict[str, Any] = {f"q{n}": dice.choice(CODES) for n in range(16)}
        one |= {f"q{n}": dice.randint(1, 5) for n in range(16, 32)}
        one |= {f"q{n}": dice.sample(CODES, 2) for n in range(32, 38)}
        return one | {"q38": dice.randint(1, 9), "q39": dice.random()}

    for start in range(0, how_many, 2000):
        on = date.today() - timedelta(days=start // 2000)
        made = [Response(answers=row(), on=on, branch=dice.choice(places), **plain) for _n in range(2000)]
        Response.objects.bulk_create(made)
    took = timed(lambda: read_columns(survey), 1)
    print(f"  filled with {how_many:,} answers out of the database: {took:.2f} s ({how_many / took:,.0f} a second)")
    again = timed(lambda: read_columns(survey), 5)
    print(f"  looked at again when nothing is new: {again * 1000:.1f} ms")
    Response.objects.create(answers=row(), on=date.today(), **plain)
    print(f"  one more answer on a day with 2,000: {timed(lambda: read_columns(survey), 1) * 1000:.1f} ms")


def straight(survey: Any, how_many: int, days: int) -> None:
    """A million answers into the files of the cache, and as many empty rows into the database."""
    import numpy as np
    from django.db import connection

    from rapport.insight.columns.cache import folder_of
    from rapport.insight.columns.encoding import FACETS, KEY, encoders
    from rapport.insight.columns.partition import Block, write

    dice, per_day = np.random.default_rng(5), how_many // days
    for number in range(days):
        day = date.today() - timedelta(days=number)
        arrays: dict[str, Any] = {KEY: dice.integers(0, 256, (per_day, 16), dtype=np.uint8)}
        for name in encoders(questions()):
            arrays[name] = dice.random(per_day) if name in {"q38", "q39"} else _codes(dice, name, per_day)
        arrays |= {name: np.zeros(per_day, np.int16) for name in FACETS}
        levels = {name: ["1"] for name in FACETS}
        write(folder_of(survey) / f"{day.isoformat()}.columns", [Block(1, arrays, levels)])
        with connection.cursor() as cursor:
            cursor.execute(_EMPTY, [per_day, survey.pk, survey.edition.pk, day.isoformat()])


def _codes(dice: Any, name: str, n: int) -> Any:
    import numpy as np

    return dice.integers(-1, 2 if "=" in name else 5, n, dtype=np.int8)


def count(survey: Any) -> None:
    import numpy as np

    from rapport.insight.columns import cache, read_columns
    from rapport.insight.methods.estimating.crosstabs import crosstab

    looked = timed(lambda: (cache._recent.clear(), read_columns(survey)), 3)
    columns = read_columns(survey)
    weights = np.random.default_rng(1).uniform(0.3, 3, columns.n)
    squares = weights * weights
    print(f"  {columns.n:,} answers; a look at the database how many there are: {looked * 1000:.0f} ms")

    def table() -> None:
        fresh = read_columns(survey)
        crosstab(fresh.codes("q0"), fresh.codes("q16"), levels=(5, 5), weights=weights, squares=squares)

    def book() -> None:
        fresh = read_columns(survey)
        for column in fresh.columns():
            if column.is_many:
                for level in column.levels():
                    crosstab(fresh.chosen(column.name, level), levels=(2, 1), weights=weights, squares=squares)
            elif column.is_coded:
                crosstab(fresh.codes(column.name), levels=(5, 1), weights=weights, squares=squares)
            else:
                np.nansum(fresh.values(column.name) * weights)

    print(f"  a weighted table of one question by another: {timed(table, 7) * 1000:.0f} ms")
    print(f"  weighted counts of all forty questions: {timed(book, 3):.2f} s")
    size = sum(path.stat().st_size for path in cache.folder_of(survey).iterdir())
    print(f"  files: {size / 1e6:.0f} MB; most memory of this process: {_memory():.2f} GB")


def timed(act: Callable[[], Any], times: int) -> float:
    """The median, in seconds of the clock."""
    took = []
    for _time in range(times):
        start = time.perf_counter()
        act()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--fill", type=int, default=20_000)
    asked.add_argument("--answers", type=int, default=1_000_000)
    asked.add_argument("--days", type=int, default=50)
    wanted = asked.parse_args()
    fresh_house()
    fill(begin("Into the database"), wanted.fill)
    large = begin("Straight into the cache")
    straight(large, wanted.answers, wanted.days)
    count(large)


if __name__ == "__main__":
    main()
