"""Addresses by their nouns: an area is asked only for an address that begins as one of its own does.

Django tries one pattern after the other, some hundreds in a house with many areas; a look into a set is enough to pass
an area by. What is found, and in which order, stays the same.
"""

from functools import cached_property
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

_DESK = "desk"


class Nouns(RoutePattern):
    """Matches like `path("")`, if the first part of the address (behind `desk/`, the second) is one of an area's."""

    def __init__(self, patterns: list[URLPattern | URLResolver]) -> None:
        super().__init__("")
        self.patterns = patterns

    @cached_property
    def nouns(self) -> set[str]:
        return {_noun(str(pattern.pattern)) for pattern in self.patterns}

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        nouns = self.nouns
        if _noun(path) in nouns or "" in nouns:
            return super().match(path)
        return None


def _noun(address: str) -> str:
    """The part that names a thing; "" where it is written by a placeholder, and so could be any."""
    first, _slash, rest = address.partition("/")
    noun = f"{first}/{rest.partition('/')[0]}" if first == _DESK else first
    return "" if "<" in noun or not noun else noun


def area(module: str) -> URLResolver:
    """The addresses of an area, from its module with `app_name` and `urlpatterns`."""
    urls = import_module(module)
    name = urls.app_name
    return URLResolver(Nouns(urls.urlpatterns), urls, {}, app_name=name, namespace=name)
