"""How far people who sorted the same things agree: Krippendorff's alpha for names (nominal), any number of coders.

Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); its two nominal examples are tests. 1 is full
agreement, 0 is what chance gives; he asks for 0.8, and 0.667 at least for tentative conclusions.

Limits: a coder who gives every voice the same code leaves nothing to tell apart, and alpha is then not defined (None).
What was coded by one person only does not count.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

Code = Hashable | None  # None: this coder did not code it

GOOD, TENTATIVE = 0.8, 0.667


def alpha(coders: Sequence[Sequence[Code]]) -> float | None:
    """One row a coder, one place a thing. None where there is nothing to compare."""
    coincidences: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for codes in zip(*coders, strict=True):
        given = [code for code in codes if code is not None]
        if len(given) < 2:
            continue
        counts = Counter(given)
        for one, n in counts.items():
            for other, m in counts.items():
                coincidences[one, other] += n * (m - (one == other)) / (len(given) - 1)
    return _alpha(coincidences)


def _alpha(coincidences: Mapping[tuple[Hashable, Hashable], float]) -> float | None:
    marginals: dict[Hashable, float] = defaultdict(float)
    for (one, _other), weight in coincidences.items():
        marginals[one] += weight
    total = sum(marginals.values())
    expected = total * total - sum(n * n for n in marginals.values())
    if total < 2 or expected <= 0:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (total - 1) * observed / expected


def alpha_by_code(coders: Sequence[Sequence[Code]]) -> dict[Hashable, float | None]:
    """For each code alone: do they agree about what it is and what it is not?"""
    codes = dict.fromkeys(code for row in coders for code in row if code is not None)
    return {code: alpha([[None if each is None else each == code for each in row] for row in coders]) for code in codes}


def disagreements(coders: Sequence[Sequence[Code]]) -> list[int]:
    """The things to which at least two coders gave different codes."""
    columns = zip(*coders, strict=True)
    return [i for i, codes in enumerate(columns) if len({code for code in codes if code is not None}) > 1]
