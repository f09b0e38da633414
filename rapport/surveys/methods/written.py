"""A questionnaire as JSON and back. What is empty is left out, so that a stored edition reads like what was written."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from .conditions import condition_as_json, condition_from_json
from .questionnaire import Choice, Kind, Line, Page, Question, Questionnaire

T = TypeVar("T", Choice, Line, Page, Question, Questionnaire)
_CONDITIONS = {"when", "must"}
_PARTS: dict[str, type[Any]] = {
    "pages": Page,
    "questions": Question,
    "choices": Choice,
    "rows": Line,
    "aspects": Line,
}


def as_json(part: Questionnaire | Page | Question | Choice | Line) -> dict[str, Any]:
    least = {name: getattr(part, name) for name in ("key", "kind", "code") if hasattr(part, name)}
    plain = type(part)(**least)  # what a bare one has need not be written
    return {
        one.name: _written(one.name, value)
        for one in fields(part)
        if (value := getattr(part, one.name)) != getattr(plain, one.name) or one.name in least
    }


def _written(name: str, value: Any) -> Any:
    if name in _CONDITIONS:
        return condition_as_json(value)
    if name in _PARTS:
        return [as_json(part) for part in value]
    return str(value) if isinstance(value, Kind) else value


def from_json(data: Mapping[str, Any]) -> Questionnaire:
    """Raises ValueError (or TypeError) where the data are no questionnaire."""
    return read(Questionnaire, data)


def read(part: type[T], data: Mapping[str, Any]) -> T:
    known = {one.name for one in fields(part)}
    if unknown := set(data) - known:
        raise ValueError(f"{part.__name__} has no {', '.join(sorted(unknown))}")
    return part(**{name: _read(name, value) for name, value in data.items()})


def _read(name: str, value: Any) -> Any:
    if name in _CONDITIONS:
        return condition_from_json(value)
    if name in _PARTS:
        return [read(_PARTS[name], one) for one in value]
    return Kind(value) if name == "kind" else value
