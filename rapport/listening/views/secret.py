"""Pages that only the holder of a secret link sees: nothing on the way may remember or tell the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def secret_page(view: View) -> View:
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": browsers then send "Origin: null", and our own forms on these pages are refused.
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(kept)
