"""Answering a survey in a real browser: without scripts too, in Arabic on a phone, at a kiosk, within another site."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.methods import Kind, Page, Question, Questionnaire
from rapport.surveys.models import Response, Sitting, Survey
from rapport.surveys.tests.every_kind import every_kind

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [(1280, "light", "en"), (390, "dark", "ar"), (320, "light", "en")]


@pytest.fixture
def survey(riverside: Branch, ben: Person) -> Survey:
    survey = Survey.objects.begin(
        every_kind(), by=ben, branch=riverside, purpose="What we build", asks_contact=True, population=20
    )
    survey.open(by=ben)
    return survey


def _next(page: Any, name: str = "next") -> None:
    with page.expect_navigation():
        page.locator(f"[name=':go'][value={name}]").click()


@pytest.mark.parametrize(("width", "theme", "lang"), LOOKS)
def test_every_page_of_answering_is_for_everyone(
    width: int, theme: str, lang: str, survey: Survey, open_page: Any, axe: Any, no_sideways_scroll: Any
) -> None:
    sitting = survey.sittings.create(edition=survey.edition, language=lang, channel="web", answers={"comes": "no"})
    invitation, stopped = survey.invitations.create(email="noor@example.org"), survey.links.create()
    stopped.stop()
    own, thanks = f"/answering/{sitting.code}", f"{survey.get_absolute_url()}thanks/?language={lang}"
    paths = ["/surveys/", f"{survey.get_absolute_url()}?language={lang}", invitation.get_absolute_url(), "/answering/"]
    paths += [*(f"{own}/{number}/" for number in (1, 2, 3, 4)), f"{own}/review/", f"{own}/later/", thanks]
    page = open_page(stopped.get_absolute_url(), width=width, theme=theme, lang=lang)

    for path in paths:
        assert axe(page) == []
        assert no_sideways_scroll(page)
        page.goto(path)


def test_somebody_answers_with_a_mistake_and_a_further_question(survey: Survey, open_page: Any, axe: Any) -> None:
    page = open_page(survey.get_absolute_url())
    with page.expect_navigation():
        page.get_by_role("button", name="Begin").click()
    barriers = page.locator("#q-barriers")
    assert not barriers.is_visible()

    page.get_by_label("No, or hardly ever").check()
    assert barriers.is_visible()
    page.get_by_label("The opening hours").check()
    page.get_by_label("Nothing").check()
    assert not page.get_by_label("The opening hours").is_checked()
    page.get_by_label("Yes").check()
    assert not barriers.is_visible()
    page.locator("#q-welcome-4").check()
    _next(page)

    page.locator("[id='q-services.wifi.importance-5']").check()
    page.get_by_role("button", name="Place “Tools to borrow” higher").click()
    page.get_by_role("button", name="Place “A garden” higher").click()
    page.get_by_role("button", name="Place “A garden” higher").click()
    _next(page)

    page.locator("[name=wish]").fill("Shade and a bench")
    page.locator("[name=since]").fill("2020-05-01")
    _next(page)
    page.locator("[data-area=q-area-hill]").click()
    _next(page)
    assert "Shade and a bench" in page.content()
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()

    assert "/thanks/" in page.url
    assert axe(page) == []
    assert Response.objects.get().answers == {
        "comes": "yes", "welcome": 4, "services.wifi.importance": 5, "first": ["garden", "tools"],
        "wish": "Shade and a bench", "since": "2020-05-01", "area": "hill",
    }  # fmt: skip


def _drag(page: Any, what: str, onto: str) -> None:
    """By its grip, to the place of another: a little above its middle."""
    page.locator("[data-ranking]").scroll_into_view_if_needed()
    grip = page.locator(".ranking__one", has_text=what).locator("[data-grip]").bounding_box()
    goal = page.locator(".ranking__one", has_text=onto).bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, goal["y"] + 4, steps=4)


def test_what_matters_most_is_dragged_to_the_top(survey: Survey, open_page: Any) -> None:
    sitting = survey.sittings.create(edition=survey.edition, language="en", channel="web", answers={"comes": "yes"})
    page = open_page(f"/answering/{sitting.code}/2/")
    first = page.locator(".ranking__one label").first.inner_text()

    _drag(page, "A garden", first)
    page.mouse.up()
    _drag(page, "Tools to borrow", "A garden")
    page.mouse.up()
    _drag(page, "A garden", "Tools to borrow")
    page.keyboard.press("Escape")
    page.mouse.up()
    _next(page)

    sitting.refresh_from_db()
    assert sitting.answers["first"] == ["tools", "garden"]


def test_a_mistake_is_said_where_it_is_and_takes_one_there(survey: Survey, open_page: Any, axe: Any) -> None:
    sitting = survey.sittings.create(edition=survey.edition, language="en", channel="web", answers={"comes": "yes"})
    page = open_page(f"/answering/{sitting.code}/3/", js=False)
    page.locator("[name=household]").fill("many")
    page.locator("[name=wish]").fill("Shade")
    _next(page)

    assert page.locator("[name=wish]").input_value() == "Shade"
    assert page.locator("[name=household]").input_value() == "many"
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "household"


def test_without_scripts_a_phone_in_arabic_answers_all(survey: Survey, open_page: Any) -> None:
    page = open_page(f"{survey.get_absolute_url()}?language=ar", width=390, lang="ar", js=False)
    with page.expect_navigation():
        page.locator("button.button--large").click()
    assert page.locator("html").get_attribute("dir") == "rtl"

    page.get_by_label("لا، أو نادرًا").check()
    _next(page)
    page.get_by_label("ساعات العمل").check()
    _next(page)
    page.locator("[name='first.hours']").select_option("1")
    _next(page)
    _next(page)
    page.get_by_label("قرب النهر").check()
    _next(page)
    with page.expect_navigation():
        page.locator("button.button--large").click()

    response = Response.objects.get()
    assert response.language == "ar"
    assert response.answers == {"comes": "no", "barriers": ["hours"], "first": ["hours"], "area": "river"}


def test_somebody_stops_and_goes_on_with_the_code(survey: Survey, open_page: Any) -> None:
    sitting = survey.sittings.create(edition=survey.edition, language="en", channel="web")
    page = open_page(f"/answering/{sitting.code}/1/")
    page.get_by_label("Yes").check()
    _next(page, "later")
    code = page.locator(".slip__code strong").inner_text()

    page.goto("/answering/")
    page.locator("[name=code]").fill(code.lower())
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()

    assert page.url.endswith("/2/")


def test_on_a_screen_one_touch_is_an_answer_and_it_begins_anew(
    riverside: Branch, ben: Person, open_page: Any, axe: Any
) -> None:
    face = Question(key="visit", kind=Kind.SMILEY, words={"en": "How was your visit?"}, high=3)
    questions = Questionnaire(title={"en": "Your visit"}, pages=[Page(key="a", questions=[face])])
    survey = Survey.objects.begin(questions, by=ben, branch=riverside)
    survey.open(by=ben)
    link = survey.links.create(channel=Channel.KIOSK, branch=riverside)
    page = open_page(link.get_absolute_url(), width=1080)
    assert axe(page) == []

    with page.expect_navigation():
        page.locator("#q-visit-3").click()
    page.clock.install()
    page.reload()
    assert axe(page) == []
    page.clock.run_for(20_000)
    page.wait_for_url(f"**{link.get_absolute_url()}")

    assert Response.objects.get().answers == {"visit": 3}
    assert not Sitting.objects.exists()


@pytest.fixture
def neighbour() -> Iterator[Callable[[str], str]]:
    """Another site, on a port of its own, that shows this piece of HTML."""
    servers: list[HTTPServer] = []

    def shows(html: str) -> str:
        class Site(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_args: Any) -> None:
                """Quietly."""

        servers.append(HTTPServer(("127.0.0.1", 0), Site))
        Thread(target=servers[0].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[0].server_port}/"

    yield shows
    for server in servers:
        server.shutdown()
        server.server_close()


def test_within_another_site_it_grows_as_high_as_it_is_and_sets_no_cookie(
    survey: Survey, open_page: Any, live_server: Any, neighbour: Callable[[str], str]
) -> None:
    home, link = live_server.url, survey.links.create(is_embedded=True)
    context = open_page("/surveys/").context
    context.clear_cookies()
    page = context.new_page()
    frame = f'<iframe data-rapport-survey src="{home}{link.get_absolute_url()}" title="Survey" height="50"></iframe>'
    page.goto(neighbour(f'{frame}<script src="{home}/static/surveys/embed.js"></script>'))

    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Begin").click()
    inside.get_by_label("Yes").check()
    inside.get_by_role("button", name="Next").click()
    inside.get_by_text("It is quiet enough to read").wait_for()
    page.wait_for_function("document.querySelector('iframe').clientHeight > 300")

    assert Sitting.objects.get().answers == {"comes": "yes"}
    assert context.cookies() == []
