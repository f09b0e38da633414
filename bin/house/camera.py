"""Take the pictures of the docs: name, path, width, and who looks. Runs in the development environment."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "docs/pictures"
PICTURES = [
    ("home", "/", 1280, None),
    ("home-phone", "/", 390, None),
    ("tell", "/tell/", 390, None),
    ("reports", "/you-said-we-did/", 1280, None),
    ("numbers", "/numbers/", 1280, None),
    ("today", "/desk/", 1280, "ben@example.org"),
    ("inbox", "/desk/voices/", 1280, "ben@example.org"),
    ("themes", "/desk/themes/", 1280, "ben@example.org"),
    ("needs", "/desk/needs/", 1280, "ben@example.org"),
    ("decisions", "/desk/decisions/", 1280, "ben@example.org"),
    ("programs", "/desk/programs/", 1280, "ben@example.org"),
]


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "rapport.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS, chromium

    django.setup()
    if chromium() is None:
        print("There is no Chromium on this machine: install it, or name it by RAPPORT_CHROMIUM")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    sessions = {email: _session(email) for email in {who for *_picture, who in PICTURES if who}}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        failed = [picture[0] for picture in PICTURES if not _take(browser, *picture[:3], sessions.get(picture[3]))]
        browser.close()
    print(f"{len(PICTURES) - len(failed)} pictures" + (f"; not there: {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def _session(email: str) -> str:
    from django.conf import settings
    from django.test import Client

    from rapport.people.models import Person

    client = Client()
    client.force_login(Person.objects.get(email=email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _take(browser, name: str, path: str, width: int, session: str | None) -> bool:  # type: ignore[no-untyped-def]
    address = sys.argv[1]
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", locale="en")
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    answered = _goto(page, address + path)
    if answered:
        page.screenshot(path=FOLDER / f"{name}.png")
    context.close()
    return answered


def _goto(page, url: str, times: int = 40) -> bool:  # type: ignore[no-untyped-def]
    """The server may still be starting."""
    from playwright.sync_api import Error

    for _ in range(times):
        try:
            return page.goto(url).status == 200
        except Error:
            page.wait_for_timeout(250)
    return False


if __name__ == "__main__":
    sys.exit(main())
