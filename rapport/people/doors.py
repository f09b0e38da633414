"""The doors of one's own account, on every page, and what happens when somebody comes in."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from rapport.people.models import Person


def account_doors(request: HttpRequest | None, _thing: object) -> str:
    return render_to_string("people/account_doors.html", {"user": getattr(request, "user", None)}, request)


def when_signed_in(user: Person, **_kwargs: Any) -> None:
    user.arrive()
