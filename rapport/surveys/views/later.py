"""Stop here and go on later, without an account: the code, and a letter to oneself for those who want it."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.lib.limits import limited
from rapport.surveys.forms import AddressForm
from rapport.surveys.walk import Walk
from rapport.surveys.ways import page_language
from rapport.ui.views import too_many

from .frame import for_answering, show
from .page import find, gone, is_ours, token_of


@for_answering
def later(request: HttpRequest, code: str) -> HttpResponse:
    walk = find(code)
    if walk is None:
        return gone(request, code)
    if request.method != "POST":
        return _page(request, walk, AddressForm())
    form = AddressForm(request.POST)
    if not form.is_valid() or not is_ours(request, walk):
        return _page(request, walk, form, status=422)
    if limited(request, "survey-code-by-mail", "5/10m"):
        return too_many(request, wait=600)
    _write(walk, form.cleaned_data["email"])
    return _page(request, walk, AddressForm(), is_sent=True)


def _page(request: HttpRequest, walk: Walk, form: AddressForm, status: int = 200, **more: Any) -> HttpResponse:
    language = walk.sitting.language
    context = {
        "walk": walk,
        "form": form,
        "token": token_of(walk),
        "go_on": walk.go_on(),
        "days": settings.HOUSE.keep_sitting_days,
        **more,
    }
    return show(request, "later", walk.way, language, status=status, **context)


def _write(walk: Walk, email: str) -> None:
    """Sent at once and by itself: the address is neither kept nor put on a queue."""
    with translation.override(page_language(walk.sitting.language)):
        words = {
            "survey": walk.sitting.survey,
            "code": walk.sitting.spoken_code,
            "url": settings.HOUSE.address + walk.go_on(),
            "library": settings.HOUSE.library,
            "days": settings.HOUSE.keep_sitting_days,
        }
        text = render_to_string("surveys/letters/code.txt", words)
        subject = _("Your code for “%(survey)s”") % words
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
