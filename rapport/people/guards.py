"""The doors of the house: each view says who may come in, and the walk through all addresses reads it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rapport.lib.doors import anyone
from rapport.people.models import Person
from rapport.people.permissions import allow

__all__ = ["PersonRequest", "allow", "anyone", "signed_in", "staff_may"]

View = Callable[..., HttpResponseBase]
SIGNED_IN = "signed in"


class PersonRequest(HttpRequest):
    """A request whose sender is known; for the type checker."""

    user: Person


def signed_in(view: View) -> View:
    """Anyone with an account; a visitor is asked to sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.door = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def staff_may(permission: str) -> Callable[[View], View]:
    """Only those whose role has the permission. Whether it reaches this very thing, the view asks of the thing."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.door = permission  # type: ignore[attr-defined]
        return guarded

    return door
