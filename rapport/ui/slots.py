"""Lines that an upper area adds to a lower area's page: `slots.add("listening.voice.aside", ...)`."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

# A function gets the request and the thing, and answers with safe HTML or "";
# a template gets the thing as `object`.
Line = Callable[[HttpRequest | None, Any], str] | str

_lines: dict[str, list[tuple[int, Line]]] = defaultdict(list)


def add(name: str, line: Line, *, order: int = 50) -> None:
    if all(line != other for _, other in _lines[name]):
        _lines[name].append((order, line))
        _lines[name].sort(key=lambda pair: pair[0])


def remove(name: str, line: Line) -> None:
    _lines[name] = [pair for pair in _lines[name] if pair[1] != line]


def count(name: str) -> int:
    """How many lines there are."""
    return len(_lines.get(name, ()))


def fill(name: str, thing: object, context: Context) -> SafeString:
    request = context.get("request")
    return mark_safe("".join(_render(line, thing, request) for _, line in _lines.get(name, ())))


def _render(line: Line, thing: object, request: HttpRequest | None) -> str:
    if isinstance(line, str):
        return render_to_string(line, {"object": thing}, request)
    return conditional_escape(line(request, thing) or "")
