"""A real browser on the test's own server: Debian's Chromium, driven by Playwright, cut off from the network."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest

Violation = str
under_axe: set[Any] = set()  # axe measures with inline styles of its own, which our pages rightly refuse
without_scripts: set[Any] = set()  # a promise is never kept there, so whoever waits for one waits for ever
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-domain-reliability",
    "--metrics-recording-only",
    "--no-pings",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,"
    "CertificateTransparencyComponentUpdater",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
AXE_MAY_TAKE = 20_000  # milliseconds
RUN_AXE = """([tags, most]) => Promise.race([
    axe.run(document, {runOnly: {type: 'tag', values: tags}, preload: false}),
    new Promise(done => setTimeout(done, most, null)),
])"""
NEXT_FRAME = "Promise.race([new Promise(requestAnimationFrame), new Promise(done => setTimeout(done, 500))])"
LOADED_ANEW = ["Execution context was destroyed", "axe is not defined", "navigation"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str | None:
    """The browser to use: RAPPORT_CHROMIUM, or the first that the system has."""
    named = os.environ.get("RAPPORT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


def pytest_configure(config: pytest.Config) -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps a loop in the tests' own thread
    config.addinivalue_line("markers", "browser: looks at pages in a real browser (set by itself)")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--share", default="1/1", help="which part of the browser tests to run, such as 1/2")


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
    _keep_share(config, items)


def _keep_share(config: pytest.Config, items: list[Any]) -> None:
    """The pages of an area by day and by night go to two shares: they take about as long as each other."""
    number, shares = map(int, config.getoption("--share").split("/"))
    in_browser = sorted((item for item in items if item.get_closest_marker("browser")), key=lambda item: item.nodeid)
    others = [item for place, item in enumerate(in_browser) if place % shares != number - 1]
    if others:
        config.hook.pytest_deselected(items=others)
        left = {item.nodeid for item in others}
        items[:] = [item for item in items if item.nodeid not in left]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if chromium() is None:
        lacking = pytest.fail if os.environ.get("RAPPORT_NOTHING_SKIPPED") else pytest.skip
        lacking("There is no Chromium on this machine: install it, or name it by RAPPORT_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(live_server: Any, browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a path as somebody, at a width, in a theme and a language. What the browser complains of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(
        path: str,
        width: int = 1280,
        theme: str = "light",
        lang: str = "en",
        js: bool = True,
        person: Any = None,
        status: int = 200,
    ) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=js,
            reduced_motion="reduce",
            locale=lang,
        )
        contexts.append(context)
        context.add_cookies(_cookies(live_server.url, lang, person))
        page = context.new_page()
        page.set_default_timeout(15_000)
        if not js:
            without_scripts.add(page)
        _listen(page, live_server.url, path if status >= 400 else None, complaints)
        response = page.goto(path)
        assert response.status == status, f"{path} answered {response.status}"
        return page

    yield opened
    for context in contexts:
        without_scripts.difference_update(context.pages)
        context.close()
    assert complaints == [], "The browser complained"


def _cookies(url: str, lang: str, person: Any) -> list[dict[str, str]]:
    from django.conf import settings
    from django.test import Client

    cookies = {settings.LANGUAGE_COOKIE_NAME: lang}
    if person is not None:
        client = Client()
        client.force_login(person)
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": name, "value": value, "url": url} for name, value in cookies.items()]


def _listen(page: Any, home: str, refused: str | None, complaints: list[str]) -> None:
    """Note errors of scripts, of the content policy, of missing files, and any word to another server."""

    def on_console(message: Any) -> None:
        of_the_page = refused is not None and urlsplit(message.location.get("url", "")).path == urlsplit(refused).path
        is_a_wrong_form = "status of 422" in message.text  # the page itself says what is wrong
        if message.type == "error" and not (of_the_page or is_a_wrong_form) and page not in under_axe:
            complaints.append(f"{page.url}: {message.text} ({message.location.get('url', '')})")

    def on_request(request: Any) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            complaints.append(f"{page.url}: asks elsewhere: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", on_request)


@cache
def _axe_script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text()


@pytest.fixture
def axe() -> Callable[[Any], list[Violation]]:
    """What axe finds against WCAG 2.2 AA, one readable line for each place."""

    def found(page: Any) -> list[Violation]:
        if page in without_scripts:
            pytest.fail(f"axe is a script itself: it cannot look at {page.url} where scripts are off")
        result = _looked_at(page)
        if result is None:
            pytest.fail(f"axe was not done with {page.url} after {AXE_MAY_TAKE // 1000} seconds")
        return [
            f"{page.url} {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return found


def _looked_at(page: Any, tries: int = 3) -> Any:
    """What axe says of a page at rest; one that loads itself anew meanwhile is looked at again."""
    from playwright.sync_api import Error

    under_axe.add(page)
    try:
        _settle(page)
        page.evaluate(_axe_script())
        result = page.evaluate(RUN_AXE, [WCAG, AXE_MAY_TAKE])
        page.evaluate(NEXT_FRAME)
        return result
    except Error as error:
        if tries == 1 or not any(words in str(error) for words in LOADED_ANEW):
            raise
        return _looked_at(page, tries - 1)
    finally:
        under_axe.discard(page)


def _settle(page: Any) -> None:
    """Loaded, and quiet on the wire; a page that keeps asking is quiet enough after a while."""
    from playwright.sync_api import TimeoutError as TooLong

    page.wait_for_load_state("load")
    with suppress(TooLong):
        page.wait_for_load_state("networkidle", timeout=3_000)


@pytest.fixture
def no_sideways_scroll() -> Callable[[Any], bool]:
    def fits(page: Any) -> bool:
        inner, outer = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert inner <= outer, f"{page.url} is {inner} px wide in a window of {outer} px"
        return True

    return fits
