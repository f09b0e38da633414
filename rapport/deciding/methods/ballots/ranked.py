"""Ballots on which options are ranked, the same ballots together with their number."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

Ranking = tuple[tuple[int, ...], ...]  # levels of equal rank, the first preference first


@dataclass(frozen=True)
class Ranked:
    """`ballots` are distinct rankings of positions in `names` and how many voters cast each."""

    names: tuple[str, ...]
    ballots: tuple[tuple[Ranking, int], ...]
    withdrawn: frozenset[int] = frozenset()

    @classmethod
    def of(cls, rankings: Iterable[Sequence[str]], names: Sequence[str] = ()) -> "Ranked":
        """From strict rankings by name; without `names`, the options are those that are ranked, by the alphabet."""
        given = [tuple(ranking) for ranking in rankings]
        known = tuple(names) or tuple(sorted({name for ranking in given for name in ranking}))
        position = {name: at for at, name in enumerate(known)}
        return cls.counted(known, ((tuple((position[name],) for name in ranking), 1) for ranking in given))

    @classmethod
    def counted(
        cls, names: Sequence[str], ballots: Iterable[tuple[Ranking, int]], withdrawn: Iterable[int] = ()
    ) -> "Ranked":
        """Raises ValueError where an option stands twice on one ballot, or there are no options."""
        if not names or len(set(names)) < len(names):
            raise ValueError("there are no options, or two of the same name")
        together: Counter[Ranking] = Counter()
        for ranking, count in ballots:
            flat = [at for level in ranking for at in level]
            if len(set(flat)) < len(flat):
                raise ValueError("an option stands twice on a ballot")
            together[ranking] += count
        return cls(tuple(names), tuple(together.items()), frozenset(withdrawn))

    @cached_property
    def total(self) -> int:
        """All ballots, those without any preference too."""
        return sum(count for _ranking, count in self.ballots)

    def strict(self) -> list[tuple[tuple[int, ...], int]]:
        """The ballots as plain orders, without whoever has withdrawn. Raises ValueError where two ranks are equal."""
        if any(len(level) > 1 for ranking, _count in self.ballots for level in ranking):
            raise ValueError("this method cannot count equal ranks")
        return [
            (tuple(level[0] for level in ranking if level[0] not in self.withdrawn), count)
            for ranking, count in self.ballots
        ]

    def running(self) -> list[int]:
        return [at for at in range(len(self.names)) if at not in self.withdrawn]
