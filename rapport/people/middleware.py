"""What follows from who is asking."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]


def language_of_person(get_response: Answer) -> Answer:
    """Somebody who has chosen a language in their account gets it, unless they have just chosen another."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return answer


def second_factor(get_response: Answer) -> Answer:
    """Where the library asks it of staff, nobody works at the desk before a second factor is set up."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR and request.path.startswith("/desk/") and _lacks_second_factor(request):
            return redirect("mfa_index")
        return get_response(request)

    return answer


def _lacks_second_factor(request: HttpRequest) -> bool:
    """Recovery codes alone are none: they stand in for a factor that was lost."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.utils import is_mfa_enabled

    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    person = request.user
    return person.is_authenticated and person.sees_desk and not is_mfa_enabled(person, factors)
