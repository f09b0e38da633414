"""The rules of a vote as they were fixed with its first ballot: plain values, read from the row that keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from rapport.deciding.methods.ballots import Beforehand
from rapport.lib.translated import Words, words


@dataclass(frozen=True)
class FixedOption:
    """One answer that could be given; `name` is what the count, its log and its files call it, in any language."""

    id: str
    number: int
    name: str
    title: Words
    cost: Decimal | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True)
class FixedRules:
    """What was said before anybody voted. `said` is the JSON that it was kept as."""

    said: Mapping[str, Any]

    @property
    def method(self) -> str:
        return str(self.said["method"])

    @property
    def most(self) -> int | None:
        return self.said["most"]  # type: ignore[no-any-return]  # plain JSON

    @property
    def budget(self) -> Decimal | None:
        return Decimal(self.said["budget"]) if self.said.get("budget") else None

    @cached_property
    def options(self) -> list[FixedOption]:
        return [
            FixedOption(
                id=one["id"],
                number=number,
                name=one["name"],
                title=words(one["title"]),
                cost=Decimal(one["cost"]) if one["cost"] else None,
                starts_at=datetime.fromisoformat(one["starts_at"]) if one["starts_at"] else None,
            )
            for number, one in enumerate(self.said["options"], 1)
        ]

    @cached_property
    def names(self) -> dict[str, str]:
        return {option.id: option.name for option in self.options}

    @property
    def beforehand(self) -> Beforehand:
        said = self.said
        return Beforehand(
            seats=said["seats"],
            quorum=said["quorum"] or 0,
            seed=said["seed"],
            majority=Fraction(said["majority"]),
            most=said["most"],
            objections=said["objections"],
        )


def name_of(number: int, title: Mapping[str, str], first: str) -> str:
    """What an option is called in counts and files: unique, one line, in the house's first language."""
    line = " ".join(str(title.get(first) or next(iter(title.values()), "")).split())
    return f"{number}. {line}".replace('"', "'")
