"""The calendar: what fits an address is found, in every view, and whoever subscribed stays in step."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from rapport.community.models import Topic
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.finding import ics, schema
from rapport.programs.finding.calendar import Calendar
from rapport.programs.finding.local import clock_changes
from rapport.programs.models import OwnCalendar, Program, RegistrationRules, SavedSession, Seating, Session

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
VIEWS = ["/whats-on/", "/whats-on/week/", "/whats-on/month/", "/whats-on/branches/", "/whats-on/print/"]


@pytest.fixture
def program(ben: Person, riverside: Branch) -> Program:
    about = {"en": "Stories and songs"}
    program = Program.objects.plan(
        {"en": "Storytime", "ar": "ساعة الحكاية"}, need=None, by=ben, branch=riverside, about=about
    )
    program.publish()
    return program


def a_date(program: Program, days: float = 1, hour: int = 10, **facts: Any) -> Session:
    day = timezone.localtime() + timedelta(days=days)
    start = day.replace(hour=hour, minute=0, second=0, microsecond=0)
    given = {"branch": program.branch, "language": "en", "audience": "0-5", **facts}
    return program.add_sessions(start, start + timedelta(hours=1), **given)[0]


def next_weekday(weekday: int) -> int:
    return (weekday - timezone.localdate().weekday()) % 7 + 7


def found(query: str) -> set[int]:
    calendar = Calendar(RequestFactory().get(f"/whats-on/?{query}"))
    return {card.pk for card in calendar.page(timezone.now(), 1).cards}


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_stands_with_and_without_dates(path: str, program: Program, client: Client) -> None:
    assert client.get(path).status_code == 200
    a_date(program, 0.1, hour=23)

    answer = client.get(f"{path}?audience=0-5&time=after-work")

    assert answer.status_code == 200
    assert client.get(f"{path}?day=soon&branch=many&topic=none&time=never&page=x&by=week").status_code == 200


def test_times_are_those_of_the_library(program: Program) -> None:
    evening = a_date(program, next_weekday(1), hour=18)
    saturday = a_date(program, next_weekday(5), hour=18)
    morning = a_date(program, next_weekday(2), hour=9)

    assert found("time=after-work") == {evening.pk}
    assert found("time=weekend") == {saturday.pk}
    assert found("time=morning") == {morning.pk}


@override_settings(TIME_ZONE="America/Chicago")
def test_the_hour_is_the_librarys_on_both_sides_of_a_change_of_the_clocks(program: Program) -> None:
    chicago = ZoneInfo("America/Chicago")
    until, _last = clock_changes("America/Chicago", timezone.localdate())
    change = next(
        datetime.fromisoformat(at).replace(tzinfo=UTC) for at, _by in until if at > f"{timezone.now():%Y-%m-%d}"
    )
    with timezone.override(chicago):
        for days in (-8, 8):
            start = (change.astimezone(chicago) + timedelta(days=days)).replace(hour=17, minute=0)
            start += timedelta(days=(1 - start.weekday()) % 7)
            for at in (start, start - timedelta(hours=1)):
                program.add_dates([(at, at + timedelta(minutes=50))], language="en", audience="19+")

        hours = Session.objects.filter(pk__in=found("time=after-work")).values_list("starts_at", flat=True)

        assert [timezone.localtime(one).hour for one in hours] == [17, 17]


def test_filters_narrow_by_access_topic_price_and_words(program: Program, ben: Person) -> None:
    quiet = a_date(program, 1, access=["quiet"])
    paid = a_date(program, 2, cost={"en": "5 for materials"})
    online = a_date(program, 3, setting="virtual", branch=None, title={"en": "The Red Balloon"})
    other = Program.objects.plan("Chess", need=None, by=ben)
    other.publish()
    chess = a_date(other, 4, audience="general")
    games = Topic.objects.begin("Games", slug="games")
    other.topics.add(Topic.objects.begin("Board games", parent=games))

    assert found("access=quiet") == {quiet.pk}
    assert found("free=on") == {quiet.pk, online.pk, chess.pk}
    assert found("online=on") == {online.pk}
    assert found("topic=games") == found("q=board") == {chess.pk}
    assert found("q=balloon") == {online.pk}
    assert found("q=songs") == {quiet.pk, paid.pk, online.pk}
    assert found("audience=6-11") == {chess.pk}


def test_a_month_counts_all_and_names_the_first(program: Program, client: Client) -> None:
    day = timezone.localdate().replace(day=15)
    for hour in range(8, 14):
        start = timezone.make_aware(datetime.combine(day, datetime.min.time())).replace(hour=hour)
        program.add_sessions(start, start + timedelta(hours=1), language="en", audience="0-5")

    counts, first = Calendar(RequestFactory().get("/")).days(day, day, 3)

    assert counts == {day: 6}
    assert [card.begins.hour for card in first[day]] == [8, 9, 10]
    assert "3 more" in client.get(f"/whats-on/month/?day={day}").content.decode()


@pytest.mark.parametrize("path", [*VIEWS, "/whats-on/screen/", "/whats-on/feed.json", "/whats-on/feed.ics"])
def test_more_dates_want_no_more_queries(
    path: str, program: Program, client: Client, django_assert_num_queries: Any, ben: Person
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    a_date(program, 1)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for days in range(2, 12):
        session = a_date(program, days / 2, hour=9 + days, capacity=5)
        if days % 3 == 0:
            session.cancel("Snow", by=ben)

    with django_assert_num_queries(len(few)):
        client.get(path)


def test_places_left_moves_and_cancellations_are_seen(program: Program, ben: Person, client: Client) -> None:
    rules = RegistrationRules.objects.create(name="Storytime")
    few = a_date(program, 1, capacity=3, rules=rules)
    Seating.objects.open_for(few)
    full = a_date(program, 2, capacity=1, rules=rules)
    seating = Seating.objects.open_for(full)
    assert seating is not None
    seating.take(1)
    moved = a_date(program, 3)
    moved.move(moved.starts_at + timedelta(hours=2), moved.ends_at + timedelta(hours=2), by=ben)
    a_date(program, 4).cancel("The storyteller is ill", by=ben)

    page = client.get("/whats-on/").content.decode()

    for said in ("3 places left", "full, with a waitlist", "moved from", "The storyteller is ill"):
        assert said in page


# ── What others take ──


def test_a_subscribed_calendar_stays_in_step(program: Program, ben: Person, client: Client) -> None:
    from icalendar import Calendar as Read

    session = a_date(program)
    before = client.get("/whats-on/feed.ics")
    first = next(iter(Read.from_ical(before.content).walk("VEVENT")))
    assert client.get("/whats-on/feed.ics", headers={"If-None-Match": before["ETag"]}).status_code == 304
    Session.objects.filter(pk=session.pk).update(changed_at=session.changed_at - timedelta(seconds=60))
    first_sequence = ics.sequence_of(Session.objects.get(pk=session.pk))

    Session.objects.get(pk=session.pk).cancel("Snow", by=ben)

    after = client.get("/whats-on/feed.ics", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    event = next(iter(Read.from_ical(after.content).walk("VEVENT")))
    assert (event["UID"], event["STATUS"]) == (first["UID"], "CANCELLED")
    assert event["SEQUENCE"] > first_sequence
    assert "Snow" in event["DESCRIPTION"]


@override_settings(TIME_ZONE="America/Chicago")
def test_a_feed_names_its_zone_and_can_be_read(program: Program, client: Client) -> None:
    from icalendar import Calendar as Read

    with timezone.override("America/Chicago"):
        program.reword(title={"en": "Stories; songs, and \\ more — " + "ü" * 90})
        session = a_date(program)
        content = client.get("/whats-on/feed.ics").content

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = Read.from_ical(content)
    event = next(iter(calendar.walk("VEVENT")))
    assert event["DTSTART"].dt == session.starts_at
    assert event["DTSTART"].params["TZID"] == "America/Chicago"
    assert str(event["SUMMARY"]) == str(program.title)
    assert {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")} == {"America/Chicago"}


def test_a_renamed_program_is_news_to_whoever_subscribed(program: Program, client: Client) -> None:
    a_date(program)
    tag = client.get("/whats-on/feed.ics")["ETag"]

    program.reword(title={"en": "Story hour"})

    assert b"Story hour" in client.get("/whats-on/feed.ics", headers={"If-None-Match": tag}).content


def test_other_sites_may_read_the_json_and_nothing_else(program: Program, client: Client) -> None:
    a_date(program, access=["captions"])

    answer = client.get("/whats-on/feed.json?audience=0-5&lang=ar&limit=1")

    assert answer["Access-Control-Allow-Origin"] == "*"
    [one] = answer.json()["sessions"]
    assert (one["title"], one["status"], one["access"]) == ("ساعة الحكاية", "planned", ["captions"])
    assert "sessionid" not in answer.cookies and "csrftoken" not in answer.cookies
    for path in ("/whats-on/", "/whats-on/feed.ics", "/whats-on/embed.js"):
        assert "Access-Control-Allow-Origin" not in client.get(path).headers
    script = client.get("/whats-on/embed.js")
    assert script["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert b"customElements.define" in script.content


def test_news_readers_get_rss(program: Program, client: Client) -> None:
    session = a_date(program)

    answer = client.get("/whats-on/feed.rss")

    assert answer["Content-Type"].startswith("application/rss+xml")
    assert session.get_absolute_url() in answer.content.decode()


def test_a_screen_turns_its_pages_without_a_script(program: Program, client: Client) -> None:
    for days in range(1, 9):
        a_date(program, days)

    first = client.get("/whats-on/screen/?lang=ar&theme=dark")
    last = client.get("/whats-on/screen/?lang=ar&part=2")
    page = first.content.decode()

    assert 'dir="rtl" data-theme="dark"' in page
    assert "part=2" in first.headers["Refresh"]
    assert "part=1" in last.headers["Refresh"]
    assert "<script" not in page


@pytest.mark.parametrize(
    ("facts", "topics", "kind"),
    [
        ({"audience": "0-5"}, set(), "ChildrensEvent"),
        ({"audience": "19+"}, {"poetry"}, "LiteraryEvent"),
        ({"audience": "19+"}, {"film"}, "ScreeningEvent"),
        ({"audience": "19+", "form": "club"}, set(), "SocialEvent"),
        ({"audience": "19+"}, set(), "EducationEvent"),
    ],
)
def test_search_engines_read_the_right_kind(
    facts: dict[str, Any], topics: set[str], kind: str, program: Program
) -> None:
    assert schema.subtype(a_date(program, **facts), topics) == kind


def test_search_engines_read_what_matters(program: Program, ben: Person, client: Client) -> None:
    session = a_date(program, is_hybrid=True, access=["captions"], language="ar", about={"en": "</script><b>"})
    session.cancel("Snow", by=ben)

    page = client.get(session.get_absolute_url()).content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block
    said = json.loads(block[1])
    assert said["eventStatus"].endswith("EventCancelled")
    assert said["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert (said["inLanguage"], said["isAccessibleForFree"]) == ("ar", True)
    assert said["accessibilityFeature"] == ["captions"]
    assert said["description"] == "</script><b>"


# ── Kept ──


def test_a_visitor_keeps_dates_in_the_browser(program: Program, client: Client) -> None:
    first, second = a_date(program), a_date(program, 2)
    client.post(f"/sessions/{first.pk}/saved/")
    client.post(f"/sessions/{second.pk}/saved/")

    client.post(f"/sessions/{first.pk}/saved/removal/", {"next": "https://elsewhere.example/"})

    page = client.get("/whats-on/mine/").content.decode()
    assert second.get_absolute_url() in page and first.get_absolute_url() not in page
    assert first.get_absolute_url() in client.get(f"/whats-on/mine/?s={first.pk}.x.-1").content.decode()
    assert not SavedSession.objects.exists()


def test_an_account_keeps_them_and_has_a_secret_address(
    program: Program, amina: Person, sign_in: SignIn, client: Client
) -> None:
    session = a_date(program)
    hers = sign_in(amina)
    hers.cookies["saved"] = str(session.pk)
    hers.post("/whats-on/mine/address/")
    own = OwnCalendar.objects.get(person=amina)

    feed = client.get(own.get_absolute_url())

    assert f"session-{session.pk}@" in feed.content.decode()
    hers.post("/whats-on/mine/address/")
    assert client.get(own.get_absolute_url()).status_code == 404
    assert "Storytime" in hers.get("/whats-on/mine/").content.decode()


def test_more_like_this_shares_something(program: Program, ben: Person, client: Client) -> None:
    session = a_date(program)
    other = Program.objects.plan("Songs", need=None, by=ben)
    other.publish()
    alike = a_date(other, 3)
    a_date(other, 4, audience="19+")

    page = client.get(session.get_absolute_url()).content.decode()

    assert "More like this" in page and alike.get_absolute_url() in page
