"""The account in a real browser: a passkey made and used, the desk of the house, and axe on every page of them."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from rapport.people.models import Invitation, Person, Role
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [(1280, "light", "en"), (390, "dark", "ar"), (320, "light", "es")]


def _with_key(page: Any) -> Any:
    """A key that a finger would unlock, made of software."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools


def test_a_passkey_is_made_and_opens_the_account_under_the_strict_policy(amina: Person, open_page: Any) -> None:
    amina.emailaddress_set.update(verified=True)
    page = open_page("/account/webauthn/add/", person=amina)
    _with_key(page)
    page.locator("#mfa_webauthn_add").click()
    page.get_by_role("heading", name="Is it you?").wait_for()  # before it shows the recovery codes
    assert amina.authenticator_set.filter(type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto("/account/login/?next=/my/")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/my/")  # not while /my/ is only where we want to go

    assert "Amina" in page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(("width", "theme", "lang"), LOOKS)
def test_the_pages_of_the_account_are_for_everyone(
    width: int, theme: str, lang: str, mona: Person, amina: Person, riverside: Branch, open_page: Any, axe: Any
) -> None:
    invitation = Invitation.objects.invite("new@example.org", by=mona, role=Role.FRONTLINE, branch=riverside)
    strangers = ["/account/login/", "/account/signup/", "/account/login/code/", "/privacy/"]
    mine = ["/my/", "/my/data/", "/account/", "/account/email/", "/account/password/set/"]

    for path in [*strangers, f"/invitations/{invitation.secret}/"]:
        _look(open_page(path, width=width, theme=theme, lang=lang), width, axe)
    for path in mine:
        _look(open_page(path, width=width, theme=theme, lang=lang, person=amina), width, axe)


@pytest.mark.parametrize(("width", "theme", "lang"), LOOKS)
def test_the_pages_of_the_house_are_for_everyone(
    width: int, theme: str, lang: str, ada: Person, desk: Person, riverside: Branch, open_page: Any, axe: Any
) -> None:
    today = timezone.localdate()
    riverside.closures.create(first=today, last=today + timedelta(days=1), why="Stocktaking")
    Invitation.objects.invite("new@example.org", by=ada, role=Role.FRONTLINE, branch=riverside)
    paths = ["/desk/people/", f"/desk/people/{desk.pk}/", "/desk/people/invitations/", "/desk/privacy/"]
    paths += ["/desk/places/", "/desk/places/new/", "/desk/places/riverside/", "/desk/words/"]
    paths += [f"/desk/places/riverside/spaces/{riverside.spaces.all()[0].pk}/"]
    paths += [f"/desk/words/places.branch/{riverside.pk}/"]

    for path in paths:
        _look(open_page(path, width=width, theme=theme, lang=lang, person=ada), width, axe)


def _look(page: Any, width: int, axe: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert axe(page) == []
