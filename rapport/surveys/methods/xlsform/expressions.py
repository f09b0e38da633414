"""The formulas of XLSForm, parsed: a part of XPath 1.0 as ODK uses it. What they mean for us is in `meaning`."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<reference>\$\{\s*[\w.\-]+\s*\}) | (?P<beside>(?:\.\./)+[A-Za-z_][\w.\-]*)
    | (?P<number>\d+(?:\.\d*)?|\.\d+)     | (?P<text>'[^']*'|"[^"]*")
    | (?P<itself>\.(?![\w./]))            | (?P<name>[A-Za-z_][\w\-]*(?::[A-Za-z][\w\-]*)?(?:\.[\w\-]+)*)
    | (?P<sign><=|>=|!=|[=<>()+*,\-|\[\]/])
    )""",
    re.VERBOSE,
)
_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_DEEPEST = 50


class NotUnderstood(ValueError):
    """The formula is none that we read."""


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Number:
    value: str  # as it was written, so that 2.50 stays 2.50


@dataclass(frozen=True)
class Reference:
    name: str


@dataclass(frozen=True)
class Itself:
    pass


@dataclass(frozen=True)
class Name:
    """A bare name: in the filter of choices, a column of the choices."""

    name: str


@dataclass(frozen=True)
class Call:
    name: str
    of: tuple["Formula", ...]


@dataclass(frozen=True)
class Joined:
    """Several parts joined by "and" or by "or"."""

    by: str
    parts: tuple["Formula", ...]


@dataclass(frozen=True)
class Compared:
    sign: str
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True)
class Reckoned:
    sign: str
    left: "Formula"
    right: "Formula"


Formula = Text | Number | Reference | Itself | Name | Call | Joined | Compared | Reckoned


def parse(said: str) -> Formula:
    """Raises NotUnderstood."""
    parser = _Parser(_tokens(said.translate(_CURLY)))
    whole = parser.joined_by_or()
    if parser.ahead[0]:
        raise NotUnderstood(parser.ahead[1])
    return whole


def references_in(said: str) -> list[str]:
    """The names of all `${questions}` in a formula or in words."""
    return re.findall(r"\$\{\s*([\w.\-]+)\s*\}", said)


def _tokens(said: str) -> list[tuple[str, str]]:
    tokens, place = [], 0
    said = said.strip()
    while place < len(said):
        found = _TOKEN.match(said, place)
        if not found:
            raise NotUnderstood(said[place : place + 20])
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        place = found.end()
    return tokens


class _Parser:
    """Recursive descent, the loosest binding first."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = [*tokens, ("", "")]
        self._at = 0
        self._depth = 0

    @property
    def ahead(self) -> tuple[str, str]:
        return self._tokens[self._at]

    def _next(self) -> tuple[str, str]:
        token = self.ahead
        self._at += 1
        return token

    def _took(self, *wanted: str) -> str:
        """The sign or word, if one of these comes next."""
        kind, value = self.ahead
        if kind in {"sign", "name"} and value in wanted:
            self._at += 1
            return value
        return ""

    def joined_by_or(self) -> Formula:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotUnderstood("(((")
        parts = [self._joined_by_and()]
        while self._took("or"):
            parts.append(self._joined_by_and())
        self._depth -= 1
        return Joined("or", tuple(parts)) if len(parts) > 1 else parts[0]

    def _joined_by_and(self) -> Formula:
        parts = [self._compared()]
        while self._took("and"):
            parts.append(self._compared())
        return Joined("and", tuple(parts)) if len(parts) > 1 else parts[0]

    def _compared(self) -> Formula:
        left = self._sum()
        while sign := self._took("=", "!=", "<", ">", "<=", ">="):
            left = Compared(sign, left, self._sum())
        return left

    def _sum(self) -> Formula:
        left = self._product()
        while sign := self._took("+", "-"):
            left = Reckoned(sign, left, self._product())
        return left

    def _product(self) -> Formula:
        left = self._single()
        while sign := self._took("*", "div", "mod"):
            left = Reckoned(sign, left, self._single())
        return left

    def _single(self) -> Formula:  # noqa: PLR0911 - one for each form
        kind, value = self._next()
        match kind:
            case "text":
                return Text(value[1:-1])
            case "number":
                return Number(value)
            case "reference":
                return Reference(value[2:-1].strip())
            case "beside":
                return Reference(value.rsplit("/", 1)[1])
            case "itself":
                return Itself()
            case "name":
                return Call(value, self._arguments()) if self._took("(") else Name(value)
        if value == "-" and self.ahead[0] == "number":
            return Number(f"-{self._next()[1]}")
        if value == "(":
            inner = self.joined_by_or()
            if self._took(")"):
                return inner
        raise NotUnderstood(value or "…")

    def _arguments(self) -> tuple[Formula, ...]:
        if self._took(")"):
            return ()
        found = [self.joined_by_or()]
        while self._took(","):
            found.append(self.joined_by_or())
        if not self._took(")"):
            raise NotUnderstood(self.ahead[1])
        return tuple(found)
