"""What is rising, falling or new: each thing's latest count against its own history and season, many tested at once.

A thing (a phrase, a theme, a place) that was counted in earlier periods has a rate per voice with a gamma posterior;
the count expected now is gamma-Poisson (negative binomial), widened where its own past scatters more than Poisson
(McCullagh and Nelder 1989, 9.2). A change is only believed when it stands against the last year *and*, where there are
earlier years, against the same season of them: the larger of the two p-values is valid for both (Berger 1982). Over all
things and both directions the false discovery rate is held by Benjamini and Hochberg (1995).

Limits: things that hang together (a word and a phrase with it) are counted as if apart, which the procedure allows for
positive dependence (Benjamini and Yekutieli 2001). A change of less than about three times is not seen in rare things.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
YEAR = 52  # periods: weeks, unless said otherwise
FEWEST_PERIODS = 8
_NEAR = 2  # as many periods to each side are the same season
_PRIOR = 0.5  # Jeffreys' prior for a rate: half a count
_DENSE = 30  # counts from which a thing's own scatter can be told from chance


@dataclass(frozen=True)
class Change:
    """One thing whose latest count is not what its past lets expect. `q` is the rate of false alarms up to this one."""

    thing: int
    count: int
    expected: float
    p: float
    q: float
    is_rise: bool
    is_new: bool = False


@dataclass(frozen=True)
class Tails:
    """For each thing (things,): the chance of so many or more, of so few or fewer, and the count expected."""

    up: Floats
    down: Floats
    expected: Floats


def changed(
    counts: ArrayLike, volume: ArrayLike, *, rate: float = 0.1, year: int = YEAR, least: int = 5
) -> list[Change]:
    """The things that changed in the last period, surest first.

    `counts` (things, periods) says how often each was counted, oldest first; `volume` (periods,) how many voices there
    were in all. Things counted fewer than `least` times in all are not tested. Of what is given, on average at most a
    share of `rate` is a false alarm. Raises ValueError for shapes that do not fit, fewer than eight periods, or a rate
    outside 0 to 1.
    """
    table, voices = np.asarray(counts, dtype=np.float64), np.asarray(volume, dtype=np.float64)
    if table.ndim != 2 or voices.shape != table.shape[1:] or len(voices) < FEWEST_PERIODS:
        raise ValueError("counts is (things, periods) and volume (periods,), of at least eight periods")
    if not 0 < rate < 1:
        raise ValueError("rate is between 0 and 1")
    tested = np.flatnonzero(table.sum(axis=1) >= least)
    if not len(tested) or voices[-1] <= 0:
        return []
    found = tails(table[tested], voices, year=year)
    q_values = adjusted(np.concatenate([found.up, found.down]))
    changes = [
        Change(
            thing=int(tested[place]),
            count=int(table[tested[place], -1]),
            expected=float(found.expected[place]),
            p=float(tail[place]),
            q=float(q_values[start + place]),
            is_rise=is_rise,
            is_new=is_rise and not table[tested[place], :-1].any(),
        )
        for is_rise, tail, start in ((True, found.up, 0), (False, found.down, len(tested)))
        for place in np.flatnonzero(q_values[start : start + len(tested)] <= rate)
    ]
    return sorted(changes, key=lambda change: change.p)


def tails(counts: ArrayLike, *volumes: ArrayLike, year: int = YEAR) -> Tails:
    """How surprising each thing's latest count is, before the false alarms of many tests are held.

    `counts` is (things, periods); a volume, (periods,) or (things, periods), is what each is a share of. With several
    volumes a change must stand against each of them: the largest p-value is valid for all (Berger 1982), and the
    count expected is that of the first. Where there was nothing to be a share of, now or before, nothing is
    surprising: both chances are 1.
    """
    table = np.asarray(counts, dtype=np.float64)
    found = [_tails(table, np.broadcast_to(np.asarray(one, dtype=np.float64), table.shape), year) for one in volumes]
    return Tails(
        np.max([one.up for one in found], axis=0), np.max([one.down for one in found], axis=0), found[0].expected
    )


def usual(counts: ArrayLike, volume: ArrayLike, *, year: int = YEAR, level: float = 0.95) -> tuple[Floats, Floats]:
    """Between which counts each of the last `year` + 1 periods would lie in `level` of cases (things, periods) each.

    The rate is that of the year before the latest period; the season is not in it.
    """
    table = np.asarray(counts, dtype=np.float64)
    voices = np.broadcast_to(np.asarray(volume, dtype=np.float64), table.shape)
    first = max(0, table.shape[1] - 1 - year)
    past, before = table[:, first:-1], voices[:, first:-1]
    shape = past.sum(axis=1, keepdims=True) + _PRIOR
    mean = voices[:, first:] * shape / _above_nothing(before.sum(axis=1, keepdims=True))
    size, chance = _negative_binomial(mean, _scatter(past, before)[:, None], shape)
    edge = (1 - level) / 2
    low, high = stats.nbinom.ppf(edge, size, chance), stats.nbinom.ppf(1 - edge, size, chance)
    return np.where(mean > 0, low, 0.0), np.where(mean > 0, high, 0.0)


def _tails(table: Floats, voices: Floats, year: int) -> Tails:
    latest, now = table[:, -1], voices[:, -1]
    recent = slice(max(0, table.shape[1] - 1 - year), table.shape[1] - 1)
    up, down, expected = _against(table[:, recent], voices[:, recent], latest, now)
    season = _same_season(table.shape[1], year)
    if len(season):
        scatter = _scatter(table[:, recent], voices[:, recent])
        season_up, season_down, _expected = _against(table[:, season], voices[:, season], latest, now, scatter)
        is_known = voices[:, season].sum(axis=1) > 0
        up = np.where(is_known, np.maximum(up, season_up), up)
        down = np.where(is_known, np.maximum(down, season_down), down)
    can_tell = (now > 0) & (voices[:, recent].sum(axis=1) > 0)
    return Tails(np.where(can_tell, up, 1.0), np.where(can_tell, down, 1.0), np.where(can_tell, expected, 0.0))


def _same_season(periods: int, year: int) -> NDArray[np.intp]:
    """The periods about one, two and more years ago."""
    middles = range(periods - 1 - year, -1, -year)
    near = {middle + step for middle in middles for step in range(-_NEAR, _NEAR + 1)}
    return np.array(sorted(place for place in near if 0 <= place < periods - 1), dtype=np.intp)


def _against(
    past: Floats, voices: Floats, latest: Floats, now: Floats, scatter: Floats | None = None
) -> tuple[Floats, Floats, Floats]:
    shape = past.sum(axis=1) + _PRIOR
    mean = _above_nothing(now) * shape / _above_nothing(voices.sum(axis=1))
    spread = _scatter(past, voices) if scatter is None else scatter
    size, chance = _negative_binomial(mean, spread, shape)
    return stats.nbinom.sf(latest - 1, size, chance), stats.nbinom.cdf(latest, size, chance), mean


def _negative_binomial(mean: Floats, spread: Floats, shape: Floats) -> tuple[Floats, Floats]:
    """Size and chance of the count: its own variance, and that of not knowing the rate."""
    mean = _above_nothing(mean)
    size = mean**2 / (spread * mean + mean**2 / shape - mean)
    return size, size / (size + mean)


def _above_nothing(values: Floats) -> Floats:
    return np.where(values > 0, values, 1.0)


def _scatter(past: Floats, voices: Floats) -> Floats:
    """How many times wider than Poisson each thing's past is (things,), never below 1; the rare ones share theirs."""
    totals = past.sum(axis=1)
    shares = voices / _above_nothing(voices.sum(axis=1, keepdims=True))
    expected = totals[:, None] * shares
    filled = np.where(expected > 0, expected, 1.0)
    squares = ((past - expected) ** 2 / filled).sum(axis=1)
    own = squares / np.maximum(1, np.count_nonzero(voices, axis=1) - 1)
    dense = totals >= _DENSE
    shared = max(1.0, float(own[dense].mean())) if dense.any() else 1.0
    return np.where(dense, np.maximum(own, shared), shared)


def adjusted(p_values: ArrayLike) -> Floats:
    """Benjamini and Hochberg's adjusted p-values, in the order given (n,)."""
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p)[::-1]
    steps = p[order] * len(p) / np.arange(len(p), 0, -1)
    out = np.empty_like(p)
    out[order] = np.minimum(1.0, np.minimum.accumulate(steps))
    return out
