"""For whom the programs are, beside who lives here; and what presenters say of themselves, in sums."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import SignIn
from rapport.community.models import Band, Dimension, Figure, Topic
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.people.privacy import kept
from rapport.places.models import Branch
from rapport.programs.balancing.balance import Balance
from rapport.programs.balancing.gaps import gaps
from rapport.programs.balancing.presenters_say import presenters_say
from rapport.programs.methods.balance import band_of_language, crossed, time_of
from rapport.programs.models import Presenter, Program, SelfDescription, Session

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 10, 5, 10)
PERIOD = (date(2026, 9, 1), date(2026, 12, 31))
PAGE = reverse("programs:desk-balance")
YEAR = {"first": "2026-09-01", "last": "2026-12-31"}
On = Callable[..., Session]


@pytest.fixture
def languages(riverside: Branch, ben: Person) -> dict[str, Band]:
    """Of a hundred who live here 60 speak English, 30 Spanish and 10 Arabic."""
    Dimension.objects.ship(["language"])
    bands = {band.slug: band for band in Band.objects.filter(dimension__slug="language")}
    counts: dict[Band, tuple[float, float | None]] = {
        bands["en"]: (600, None), bands["es"]: (300, None), bands["ar"]: (100, None)
    }  # fmt: skip
    for branch in (None, riverside):
        Figure.objects.write(counts, branch=branch, of_day=date(2024, 1, 1), source="Census", by=ben)
    return bands


@pytest.fixture
def on(riverside: Branch, ben: Person) -> On:
    program = Program.objects.plan("Reading together", by=ben, need=None, branch=riverside)

    def date_on(starts: datetime = MONDAY, **facts: Any) -> Session:
        at = timezone.make_aware(starts)
        told = {"language": "en", "audience": "general", "branch": riverside, **facts}
        return program.add_dates([(at, at + timedelta(hours=1))], **told)[0]

    return date_on


def test_dates_are_counted_by_the_main_topic_of_their_program(on: On, ben: Person) -> None:
    health = Topic.objects.create(slug="health", name="Health")
    sleep = Topic.objects.create(slug="sleep", name="Sleep", parent=health)
    Topic.objects.create(slug="money", name="Money")
    on().program.topics.add(sleep)
    other = Program.objects.plan("Chess", by=ben, need=None)
    at = timezone.make_aware(MONDAY)
    other.add_dates([(at, at + timedelta(hours=1))], language="en", audience="general")
    assert numbers(Balance(*PERIOD), "topic") == {"health": 1, "?": 1}
    aspect = Balance(*PERIOD).aspect("topic")
    assert aspect is not None
    assert [row.key for row in aspect.rows] == ["health", "money", "?"]  # what is never on shows too


def numbers(balance: Balance, name: str) -> dict[str, int]:
    aspect = balance.aspect(name)
    assert aspect is not None
    return {row.key: row.n for row in aspect.rows if row.n}


# ── the dates ──


@pytest.mark.parametrize(
    ("code", "band"), [("es", "es"), ("es-MX", "es"), ("uk", "slavic"), ("ht", "fr"), ("am", "other"), ("EN", "en")]
)
def test_a_language_is_counted_where_the_census_counts_it(code: str, band: str) -> None:
    assert band_of_language(code, ["en", "es", "slavic", "fr", "other"]) == band


def test_a_language_that_the_profile_does_not_know_has_no_band() -> None:
    assert band_of_language("am", ["en", "es"]) == ""


@pytest.mark.parametrize(
    ("day", "hour", "time"),
    [(5, 10, "daytime"), (5, 16, "daytime"), (9, 17, "evening"), (10, 10, "weekend"), (11, 20, "weekend")],
)  # fmt: skip
def test_a_time_is_by_day_in_the_evening_or_on_the_weekend(day: int, hour: int, time: str) -> None:
    assert time_of(datetime(2026, 10, day, hour)) == time


def test_a_date_with_two_access_features_stands_in_both() -> None:
    cross = crossed([(["en"], ["loop", "quiet"]), (["es"], ["quiet"])], ["en", "es"], ["loop", "quiet"])

    assert cross.counts == [[1, 1], [0, 1]] and cross.totals == [2, 1]


def test_dates_are_counted_by_all_that_is_known_of_them(on: On, languages: dict[str, Band]) -> None:
    on(language="es", audience="0-5", access=["step-free", "quiet"])
    on(MONDAY.replace(hour=18), cost={"en": "5 dollars"})
    on(MONDAY.replace(day=10), branch=None, setting="virtual")

    balance = Balance(*PERIOD)

    assert numbers(balance, "language") == {"en": 2, "es": 1}
    assert numbers(balance, "audience") == {"0-5": 1, "general": 2}
    assert numbers(balance, "time") == {"daytime": 1, "evening": 1, "weekend": 1}
    assert numbers(balance, "cost") == {"free": 2, "costs": 1}
    assert numbers(balance, "access") == {"step-free": 1, "quiet": 1, "none": 2}
    assert numbers(balance, "setting") == {"onsite": 2, "virtual": 1}
    assert numbers(balance, "branch") == {"riverside": 2, "": 1}


def test_what_is_called_off_or_elsewhere_in_time_or_place_does_not_count(
    on: On, ben: Person, riverside: Branch
) -> None:
    on().cancel("Ill", by=ben)
    on(datetime(2025, 1, 1, 10))
    on(branch=Branch.objects.create(slug="hilltop", name="Hilltop"))
    mine = on()

    assert [one.pk for one in Balance(*PERIOD, riverside).sessions] == [mine.pk]


def test_a_language_is_less_than_its_share_only_beyond_chance(on: On, languages: dict[str, Band]) -> None:
    for n in range(60):
        on(language="es" if n < 5 else "en")

    aspect = Balance(*PERIOD).aspect("language")

    assert aspect is not None
    rows = {row.key: row for row in aspect.rows}
    assert rows["es"].is_missing and rows["es"].beside is not None
    assert rows["es"].beside.index == pytest.approx(5 / 60 / 0.3) and rows["es"].living == pytest.approx(30)
    assert rows["ar"].n == 0 and rows["ar"].is_missing
    assert not rows["en"].is_missing


def test_what_is_lacking_says_what_to_do(on: On, languages: dict[str, Band], ben: Person, sign_in: SignIn) -> None:
    for n in range(60):
        on(language="es" if n < 5 else "en", cost={"en": "5"})

    page = sign_in(ben).get(PAGE, YEAR).text

    for told in (
        "Spanish: 5 of 60 dates, and 30 in 100 speak it at home",
        "Hardly anything on weekends",
        "100 in 100 dates cost something",
        "Nothing for: children 0 to 5",
        "nothing is said about access",
    ):
        assert told in page
    assert reverse("programs:desk-new") in page


def test_of_a_few_dates_nothing_is_called_lacking(on: On, languages: dict[str, Band]) -> None:
    on()

    assert list(gaps(Balance(*PERIOD))) == []


def test_any_two_stand_beside_each_other(on: On, languages: dict[str, Band], ben: Person, sign_in: SignIn) -> None:
    on(language="es", audience="0-5")

    page = sign_in(ben).get(PAGE, {**YEAR, "down": "time", "across": "cost"})

    assert page.context["down"].name == "time" and page.context["across"].name == "cost"
    assert [(row.key, counts) for row, counts in page.context["cross"]] == [
        ("daytime", [1, 0]), ("evening", [0, 0]), ("weekend", [0, 0])
    ]  # fmt: skip


def test_the_numbers_are_a_file(on: On, languages: dict[str, Band], ben: Person, sign_in: SignIn) -> None:
    on(language="es")

    out = sign_in(ben).get(PAGE, {**YEAR, "export": "csv"})

    assert "language,Spanish,1,100.0,30.0," in b"".join(out.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_period_that_ends_before_it_begins_is_told_and_shows_the_year(ben: Person, sign_in: SignIn) -> None:
    page = sign_in(ben).get(PAGE, {"first": "2026-12-01", "last": "2026-01-01"})

    assert page.status_code == 422 and "The last day is before the first" in page.text


def test_the_page_costs_the_same_for_few_dates_and_for_many(
    on: On, languages: dict[str, Band], ben: Person, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(ben)
    for _time in range(3):
        for _n in range(30):
            on()
        with django_assert_max_num_queries(30):
            client.get(PAGE, YEAR)


# ── presenters ──


@pytest.fixture
def noor(db: None) -> Presenter:
    return Presenter.objects.create(name="Noor")


def describe(bands: dict[str, Band], **many: int) -> None:
    """So many presenters who said each language, half a year ago; `rather` would rather not say."""
    for slug, n in many.items():
        for number in range(n):
            presenter = Presenter.objects.create(name=f"{slug} {number}")
            description = SelfDescription.objects.ask(presenter, by=None)
            description.say({bands["en"].dimension: bands.get(slug)})
    SelfDescription.objects.update(said_on=timezone.localdate() - timedelta(days=180))


def test_a_presenter_says_who_they_are_and_the_page_never_shows_it(noor: Presenter, languages: dict[str, Band]) -> None:
    description, client = SelfDescription.objects.ask(noor, by=None), Client()
    address = description.get_absolute_url()

    page = client.post(address, {"language": languages["ar"].pk}, follow=True)

    assert "You have answered" in page.text
    assert f'value="{languages["ar"].pk}"' in page.text and f'value="{languages["ar"].pk}" selected' not in page.text
    assert [one.band for one in description.said.all()] == [languages["ar"]]
    assert page["Referrer-Policy"] == "same-origin"


def test_every_question_can_be_left_out_and_not_saying_is_an_answer(
    noor: Presenter, languages: dict[str, Band]
) -> None:
    description, client = SelfDescription.objects.ask(noor, by=None), Client()

    client.post(description.get_absolute_url(), {})
    assert not description.said.exists()
    client.post(description.get_absolute_url(), {"language": "rather-not"})

    assert [one.band for one in description.said.all()] == [None]


def test_all_of_it_can_be_taken_back_and_the_link_ends(noor: Presenter, languages: dict[str, Band]) -> None:
    description, client = SelfDescription.objects.ask(noor, by=None), Client()
    description.say({languages["ar"].dimension: languages["ar"]})

    client.post(reverse("programs:self-description-removal", args=[description.secret]))

    assert not SelfDescription.objects.exists()
    assert client.get(description.get_absolute_url()).status_code == 404


def test_a_band_of_another_dimension_is_refused(noor: Presenter, languages: dict[str, Band]) -> None:
    Dimension.objects.ship(["age"])
    description = SelfDescription.objects.ask(noor, by=None)

    with pytest.raises(ValueError, match="that dimension"):
        description.say({Dimension.objects.get(slug="age"): languages["ar"]})


def test_the_database_keeps_one_answer_of_each_dimension(noor: Presenter, languages: dict[str, Band]) -> None:
    description = SelfDescription.objects.ask(noor, by=None)
    description.say({languages["ar"].dimension: languages["ar"]})

    with pytest.raises(IntegrityError), transaction.atomic():
        description.said.create(dimension=languages["ar"].dimension, band=languages["en"])


def test_sums_are_shown_and_small_ones_hidden_with_their_neighbour(languages: dict[str, Band]) -> None:
    describe(languages, en=20, es=14, ar=3)

    [said] = presenters_say().said

    shown = {what: n for what, n, _living in said.rows}
    assert shown["Only English"] == 20 and shown["Arabic"] is None and shown["Spanish"] is None
    assert [round(living) for _what, _n, living in said.rows if living] == [60, 30, 10]


def test_what_was_said_in_this_quarter_is_in_no_sum_yet(languages: dict[str, Band], noor: Presenter) -> None:
    describe(languages, en=20, es=15)
    SelfDescription.objects.ask(noor, by=None).say({languages["ar"].dimension: languages["ar"]})

    [said] = presenters_say().said

    assert said.n == 35 and {what: n for what, n, _l in said.rows if n} == {"Only English": 20, "Spanish": 15}


def test_the_one_who_came_since_the_quarter_before_is_not_found_by_the_difference(languages: dict[str, Band]) -> None:
    describe(languages, en=20, es=15)
    late = Presenter.objects.create(name="Late")
    SelfDescription.objects.ask(late, by=None).say({languages["es"].dimension: languages["es"]})
    first = date(timezone.localdate().year - 1, 1, 10)
    SelfDescription.objects.exclude(presenter=late).update(said_on=first)
    SelfDescription.objects.filter(presenter=late).update(said_on=first + timedelta(days=100))

    [said] = presenters_say().said if presenters_say().said else [None]

    assert said is None or 16 not in [n for _what, n, _living in said.rows]


def test_of_too_few_nothing_is_shown(languages: dict[str, Band], ben: Person, sign_in: SignIn, on: On) -> None:
    describe(languages, en=4)
    on()

    assert not presenters_say().is_enough
    assert "Nobody is guessed at" in sign_in(ben).get(PAGE, YEAR).text


def test_those_with_an_address_get_one_letter_and_the_desk_sees_no_link(
    noor: Presenter, ben: Person, sign_in: SignIn
) -> None:
    Presenter.objects.filter(pk=noor.pk).update(email="noor@example.org")
    asking = reverse("programs:presenter-asking", args=[noor.pk])

    for _time in range(2):
        page = sign_in(ben).post(asking, follow=True)

    secret = SelfDescription.objects.get().secret
    letter = Letter.objects.get(email="noor@example.org")
    assert secret in letter.text and secret not in page.text


def test_for_those_without_an_address_the_link_is_shown_to_be_handed_over(
    noor: Presenter, ben: Person, sign_in: SignIn
) -> None:
    page = sign_in(ben).post(reverse("programs:presenter-asking", args=[noor.pk]))

    assert SelfDescription.objects.get().secret in page.text
    assert SelfDescription.objects.get().secret not in sign_in(ben).get(reverse("programs:balance-presenters")).text


def test_who_has_an_account_finds_it_among_my_data_and_can_erase_it(
    noor: Presenter, amina: Person, languages: dict[str, Band]
) -> None:
    Presenter.objects.filter(pk=noor.pk).update(person=amina)
    SelfDescription.objects.ask(noor, by=None).say({languages["ar"].dimension: languages["ar"]})
    mine = kept.get("programs.self_descriptions")

    assert mine.export(amina) == [{"question": "Language at home", "answer": "Arabic"}]
    mine.erase(amina)

    assert not SelfDescription.objects.exists()


def test_of_those_who_have_led_nothing_for_years_nothing_is_kept(
    noor: Presenter, languages: dict[str, Band], on: On
) -> None:
    still = Presenter.objects.create(name="Still here")
    on().presenters.add(still)
    for one in (noor, still):
        SelfDescription.objects.ask(one, by=None).say({languages["ar"].dimension: languages["ar"]})
    SelfDescription.objects.update(asked_at=timezone.now() - timedelta(days=4 * 365))

    clean = kept.get("programs.self_descriptions").clean

    assert clean is not None and clean() == 1
    assert SelfDescription.objects.get().presenter == still
