"""Sessions that somebody keeps: with an account there, without one in the browser's own cookie and address."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, anyone, signed_in
from rapport.programs.models import OwnCalendar, SavedSession, Session

from .cards import by_day, cards, rows_for_cards

COOKIE = "saved"
MOST = 60
_YEAR = 365 * 86_400


def keys_from(text: str) -> list[int]:
    """`12.15.19`, as it stands in a cookie or an address; what is no number is left out."""
    parts = (part for part in text.split(".") if part.isdecimal() and len(part) < 19)
    return list(dict.fromkeys(int(part) for part in parts))[:MOST]


def saved_keys(request: HttpRequest) -> list[int]:
    if request.user.is_authenticated:
        rows = SavedSession.objects.filter(person=request.user)
        return list(rows.values_list("session", flat=True).order_by("-at")[:1000])
    return keys_from(request.COOKIES.get(COOKIE, ""))


@anyone
def mine(request: HttpRequest) -> HttpResponse:
    """My calendar; or, with `?s=`, what somebody has shown me of hers."""
    shared = keys_from(request.GET.get("s", ""))
    keys = shared or saved_keys(request)
    rows = Session.objects.public().filter(pk__in=keys).order_by("starts_at", "pk")
    coming = cards(rows_for_cards(rows.filter(ends_at__gte=timezone.now())))
    page: dict[str, Any] = {
        "days": by_day(coming),
        "is_shared": bool(shared),
        "keys": ".".join(str(card.pk) for card in coming[:MOST]),
        "own": _own(request),
    }
    return render(request, "programs/finding/mine.html", page)


def _own(request: HttpRequest) -> OwnCalendar | None:
    return OwnCalendar.objects.filter(person=request.user).first() if request.user.is_authenticated else None


@anyone
@require_POST
def saving(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it."""
    session = get_object_or_404(Session.objects.public(), pk=pk)
    messages.success(request, _("It is in your calendar."))
    response = _back(request, session)
    if request.user.is_authenticated:
        keep(request, [session.pk])
        return response
    return _in_cookie(response, [session.pk, *saved_keys(request)])


@anyone
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it no more."""
    session = get_object_or_404(Session, pk=pk)
    response = _back(request, session)
    messages.success(request, _("It is no longer in your calendar."))
    if request.user.is_authenticated:
        SavedSession.objects.filter(person=request.user, session=session).delete()
        return response
    return _in_cookie(response, [key for key in saved_keys(request) if key != pk])


def keep(request: HttpRequest, keys: Iterable[int]) -> None:
    there = Session.objects.public().filter(pk__in=keys).values_list("pk", flat=True)
    rows = [SavedSession(person=request.user, session_id=key) for key in there]  # type: ignore[misc]
    SavedSession.objects.bulk_create(rows, ignore_conflicts=True)


def _in_cookie(response: HttpResponse, keys: list[int]) -> HttpResponse:
    kept = ".".join(map(str, dict.fromkeys(keys[:MOST])))
    if kept:
        response.set_cookie(COOKIE, kept, max_age=_YEAR, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)
    return response


def _back(request: HttpRequest, session: Session) -> HttpResponse:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if is_ours else session.get_absolute_url())


@signed_in
@require_POST
def own_calendar(request: PersonRequest) -> HttpResponse:
    """An address that my calendar program reads; made anew, the one before leads nowhere. Brings along the cookie's."""
    own, is_new = OwnCalendar.objects.get_or_create(person=request.user)
    if not is_new:
        own.renew()
    keep(request, keys_from(request.COOKIES.get(COOKIE, "")))
    messages.success(request, _("Here is the address for your own calendar."))
    response = redirect("programs:mine")
    response.delete_cookie(COOKIE)
    return response
