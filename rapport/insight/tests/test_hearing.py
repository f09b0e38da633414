"""Whom we hear: steps beside the profile, what is missed while it is open, segments, and what goes out."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapport.community.models import Band, Figure
from rapport.insight.hooks import insight_today
from rapport.insight.models import (
    AlreadyReleased,
    MissedGroup,
    OverBudget,
    PrivacyBudget,
    Release,
    Segment,
)
from rapport.insight.models.release import end_of, quarter_of
from rapport.insight.reached import PLACE
from rapport.insight.reaching.answers import invited
from rapport.insight.reaching.looking import look
from rapport.insight.reaching.portrait import portrait
from rapport.insight.reaching.releasing import release
from rapport.insight.tests.assessment_ground import asked_survey, profile_of
from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.people.models import Person, Role
from rapport.places.models import Branch
from rapport.surveys.models import Response, Survey

Desk = Callable[[Person], Client]
TODAY = timezone.localdate


@pytest.fixture
def asked(riverside: Branch, ben: Person) -> Survey:
    """Thirty young, eight in between, two old, where half of the people are old."""
    profile_of(riverside, ben)
    profile_of(None, ben)
    return asked_survey(riverside, ben)


@pytest.fixture
def voices(riverside: Branch) -> None:
    for number in range(12):
        Voice(
            kind=VoiceKind.CONCERN, words=str(number), language="en", channel=Channel.WEB, branch=riverside
        ).save_as_heard()


def _missed() -> dict[str, str]:
    return {row.band.slug: str(row.title) for row in MissedGroup.objects.current().select_related("band")}


@pytest.mark.django_db
def test_each_step_stands_beside_who_lives_here(asked: Survey, voices: None, riverside: Branch) -> None:
    found = portrait("age", None, TODAY() - timedelta(days=30), TODAY())
    steps = {step.name: step for step in found.steps}

    assert [slug for slug, _name, _share in found.bands] == ["15to24", "25to44", "65plus"]
    young = steps["answered"].cells[0].row
    assert young is not None
    assert (young.heard, round(young.index, 2)) == (30, 3.0)
    assert steps["answered"].cells[2].row is None  # two people are somebody
    assert set(steps) == {"answered"}  # a voice says nothing of its speaker's age

    by_place = portrait(PLACE, None, TODAY() - timedelta(days=30), TODAY())
    assert {step.name: step.n for step in by_place.steps} == {"suggested": 12}


@pytest.mark.django_db
def test_a_band_that_nobody_was_asked_for_is_not_missing(asked: Survey, ben: Person) -> None:
    small = Band.objects.get(slug="under5", dimension__slug="age")
    Figure.objects.create(band=small, estimate=900, of_day=date(2023, 12, 31), source="Census")

    found = portrait("age", None, TODAY() - timedelta(days=30), TODAY())

    cell = found.steps[0].cells[[slug for slug, _name, _share in found.bands].index("under5")]
    assert (cell.row, cell.is_known) == (None, False)


@pytest.mark.django_db
def test_other_branches_and_other_times_are_left_out(asked: Survey) -> None:
    hill = Branch.objects.create(slug="hill", name={"en": "Hill"})

    assert not portrait("age", hill, TODAY() - timedelta(days=30), TODAY()).steps
    assert not portrait("age", None, date(2020, 1, 1), date(2020, 3, 1)).steps


@pytest.mark.django_db
def test_an_open_survey_says_whom_it_misses_until_somebody_acts(asked: Survey, ben: Person, sign_in: Desk) -> None:
    look()
    look()

    assert _missed() == {"65plus": str(asked)}
    missed = MissedGroup.objects.get()
    assert dict(missed.title) == dict(asked.title)  # all languages, whoever looked
    assert "say what you do" in insight_today(None, ben)
    page = sign_in(ben).post(missed.get_absolute_url(), {"kind": "action", "words": "Ben goes to the tea on Friday"})
    assert page.status_code == 302
    assert not MissedGroup.objects.unheeded().exists()
    assert "say what you do" not in insight_today(None, ben)


@pytest.mark.django_db
def test_a_reason_needs_words(asked: Survey, ben: Person, sign_in: Desk) -> None:
    look()
    missed = MissedGroup.objects.get()

    assert sign_in(ben).post(missed.get_absolute_url(), {"kind": "reason", "words": "  "}).status_code == 422
    with pytest.raises(ValueError, match="Say"):
        missed.heed("reason", " ", by=ben)


@pytest.mark.django_db
def test_the_gap_closes_when_they_come_and_when_the_survey_ends(asked: Survey, ben: Person) -> None:
    look()
    assert asked.edition is not None
    for _one in range(40):
        Response.objects.take(asked, {"age": "65plus"}, edition=asked.edition, channel="paper", language="en")

    look()

    assert "65plus" not in _missed()
    assert MissedGroup.objects.filter(band__slug="65plus").exclude(closed_at=None).exists()
    asked.close(by=ben, why="The month is over")
    look()
    assert not _missed()


@pytest.mark.django_db
def test_the_survey_itself_says_who_is_missing(asked: Survey, ben: Person, sign_in: Desk) -> None:
    page = sign_in(ben).get(f"/desk/surveys/{asked.pk}/results/reach/").content.decode()

    assert "missing: seek them out" in page
    assert "say what you do" in page


@pytest.mark.django_db
def test_where_they_can_be_met_stands_beside_whom_we_miss(asked: Survey, ben: Person, sign_in: Desk) -> None:
    look()
    client = sign_in(ben)
    old = Band.objects.get(slug="65plus")
    client.post("/desk/segments/", {"whom": f"band-{old.pk}"})
    segment = Segment.objects.get(band=old)
    client.post(
        f"/desk/segments/{segment.pk}/whereabouts/", {"where-kind": "partner", "where-where_en": "The tea club"}
    )

    page = client.get(MissedGroup.objects.get().get_absolute_url()).content.decode()

    assert "The tea club" in page
    client.post(f"/desk/segments/{segment.pk}/whereabouts/{segment.whereabouts.get().pk}/removal/")
    assert not segment.whereabouts.exists()
    client.post(f"/desk/segments/{segment.pk}/", {"name_en": "Our elders"})
    assert str(Segment.objects.get()) == "Our elders"
    client.post(f"/desk/segments/{segment.pk}/removal/")
    assert not Segment.objects.exists()


@pytest.mark.django_db
def test_new_here_and_places_are_segments_too(riverside: Branch, ben: Person, sign_in: Desk) -> None:
    client = sign_in(ben)

    client.post("/desk/segments/", {"whom": "new"})
    client.post("/desk/segments/", {"whom": f"branch-{riverside.pk}"})

    assert {segment.kind for segment in Segment.objects.all()} == {"new", "place"}
    assert client.post("/desk/segments/", {"whom": "band-999"}).status_code == 422


@pytest.mark.django_db
def test_other_branches_gaps_are_not_there(asked: Survey, sign_in: Desk) -> None:
    look()
    hill = Branch.objects.create(slug="hill", name={"en": "Hill"})
    chen = Person.objects.create_user("chen@example.org", name="Chen")
    chen.appoint(Role.PROGRAMMER, by=None, branch=hill)

    assert sign_in(chen).get(MissedGroup.objects.get().get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_the_page_shows_plots_tables_and_files(asked: Survey, voices: None, ben: Person, sign_in: Desk) -> None:
    client = sign_in(ben)

    page = client.get("/desk/hearing/").content.decode()
    assert "too few to show" in page
    assert client.get("/desk/hearing/?by=place&months=36").status_code == 200
    assert client.get("/desk/hearing/?by=nonsense&branch=x").status_code == 200
    file = b"".join(client.get("/desk/hearing/?export=csv")).decode()  # type: ignore[call-overload]
    assert file.splitlines()[0].lstrip("\ufeff").startswith("step,band,n")


@pytest.mark.django_db
def test_the_page_asks_the_database_a_fixed_number_of_questions(
    asked: Survey, voices: None, ben: Person, sign_in: Desk
) -> None:
    client = sign_in(ben)
    client.get("/desk/hearing/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/hearing/")
    for row in Band.objects.exclude(slug="65plus"):
        MissedGroup.objects.create(thing="x", thing_key=1, title={"en": "t"}, band=row, heard=1, index=0.1, high=0.2)
        Segment.objects.create(name={"en": row.slug}, kind="band", band=row)
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/hearing/")

    assert len(many) <= len(few) + 1  # the prefetch of what was said about gaps


LAST = quarter_of(quarter_of(timezone.localdate()) - timedelta(days=1))


@pytest.fixture
def last_quarter(asked: Survey) -> None:
    Response.objects.update(on=LAST + timedelta(days=10))
    from rapport.insight.columns import forget

    forget(asked, TODAY())
    forget(asked, LAST + timedelta(days=10))


@pytest.mark.django_db
def test_a_quarter_goes_out_once_and_hides_small_numbers(last_quarter: None, ben: Person) -> None:
    one = release(LAST, by=ben)

    whole = {row["band"]: row["count"] for row in one.rows if row["branch"] == "*" and row["dimension"] == "age"}
    assert whole["15to24"] == 30
    assert (whole["25to44"], whole["65plus"]) == (None, None)
    with pytest.raises(AlreadyReleased):
        release(LAST, by=ben)
    with pytest.raises(ValueError, match="over"):
        release(quarter_of(TODAY()), by=ben)
    page = Client().get("/whom-we-hear/").content.decode()
    assert "too few to show" in page
    assert "heard more than their share" in page
    file = b"".join(Client().get("/whom-we-hear/data/")).decode()  # type: ignore[call-overload]
    assert "answered,age,15to24,*,30" in file


@pytest.mark.django_db
def test_noise_costs_what_the_year_has(last_quarter: None, ben: Person) -> None:
    PrivacyBudget.objects.create(year=LAST.year, epsilon=Decimal("0.9"))

    with pytest.raises(OverBudget):
        release(LAST, by=ben, epsilon=Decimal(1))
    assert not Release.objects.exists()
    one = release(LAST, by=ben, epsilon=Decimal("0.5"))

    assert one.cost == Decimal("0.5")
    assert PrivacyBudget.objects.get().left == Decimal("0.4")
    assert all(row["count"] is not None for row in one.rows)
    assert "0.5" in Client().get("/whom-we-hear/").content.decode()


@pytest.mark.django_db
def test_only_the_whole_house_lets_numbers_out(
    last_quarter: None, riverside: Branch, ben: Person, sign_in: Desk
) -> None:
    chen = Person.objects.create_user("chen@example.org", name="Chen")
    chen.appoint(Role.PROGRAMMER, by=None, branch=riverside)
    asked = {"how": "noise", "epsilon": "0.5"}

    assert sign_in(chen).get("/desk/hearing/releases/").status_code == 200
    assert sign_in(chen).post("/desk/hearing/releases/", asked).status_code == 403
    whole = Person.objects.create_user("dolores@example.org", name="Dolores")
    whole.appoint(Role.MANAGER, by=None)
    assert sign_in(whole).post("/desk/hearing/releases/", asked).status_code == 302
    assert Release.objects.get().epsilon == Decimal("0.5")


def test_quarters() -> None:
    assert quarter_of(date(2026, 11, 28)) == date(2026, 10, 1)
    assert end_of(date(2026, 10, 1)) == date(2026, 12, 31)
    assert end_of(date(2024, 1, 1)) == date(2024, 3, 31)


@pytest.mark.django_db(transaction=True)
def test_nobody_spends_twice_what_is_left() -> None:
    budget = PrivacyBudget.objects.create(year=2025, epsilon=Decimal(2))
    together, refused = Barrier(4), []

    def spend() -> None:
        together.wait()
        try:
            PrivacyBudget.objects.get(pk=budget.pk).spend(Decimal(1))
        except OverBudget:
            refused.append(1)
        finally:
            connections.close_all()

    threads = [Thread(target=spend) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    budget.refresh_from_db()
    assert budget.spent == Decimal(2)
    assert len(refused) == 2


@pytest.mark.django_db(transaction=True)
def test_releases_at_once_never_overspend_the_year() -> None:
    """Four quarters go out at the same moment, each for three of eight: two do, and of the others nothing is left."""
    PrivacyBudget.objects.create(year=2024, epsilon=Decimal(8))
    together, refused = Barrier(4), []

    def publish(month: int) -> None:
        together.wait()
        try:
            Release.publish(date(2024, month, 1), [], threshold=10, epsilon=Decimal(1), cost=Decimal(3), by=None)
        except OverBudget:
            refused.append(month)
        finally:
            connections.close_all()

    threads = [Thread(target=publish, args=[month]) for month in (1, 4, 7, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert PrivacyBudget.objects.get().spent == Decimal(6)
    assert Release.objects.spent_in(2024) == Decimal(6)
    assert len(refused) == 2
    assert not Release.objects.filter(quarter__month__in=refused).exists()


@pytest.mark.django_db(transaction=True)
def test_one_quarter_goes_out_once_however_many_press_and_is_paid_once() -> None:
    PrivacyBudget.objects.create(year=2024, epsilon=Decimal(8))
    together, late = Barrier(4), []

    def publish() -> None:
        together.wait()
        try:
            Release.publish(date(2024, 4, 1), [], threshold=10, epsilon=Decimal(1), cost=Decimal(3), by=None)
        except AlreadyReleased:
            late.append(1)
        finally:
            connections.close_all()

    threads = [Thread(target=publish) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Release.objects.count(), len(late)) == (1, 3)
    assert PrivacyBudget.objects.get().spent == Decimal(3)


@pytest.mark.django_db
def test_a_channel_and_a_stretch_of_days_can_be_chosen(asked: Survey, voices: None, ben: Person, sign_in: Desk) -> None:
    client = sign_in(ben)
    Voice.objects.filter(words__in=["1", "2"]).update(channel=Channel.KIOSK)
    today = TODAY().isoformat()

    place = client.get(f"/desk/hearing/?by=place&channel=web&since={today}&until={today}").context["portrait"]
    ways = dict(client.get("/desk/hearing/?by=place").context["ways"])

    assert {step.name: step.n for step in place.steps} == {"suggested": 10}
    assert ways["Told us something"] == [("website", None), ("kiosk", None)]  # ten less the two would tell
    assert "lies before the first" in client.get("/desk/hearing/?since=2026-05-02&until=2026-05-01").content.decode()


@pytest.mark.django_db
def test_who_was_asked_by_name_is_the_first_step(asked: Survey, riverside: Branch) -> None:
    for number in range(3):
        asked.invitations.create(email=f"p{number}@example.org", branch=riverside, invited_on=TODAY())
    asked.invitations.create(reference="7", branch=riverside, invited_on=TODAY())

    counts = [one for one in invited(TODAY() - timedelta(days=9), TODAY()) if one.n]

    assert sorted((one.channel, one.n, one.band) for one in counts) == [
        ("mail", 3, "riverside"),
        ("paper", 1, "riverside"),
    ]
