"""Every address says who may open it; a test walks all of them. Doors for roles are in `people.guards`."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"


def anyone(view: View) -> View:
    """Open to all, signed in or not."""
    view.door = ANYONE  # type: ignore[attr-defined]
    return view


def secret_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only the holder of a secret link sees it: nothing on the way may remember or tell the address."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": browsers then send "Origin: null", and our own forms on these pages are refused.
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(kept)
