from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from rapport.insight.models import Need
from rapport.loop.models import Turn
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.programs import demo
from rapport.programs.models import Band, Program, Session

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def need(ben: Person) -> Need:
    return Need.objects.take_up("Stories in Arabic", kind="need", by=ben)


@pytest.fixture
def program(need: Need, ben: Person, riverside: Branch) -> Program:
    program = Program.objects.plan("Storytime", need=need, by=ben, branch=riverside)
    program.publish()
    return program


def session_of(program: Program, days: float = 0, **fields: object) -> Session:
    start = timezone.now() + timedelta(days=days)
    given = {"branch": program.branch, "language": "ar", "audience": Band.AGES_0_5, **fields}
    return program.add_sessions(start, start + timedelta(hours=1), **given)[0]


@pytest.fixture
def yesterday(program: Program) -> Session:
    return session_of(program, -1)


def test_not_counted_is_not_zero(yesterday: Session, desk: Person) -> None:
    assert yesterday.total is None
    assert Session.objects.with_attendance().get().attendance is None  # type: ignore[attr-defined]

    yesterday.count_heads({Band.AGES_0_5: 0}, by=desk)

    assert yesterday.total == 0
    assert Session.objects.with_attendance().get().attendance == 0  # type: ignore[attr-defined]
    assert not Session.objects.to_be_counted().exists()


def test_counting_again_replaces_the_first_count(yesterday: Session, desk: Person, need: Need) -> None:
    yesterday.count_heads({Band.AGES_0_5: 14, Band.ADULTS: 9}, by=desk)
    yesterday.count_heads({Band.AGES_0_5: 12}, by=desk)

    assert yesterday.by_band == {Band.AGES_0_5: 12}
    assert need.loop.steps.filter(turn=Turn.COUNTED).count() == 1


def test_taking_a_count_back_leaves_it_not_counted(yesterday: Session, desk: Person, sign_in: SignIn) -> None:
    page = f"/desk/sessions/{yesterday.pk}/heads/"
    sign_in(desk).post(page, {"0-5": "3"})
    sign_in(desk).post(page, {"0-5": ""})

    assert list(Session.objects.to_be_counted()) == [yesterday]


def test_a_count_is_said_in_every_language_of_the_house(yesterday: Session, desk: Person, need: Need) -> None:
    yesterday.count_heads({Band.AGES_0_5: 14}, by=desk)

    step = need.loop.steps.get(turn=Turn.COUNTED)
    assert set(step.words) == {"en", "es", "ar"}
    assert "14 people came" in step.words["en"]


def test_a_small_count_is_said_as_a_small_one(yesterday: Session, desk: Person, need: Need) -> None:
    yesterday.count_heads({Band.AGES_0_5: 3}, by=desk)

    assert "fewer than 10 people came" in need.loop.steps.get(turn=Turn.COUNTED).words["en"]


def test_of_a_lasting_program_only_the_first_count_is_news(program: Program, desk: Person, need: Need) -> None:
    for days in (-3, -2, -1):
        session_of(program, days).count_heads({Band.AGES_0_5: 12}, by=desk)

    assert need.loop.steps.filter(turn=Turn.COUNTED).count() == 1


def test_every_count_of_a_trial_is_news(program: Program, desk: Person, need: Need, ben: Person) -> None:
    pilot = program.prepare_pilot("If", review_on=timezone.localdate())
    pilot.add_measure("People", green=2, amber=1)
    pilot.start(by=ben)

    for days in (-3, -2, -1):
        session_of(program, days).count_heads({Band.AGES_0_5: 12}, by=desk)

    assert need.loop.steps.filter(turn=Turn.COUNTED).count() == 3


def test_a_count_that_is_no_number_keeps_what_was_typed(yesterday: Session, desk: Person, sign_in: SignIn) -> None:
    answer = sign_in(desk).post(f"/desk/sessions/{yesterday.pk}/heads/", {"0-5": "-4", "19+": "7"})

    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert yesterday.total is None


def test_the_desk_of_one_branch_does_not_count_for_another(yesterday: Session, sign_in: SignIn) -> None:
    there = Branch.objects.create(slug="mill", name={"en": "Mill Street"})
    noor = Person.objects.create_user("noor@example.org", name="Noor")
    noor.appoint(Role.FRONTLINE, by=None, branch=there)

    assert sign_in(noor).post(f"/desk/sessions/{yesterday.pk}/heads/", {"0-5": "3"}).status_code == 404
    assert "Storytime" not in sign_in(noor).get("/desk/sessions/").content.decode()


def test_trustees_see_sessions_but_do_not_count(yesterday: Session, tara: Person, sign_in: SignIn) -> None:
    page = sign_in(tara).get(f"/desk/sessions/{yesterday.pk}/")

    assert page.status_code == 200
    assert "Keep the count" not in page.content.decode()
    assert sign_in(tara).post(f"/desk/sessions/{yesterday.pk}/heads/", {"0-5": "3"}).status_code == 403


def test_sessions_wait_until_they_are_counted(yesterday: Session, desk: Person, sign_in: SignIn) -> None:
    client = sign_in(desk)

    assert "Storytime" in client.get("/desk/sessions/").content.decode()
    assert "Not counted yet" in client.get("/desk/").content.decode()
    client.post(f"/desk/sessions/{yesterday.pk}/heads/", {"0-5": "0"})
    assert "Everything has been counted" in client.get("/desk/sessions/").content.decode()


def test_the_same_hour_every_week_even_when_the_clocks_change(program: Program) -> None:
    start = timezone.make_aware(datetime(2027, 3, 9, 10, 0))

    sessions = program.add_sessions(start, start + timedelta(hours=1), times=4, language="en", audience="general")

    assert {timezone.localtime(one.starts_at).time() for one in sessions} == {time(10)}
    assert len({timezone.localdate(one.starts_at) for one in sessions}) == 4


DATE = {
    "day": "2030-05-07",
    "starts": "10:00",
    "ends": "11:00",
    "setting": "onsite",
    "language": "ar",
    "audience": "0-5",
}


def test_a_series_is_added_at_the_desk(program: Program, ben: Person, sign_in: SignIn, riverside: Branch) -> None:
    page = f"/desk/programs/{program.pk}/sessions/"
    garden = riverside.spaces.get(slug="garden")

    sign_in(ben).post(page, DATE | {"times": "8", "space": garden.pk, "access": ["quiet", "step-free"]})

    assert program.sessions.count() == 8
    first = program.sessions.first()
    assert first is not None
    assert (first.branch, [mark.icon for mark in first.marks]) == (riverside, ["volume-x", "accessibility"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends": "09:00"}, "It has to end after it starts"),
        ({"branch": ""}, "Choose the branch"),
        ({"setting": "offsite"}, "Write where it is"),
        ({"times": "900"}, "less than or equal"),
        ({"day": "soon"}, "valid date"),
    ],
)
def test_a_wrong_date_is_refused_at_its_field(
    wrong: dict[str, str], said: str, program: Program, ben: Person, sign_in: SignIn
) -> None:
    sent = DATE | {"times": "1", "branch": str(program.branch_id)} | wrong

    answer = sign_in(ben).post(f"/desk/programs/{program.pk}/sessions/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not program.sessions.exists()


def test_a_session_can_be_moved(program: Program, ben: Person, sign_in: SignIn) -> None:
    session = session_of(program, 3)

    said = DATE | {"branch": str(program.branch_id), "form": "live"}
    sign_in(ben).post(f"/desk/sessions/{session.pk}/facts/", said)

    session.refresh_from_db()
    assert timezone.localtime(session.starts_at).date().isoformat() == "2030-05-07"


def test_a_cancelled_session_says_why_and_stays_readable(
    program: Program, ben: Person, sign_in: SignIn, client: Client
) -> None:
    session = session_of(program, 1)

    sign_in(ben).post(f"/desk/sessions/{session.pk}/cancellation/", {"why": "The storyteller is ill"})

    assert "The storyteller is ill" in client.get(session.get_absolute_url()).content.decode()
    assert "Does not take place" in client.get("/whats-on/").content.decode()
    assert not Session.objects.coming().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        session.cancel("Again", by=ben)


def test_a_cancelled_session_is_not_waited_for(yesterday: Session, ben: Person) -> None:
    yesterday.cancel("Snow", by=ben)

    assert not Session.objects.to_be_counted().exists()


def test_what_is_not_public_is_not_found(program: Program, client: Client) -> None:
    session = session_of(program, 1)
    Program.objects.update(published_at=None)

    assert client.get(session.get_absolute_url()).status_code == 404
    assert "Storytime" not in client.get("/whats-on/").content.decode()


def test_the_calendar_narrows_by_language_audience_and_branch(program: Program, client: Client) -> None:
    session_of(program, 1)

    for found, query in (
        (True, "language=ar"),
        (True, "audience=0-5"),
        (False, "language=es"),
        (False, "audience=19%2B"),
    ):
        assert ("Storytime</a>" in client.get(f"/whats-on/?{query}").content.decode()) is found
    assert client.get("/whats-on/?day=soon&branch=many&language=xx").status_code == 200
    assert client.get("/whats-on/?export=csv").headers["Content-Type"].startswith("text/csv")


def test_an_empty_calendar_says_what_to_do(client: Client, db: None) -> None:
    assert "The doors are open all the same" in client.get("/whats-on/").content.decode()


def test_a_sheet_for_the_table_can_be_printed(yesterday: Session, desk: Person, sign_in: SignIn) -> None:
    page = sign_in(desk).get(f"/desk/sessions/{yesterday.pk}/sheet/").content.decode()

    assert "You do not have to write anything" in page


def test_the_demo_town_is_full_of_life(riverside: Branch, ben: Person, mona: Person, need: Need) -> None:
    programs = demo.fill({"ben": ben, "mona": mona}, {"riverside": riverside}, {"arabic_storytime": need}, {})

    assert "teen" not in programs
    assert Session.objects.to_be_counted().exists()
    assert Session.objects.with_attendance().filter(attendance=0).exists()
    assert Session.objects.exclude(cancellation=None).count() == 2  # knitting without wool, and one of a course
    past = [step.at < timezone.now() for step in need.loop.steps.exclude(turn=Turn.TAKEN_UP)]
    assert past
    assert all(past)
