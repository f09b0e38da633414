from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from rapport.loop.models import Loop, Strand, Turn
from rapport.loop.stories import loops_of_many, small_threads, story_of
from rapport.people.models import Person
from rapport.places.models import Branch

pytestmark = pytest.mark.django_db


@pytest.fixture
def garden(ben: Person, riverside: Branch) -> Loop:
    loop = Loop.objects.begin({"en": "A quiet garden", "ar": "حديقة هادئة"}, by=ben, branch=riverside)
    loop.record(Turn.TAKEN_UP, {"en": "People want to read outdoors"}, by=ben)
    return loop


def voices(loop: Loop, count: int) -> None:
    Strand.objects.bulk_create(Strand(loop=loop, thing="listening.voice", thing_key=n) for n in range(1, count + 1))


def test_the_last_step_is_now_and_the_rest_is_owed(garden: Loop) -> None:
    states = [(knot.stage, knot.state) for knot in story_of(garden, "public").knots]

    assert states == [
        ("listen", "done"),
        ("understand", "present"),
        ("decide", "owed"),
        ("deliver", "owed"),
        ("measure", "owed"),
        ("report", "owed"),
        ("told", "owed"),
    ]


def test_a_refusal_is_a_crossed_knot_with_its_reason(garden: Loop, ben: Person) -> None:
    garden.record(Turn.DECIDED_AGAINST, "The wall is listed", by=ben)

    knot = story_of(garden, "public").knots[2]

    assert (knot.state, knot.words) == ("declined", "The wall is listed")


def test_a_closed_story_owes_nothing(garden: Loop, ben: Person) -> None:
    garden.record(Turn.REPORTED, "Six benches", by=ben)
    garden.close(by=ben)

    assert {knot.state for knot in story_of(garden, "public").knots} == {"done"}


def test_a_small_number_of_voices_is_told_at_the_desk_only(garden: Loop) -> None:
    voices(garden, 4)

    assert "4" in story_of(garden, "desk").heard_words
    assert "4" not in story_of(garden, "public").heard_words


def test_the_story_is_read_in_the_readers_language(garden: Loop, client: Client) -> None:
    with translation.override("ar"):
        assert str(garden) == "حديقة هادئة"

    page = client.get(garden.get_absolute_url(), headers={"accept-language": "ar"})

    assert "حديقة هادئة" in page.content.decode()
    assert 'dir="rtl"' in page.content.decode()


def test_a_private_loop_has_no_public_page(garden: Loop, client: Client) -> None:
    Loop.objects.update(is_public=False)

    assert client.get(garden.get_absolute_url()).status_code == 404


def test_small_threads_of_many_things_ask_three_times(garden: Loop, ben: Person) -> None:
    voices(garden, 30)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        loops = loops_of_many("listening.voice", range(1, 31))
        small_threads(loop for few in loops.values() for loop in few)

    assert len(loops) == 30
    assert len(asked) == 3


def test_a_long_story_asks_no_more_than_a_short_one(
    garden: Loop, ben: Person, client: Client, sign_in: Callable[[Person], Client]
) -> None:
    client.get(garden.get_absolute_url())
    with CaptureQueriesContext(connection) as short:
        client.get(garden.get_absolute_url())
    voices(garden, 50)
    for turn in Turn:
        garden.record(turn, "Something happened", by=ben)

    with CaptureQueriesContext(connection) as long:
        client.get(garden.get_absolute_url())

    assert len(long) == len(short)
    assert len(long) <= 12
