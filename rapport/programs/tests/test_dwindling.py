"""A series to which fewer come: noticed, looked into, decided, and compared afterwards."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.following.courses import effect_of, effect_words, followed, notice_dwindling
from rapport.programs.following.explaining import mark_of, voices_about
from rapport.programs.methods.attendance import Course
from rapport.programs.methods.effect import effect
from rapport.programs.models import Dwindling, FollowUp, Program, RemedyChoice
from rapport.surveys.models import Survey

SignIn = Callable[[Person], Client]
FALLING = [21, 20, 20, 18, 17, 15, 14, 13, 11, 10, 9, 8, 6, 5]


def test_twice_as_many_is_seen_and_chance_is_not() -> None:
    clear = effect([8, 9, 7, 8, 10, 6], [16, 17, 15, 18])
    unsure = effect([8, 12, 4, 10], [9, 13, 5, 11])

    assert clear.is_clear
    assert clear.ratio == pytest.approx(2.06, abs=0.01)
    assert not unsure.is_clear
    assert effect([8, 9, 7, 8], [16]).ratio is None
    assert effect([], []).before is None


def test_steady_series_seldom_look_changed() -> None:
    """Of steady counts that scatter twice as much as Poisson's law allows, about one in twenty is called changed."""
    random = np.random.default_rng(11)
    counts = random.negative_binomial(12, 0.5, size=(2000, 20))

    wrong = np.mean([effect(row[:12], row[12:]).is_clear for row in counts])

    assert 0.03 < wrong < 0.075


@pytest.fixture
def club(ben: Person, riverside: Branch) -> Program:
    club = Program.objects.plan("Evening book club", need=None, by=ben, branch=riverside, audience="19+", language="en")
    club.publish()
    return club


def count(program: Program, counts: list[int | None], by: Person, *, until: int = 0) -> None:
    """One date a week, the last one so many weeks ago."""
    now = timezone.now()
    for place, n in enumerate(counts):
        starts = now - timedelta(weeks=len(counts) - place + until)
        [date] = program.add_dates([(starts, starts + timedelta(hours=1))], language="en", audience="19+")
        if n is not None:
            date.count_heads({"19+": n}, by=by)


@pytest.mark.django_db
def test_a_falling_series_raises_one_flag(club: Program, ben: Person) -> None:
    count(club, [None, *FALLING], ben)

    notice_dwindling()
    notice_dwindling()

    flag = Dwindling.objects.open().get()
    assert flag.program == club
    assert flag.high < 0


@pytest.mark.django_db
def test_below_a_dozen_it_is_too_early_to_tell(club: Program, ben: Person) -> None:
    count(club, [*FALLING[:11], None, None], ben)

    assert notice_dwindling() == 0
    assert followed()[0].trend.course is Course.TOO_EARLY


@pytest.fixture
def flag(club: Program, ben: Person) -> Dwindling:
    count(club, list(FALLING), ben)
    notice_dwindling()
    return Dwindling.objects.get()


@pytest.mark.django_db
def test_voices_that_name_it_or_came_with_feedback_stand_beside_it(flag: Dwindling, ben: Person) -> None:
    said = {"kind": VoiceKind.SUGGESTION, "language": "en", "channel": Channel.WEB}
    Voice(words="The evening book club is too late for me", **said).save_as_heard()
    Voice(words="Too late", channel_detail=mark_of(flag.program), **said).save_as_heard()
    Voice(words="More shade", **said).save_as_heard()

    hints = voices_about(flag.program, ben)

    assert [hint.voice.words for hint in hints] == ["Too late", "The evening book club is too late for me"]


@pytest.mark.django_db
def test_a_decision_closes_the_flag_and_begins_a_trial(flag: Dwindling, ben: Person, sign_in: SignIn) -> None:
    today = timezone.localdate()
    given = {"choice": "new_format", "why": "Lunch is easier", "since": today}
    where = f"/desk/dwindling/{flag.pk}/remedy/"

    assert sign_in(ben).post(where, given).status_code == 422  # when is it looked at again?
    sign_in(ben).post(where, {**given, "review_on": today + timedelta(days=90)})

    flag = Dwindling.objects.get()
    assert flag.decided is not None
    assert flag.decided.choice == RemedyChoice.NEW_FORMAT
    assert flag.program.trial is not None
    assert flag.program.trial.measures.get().amber == round(flag.mean)
    assert "Fewer come than before" not in sign_in(ben).get("/desk/").content.decode()


@pytest.mark.django_db
def test_what_was_decided_is_compared_later(flag: Dwindling, ben: Person, sign_in: SignIn) -> None:
    made = flag.decide(RemedyChoice.CHANGE, "Lunch", by=ben, since=timezone.localdate() - timedelta(weeks=6))
    assert "Too early to tell" in effect_words(effect_of(made)) or effect_of(made).ratio is not None

    made.since = timezone.localdate() - timedelta(days=3)
    made.save()
    starts = timezone.now() - timedelta(days=2)
    for n in (24, 25, 23, 26):
        [date] = flag.program.add_dates([(starts, starts + timedelta(hours=1))], language="en", audience="19+")
        date.count_heads({"19+": n}, by=ben)

    found = effect_of(made)
    assert found.is_clear
    assert (found.n_before, found.n_after) == (12, 4)
    assert "more than chance explains" in sign_in(ben).get(f"/desk/dwindling/{flag.pk}/").content.decode()
    assert notice_dwindling() == 0  # its history begins with the change


@pytest.mark.django_db
def test_a_survey_asks_those_who_agreed(flag: Dwindling, ben: Person, sign_in: SignIn) -> None:
    date = flag.program.sessions.last()
    assert date is not None
    FollowUp.objects.create(session=date, email="noor@example.org", language="en")

    sign_in(ben).post(f"/desk/dwindling/{flag.pk}/survey/")

    survey = Survey.objects.get()
    assert "Evening book club" in str(survey.title)
    assert survey.invitations.get().email == "noor@example.org"


@pytest.mark.django_db
def test_the_pages_say_it_plainly(flag: Dwindling, ben: Person, tara: Person, sign_in: SignIn) -> None:
    assert "Fewer people: about" in sign_in(tara).get("/desk/attendance/").content.decode()
    assert "Fewer people: about" in sign_in(tara).get(f"/desk/programs/{flag.program_id}/attendance/").content.decode()
    assert "Decide this" not in sign_in(tara).get(f"/desk/dwindling/{flag.pk}/").content.decode()
    assert "Fewer come than before" in sign_in(ben).get("/desk/").content.decode()
