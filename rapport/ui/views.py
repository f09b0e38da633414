"""The few addresses that the look itself needs: theme, language, favicon, errors, and the page of parts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from rapport.lib.doors import anyone
from rapport.ui import colour, examples
from rapport.ui.context import THEMES, house

_A_YEAR = 31_536_000
_HERE = Path(__file__).parent


@anyone
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, **_cookie())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@anyone
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, **_cookie())
    return response


def _cookie() -> dict[str, Any]:
    return {"max_age": _A_YEAR, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE, "httponly": True}


def _back(request: HttpRequest) -> HttpResponse:
    """To the page where the button was pressed, never to another site."""
    url = request.POST.get("next") or request.headers.get("Referer") or "/"
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(url if is_ours else "/")


@anyone
@require_safe
@cache_control(max_age=86_400, public=True)
def favicon(request: HttpRequest) -> FileResponse:
    return FileResponse((_HERE / "static/ui/favicon.ico").open("rb"), content_type="image/x-icon")


@anyone
@require_safe
@cache_control(max_age=3600, public=True)
def logo(request: HttpRequest) -> FileResponse:
    """The library's own logo, out of its data folder."""
    file = settings.HOUSE.logo_file
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"))


@anyone
@require_safe
@cache_control(max_age=3600, public=True)
def house_css(request: HttpRequest) -> HttpResponse:
    """The library's own accent, moved in lightness as far as it takes to be readable."""
    accent = house().accent
    if not colour.is_colour(accent):
        return HttpResponse(content_type="text/css")
    light = colour.readable(accent, colour.LIGHT_PAPER)
    dark = colour.readable(accent, colour.DARK_PAPER, least=7)
    return HttpResponse(f"@layer tokens{{:root{{--act:light-dark({light},{dark})}}}}", content_type="text/css")


@anyone
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    if not house().demo and not settings.TEST:
        raise Http404
    shown = {"page_dir": request.GET.get("dir"), "theme": request.GET.get("theme")}
    context = examples.everything() | {"listing": examples.house_list(request)}
    context |= {name: value for name, value in shown.items() if value}
    return render(request, "ui/parts.html", context)


# ── when something is wrong ──


@anyone
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _sorry(request, 400)


@anyone
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _sorry(request, 403)


@anyone
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _sorry(request, 403, "csrf")


@anyone
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _sorry(request, 404)


def too_large(request: HttpRequest) -> HttpResponse:
    return _sorry(request, 413)


def too_many(request: HttpRequest, *, wait: int = 60) -> HttpResponse:
    response = _sorry(request, 429)
    response["Retry-After"] = str(wait)
    return response


@anyone
def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without context processors: the database may be what is broken."""
    return HttpResponse(render_to_string("ui/errors/500.html", {"house": house(), "page_dir": "ltr"}), status=500)


def _sorry(request: HttpRequest, status: int, what: str = "") -> HttpResponse:
    return render(request, f"ui/errors/{what or status}.html", {"status": status}, status=status)
