"""Planning at the desk: facts with a preview, series by rule, reviews, templates, the ledgers beside the programs."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from rapport.listening.models import Voice
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.models import (
    HoursThere,
    Observance,
    Outreach,
    Program,
    Recording,
    RegistrationRules,
    Seating,
    Session,
)
from rapport.programs.planning.hooks import planning_today, reviews_today

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
TUESDAYS = {
    "first": "2030-05-01", "starts": "18:00", "ends": "20:00", "every": "1", "unit": "weeks", "weekdays": ["1"],
    "times": "4",
}  # fmt: skip


@pytest.fixture
def sewing(ben: Person, riverside: Branch) -> Program:
    return Program.objects.plan("Sewing", by=ben, need=None, branch=riverside, language="en", audience="19+")


def _facts(program: Program, **more: object) -> dict[str, object]:
    said = {"setting": "onsite", "branch": program.branch_id, "audience": "19+", "language": "en", "form": "live"}
    return {**said, "is_sponsored": "on", **more}


def test_dates_are_seen_before_they_are_made(
    sewing: Program, ben: Person, sign_in: SignIn, riverside: Branch, mona: Person
) -> None:
    riverside.closures.create(first=date(2030, 5, 14), last=date(2030, 5, 14), why={"en": "Town festival"})
    Program.objects.filter(pk=sewing.pk).update(staff_hours=6)
    HoursThere.objects.create(branch=riverside, hours=5, since=date(2030, 1, 1), by=mona)
    desk, page = sign_in(ben), f"/desk/programs/{sewing.pk}/series/new/"

    seen = desk.post(page, TUESDAYS).content.decode()
    assert "closed: Town festival" in seen and "3 dates would be made" in seen and "More than there is" in seen
    assert not sewing.series.exists()

    desk.post(page, TUESDAYS | {"sure": "1", "keep": ["2030-05-07", "2030-05-21"]})
    series = sewing.series.get()
    assert [timezone.localdate(one.starts_at).day for one in series.sessions.all()] == [7, 21]
    assert [(one.day.day, one.closure is not None) for one in series.skips.all()] == [(14, True), (28, False)]
    shown = desk.get(f"/desk/series/{series.pk}/").content.decode()
    assert "Town festival" in shown and "left out when it was planned" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends": "17:00"}, "It has to end after it starts"),
        ({"unit": "months"}, "Say which of them"),
        ({"times": ""}, "Say how many dates"),
        ({"until": "2030-08-01"}, "not both"),
        ({"weekdays": []}, "required"),
    ],
)
def test_a_rule_that_is_not_whole_says_what_is_missing(
    wrong: dict[str, object], said: str, sewing: Program, ben: Person, sign_in: SignIn
) -> None:
    answer = sign_in(ben).post(f"/desk/programs/{sewing.pk}/series/new/", TUESDAYS | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_single_day_is_added_and_left_out(sewing: Program, ben: Person, sign_in: SignIn, riverside: Branch) -> None:
    desk = sign_in(ben)
    desk.post(f"/desk/programs/{sewing.pk}/series/new/", TUESDAYS | {"sure": "1", "keep": ["2030-05-07"]})
    series = sewing.series.get()
    riverside.closures.create(first=date(2030, 6, 5), last=date(2030, 6, 5), why={"en": "Stocktaking"})

    closed = desk.post(f"/desk/series/{series.pk}/date/", {"day": "2030-06-05", "starts": "10:00", "ends": "11:00"})
    assert closed.status_code == 422 and "Stocktaking" in closed.content.decode()
    desk.post(f"/desk/series/{series.pk}/date/", {"day": "2030-06-06", "starts": "10:00", "ends": "11:00"})
    desk.post(f"/desk/series/{series.pk}/skips/", {"day": "2030-05-07", "why": "Ben is away"})
    assert [timezone.localdate(one.starts_at).isoformat() for one in series.sessions.all()] == ["2030-06-06"]

    sewing.publish()
    desk.post(f"/desk/series/{series.pk}/skips/", {"day": "2030-06-06", "why": "The room floods"})
    assert series.sessions.get().called_off.why == "The room floods"  # type: ignore[union-attr]


def test_a_change_is_foreseen_with_who_is_registered(sewing: Program, ben: Person, sign_in: SignIn) -> None:
    rules = RegistrationRules.objects.create(name={"en": "Courses"})
    sewing.change({"rules": rules, "capacity": 12})
    starts = timezone.now() + timedelta(days=9)
    [coming] = sewing.add_dates([(starts, starts + timedelta(hours=2))])
    Seating.objects.open_for(coming).take(7)  # type: ignore[union-attr]
    desk, page = sign_in(ben), f"/desk/programs/{sewing.pk}/facts/"

    seen = desk.post(page, _facts(sewing, rules=rules.pk, capacity=20)).content.decode()
    assert "1 date follows this" in seen and "7 people are registered" in seen
    assert Session.objects.get().capacity == 12

    few = desk.post(page, _facts(sewing, rules=rules.pk, capacity=5, sure="1"))
    assert few.status_code == 422 and "7 people have a place" in few.content.decode()

    desk.post(
        page, _facts(sewing, rules=rules.pk, capacity=20, sure="1", success_en="They sew on", new_presenter="Ines")
    )
    assert Session.objects.get().capacity == Seating.objects.get().capacity == 20
    assert [one.name for one in Program.objects.get().presenters.all()] == ["Ines"]


def test_a_moved_date_says_from_where_to_everyone(
    sewing: Program, ben: Person, sign_in: SignIn, client: Client
) -> None:
    sewing.publish()
    starts = timezone.now() + timedelta(days=3)
    [coming] = sewing.add_dates([(starts, starts + timedelta(hours=2))])
    moved = {"day": "2030-05-07", "starts": "18:00", "ends": "20:00", "why": "The roof is mended"}

    sign_in(ben).post(f"/desk/sessions/{coming.pk}/facts/", _facts(sewing, **moved))

    page = client.get(coming.get_absolute_url()).content.decode()
    assert "Moved from" in page and "The roof is mended" in page
    assert "moved from" in client.get("/whats-on/?day=2030-05-01").content.decode()


def test_a_plan_goes_to_its_review_and_back(
    sewing: Program, ben: Person, mona: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.HOUSE, "programs_without_review", False)
    at = f"/desk/programs/{sewing.pk}"
    desk = sign_in(ben)
    desk.post(f"{at}/publication/")
    desk.post(f"{at}/delivery/", {"said_en": "There"})
    assert not Program.objects.public().exists()

    desk.post(f"{at}/submission/", {"words": "For spring"})
    desk.post(f"{at}/submission/", {"words": "Pressed twice"})
    assert sewing.submissions.count() == 1
    assert desk.post(f"{at}/review/", {"verdict": "approve"}).status_code == 403
    assert "waits for your yes" in reviews_today(None, mona)

    manager = sign_in(mona)
    assert manager.post(f"{at}/review/", {"verdict": "return"}).status_code == 422
    manager.post(f"{at}/review/", {"verdict": "return", "words": "Who looks after the children?"})
    assert "came back with words" in reviews_today(None, ben)
    assert sewing.review_words == "returned with words"

    desk = sign_in(ben)
    desk.post(f"{at}/submission/", {"words": "Now with childcare"})
    sign_in(mona).post(f"{at}/review/", {"verdict": "approve"})
    sign_in(ben).post(f"{at}/publication/")
    assert Program.objects.public().exists()


def test_a_template_is_where_one_begins(sewing: Program, ben: Person, sign_in: SignIn) -> None:
    desk = sign_in(ben)
    desk.post(f"/desk/programs/{sewing.pk}/template/", {"name_en": "A course of six evenings"})
    assert "A course of six evenings" in desk.get("/desk/programs/new/").content.decode()

    desk.post(f"/desk/programs/{sewing.pk}/copy/", {"title_en": "Knitting"})
    assert Program.objects.exclude(pk=sewing.pk).get().answers_none


def test_a_recording_asks_for_its_views_after_thirty_days(sewing: Program, ben: Person, sign_in: SignIn) -> None:
    desk, long_ago = sign_in(ben), timezone.localdate() - timedelta(days=31)
    said = {"title": "Hems", "posted_on": long_ago.isoformat(), "platforms": "YouTube, Facebook"}
    desk.post(f"/desk/programs/{sewing.pk}/recordings/", said)
    recording = Recording.objects.get()
    assert "note its views now" in planning_today(None, ben)

    one, two = recording.views.order_by("platform")
    desk.post(f"/desk/recordings/{recording.pk}/", {f"views-{one.pk}": "12", f"views-{two.pk}": ""})
    assert Recording.objects.to_be_viewed().exists()
    desk.post(f"/desk/recordings/{recording.pk}/", {f"views-{one.pk}": "12", f"views-{two.pk}": "30"})
    assert not Recording.objects.to_be_viewed().exists()
    assert Recording.objects.get().total == 42


def test_an_outing_is_in_its_own_ledger_and_its_ideas_are_voices(
    ben: Person, sign_in: SignIn, riverside: Branch
) -> None:
    said = {"day": "2026-05-02", "place": "The market", "branch": riverside.pk, "contacts": "80", "cards": "9"}
    sign_in(ben).post("/desk/outreach/new/", said | {"ideas": "Open earlier\n\nLend seeds\n"})

    outing = Outreach.objects.get()
    assert {one.words for one in outing.voices.all()} == {"Open earlier", "Lend seeds"}
    assert Voice.objects.count() == 2 and not Session.objects.exists()


@pytest.mark.parametrize(
    ("when", "today", "day"),
    [
        ({"when": "fixed", "month": 4, "day": 23}, date(2027, 4, 24), date(2028, 4, 23)),
        ({"when": "rule", "month": 5, "nth": -1, "weekday": 0}, date(2027, 1, 1), date(2027, 5, 31)),
        ({"when": "fixed", "month": 12, "day": 30, "lasts": 5}, date(2027, 1, 2), date(2026, 12, 30)),
        ({"when": "given"}, date(2027, 1, 1), date(2027, 2, 6)),
        ({"when": "given"}, date(2027, 3, 1), None),
    ],
)
def test_an_observance_knows_its_next_day(when: dict[str, object], today: date, day: date | None) -> None:
    observance = Observance.objects.create(name="A day", **when)
    if when["when"] == "given":
        observance.dates.create(first=date(2027, 2, 6))
    assert observance.next_day(today) == day


def test_an_observance_is_written_down_and_asks_to_be_planned(ben: Person, sign_in: SignIn) -> None:
    desk, soon = sign_in(ben), timezone.localdate() + timedelta(days=20)
    said = {"name_en": "New year", "when": "given", "lasts": "1", "lead_weeks": "8", "planned_with": "The tea house"}
    assert desk.post("/desk/observances/new/", said).status_code == 422
    assert desk.post("/desk/observances/new/", said | {"days": "soon"}).status_code == 422

    desk.post("/desk/observances/new/", said | {"days": soon.isoformat()})
    assert "with The tea house" in planning_today(None, ben)

    Program.objects.plan("Lanterns", by=ben, need=None, observance=Observance.objects.get())
    assert "New year" not in planning_today(None, ben)


def test_rules_are_changed_where_they_are_open(sewing: Program, ben: Person, sign_in: SignIn) -> None:
    rules = RegistrationRules.objects.create(name={"en": "Courses"}, opens_days=28)
    sewing.change({"rules": rules, "capacity": 12})
    starts = timezone.now() + timedelta(days=9)
    [coming] = sewing.add_dates([(starts, starts + timedelta(hours=2))])
    seating = Seating.objects.open_for(coming)
    assert seating is not None
    seating.take(10)
    desk, page = sign_in(ben), f"/desk/registration-rules/{rules.pk}/"
    form = desk.get(page).context["form"]
    now = {field.name: field.value() for field in form if field.name != "name"}
    said = {name: value for name, value in now.items() if value is not None and value is not False} | {
        "name_en": "Courses"
    }

    seen = desk.post(page, said | {"walk_ins": "5", "closes_hours": "24"}).content.decode()
    assert "1 date that is open follows this" in seen and "10 places are taken" in seen
    desk.post(page, said | {"walk_ins": "5", "closes_hours": "24", "sure": "1"})

    seating.refresh_from_db()
    assert (seating.kept, seating.closes_at) == (2, starts - timedelta(hours=24))


def test_hours_promised_stand_beside_those_there_are(
    sewing: Program, ben: Person, mona: Person, sign_in: SignIn, riverside: Branch
) -> None:
    starts = timezone.now() + timedelta(days=1)
    sewing.add_dates([(starts, starts + timedelta(hours=2))], staff_hours=8)
    said = {"branch": riverside.pk, "hours": "5", "since": timezone.localdate().isoformat()}
    sign_in(ben).post("/desk/program-hours/", said)
    assert not HoursThere.objects.exists()

    sign_in(mona).post("/desk/program-hours/", said)
    assert "too much" in sign_in(ben).get("/desk/program-hours/").content.decode()


def test_words_that_are_missing_are_listed(sewing: Program, ben: Person, sign_in: SignIn) -> None:
    starts = timezone.now() + timedelta(days=1)
    sewing.add_dates([(starts, starts + timedelta(hours=2))])
    page = sign_in(ben).get("/desk/programs/translations/").content.decode()
    assert "Title missing in" in page and "español" in page

    sewing.reword(title={"en": "Sewing", "es": "Costura", "ar": "خياطة"})
    assert "Everything is said in every language" in sign_in(ben).get("/desk/programs/translations/").content.decode()


def test_what_a_date_took_is_noted(sewing: Program, ben: Person, sign_in: SignIn) -> None:
    starts = timezone.now() - timedelta(days=1)
    [over] = sewing.add_dates([(starts, starts + timedelta(hours=2))], staff_hours=4)
    desk, page = sign_in(ben), f"/desk/sessions/{over.pk}/effort/"
    assert desk.post(page, {"hours": "-1"}).status_code == 422
    desk.post(page, {"hours": "5.5", "money": "12"})
    assert over.effort.hours == 5.5  # type: ignore[attr-defined]
