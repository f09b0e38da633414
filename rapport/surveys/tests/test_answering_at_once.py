"""Many at the same moment: a quota is never passed, nothing is taken twice, and nothing that was answered is lost."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier, Event, Thread, Timer

import pytest
from django.db import connection, transaction
from django.test import Client

from rapport.people.models import Person
from rapport.surveys import tokens
from rapport.surveys.methods import Comparison, Test, condition_as_json
from rapport.surveys.models import AlreadyAnswered, Invitation, Quota, QuotaFull, Response, Sitting, Survey
from rapport.surveys.walk import Walk

from .garden import garden_questions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    return survey


def _take(survey: Survey, visits: str, invitation: Invitation | None = None) -> str:
    edition, row = survey.edition, {"visits": visits}
    assert edition is not None
    how = {"edition": edition, "channel": "web", "language": "en", "invitation": invitation}
    return str(Response.objects.take(survey, row, **how).answers["visits"])  # type: ignore[arg-type]


def _together(acts: list[Callable[[], object]]) -> list[object]:
    """What each of these said, all begun at the same moment."""
    start, said = Barrier(len(acts)), list[object]([None] * len(acts))

    def run(n: int) -> None:
        try:
            start.wait(20)
            said[n] = acts[n]()
        except (QuotaFull, AlreadyAnswered) as refused:
            said[n] = type(refused)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n]) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def test_a_quota_is_never_passed_however_many_come_at_once(garden: Survey) -> None:
    never = condition_as_json(Test("visits", Comparison.EQUAL, "never"))
    quota = garden.quotas.create(name="Those who never come", when=never, places=5)

    said = Counter(_together([partial(_take, garden, visits) for visits in ["never"] * 12 + ["weekly"] * 4]))

    quota.refresh_from_db()
    assert said == {"never": 5, QuotaFull: 7, "weekly": 4}
    assert quota.taken == 5
    assert garden.responses.count() == 9


def test_the_same_answer_sent_many_times_at_once_is_taken_once(garden: Survey) -> None:
    quota = garden.quotas.create(name="All", when={}, places=50)
    sitting = garden.sittings.create(edition=garden.edition, language="en", channel="web", answers={"visits": "weekly"})
    fields = {":token": tokens.token_for(f"{sitting.code} {Walk(sitting).way.thanks('en')}")}

    said = _together(
        [lambda: Client().post(f"/answering/{sitting.code}/response/", fields)["Location"] for _n in range(8)]
    )

    quota.refresh_from_db()
    assert set(said) == {Walk(sitting).way.thanks("en")}
    assert garden.responses.count() == quota.taken == 1
    assert not Sitting.objects.exists()


def test_an_invitation_held_by_two_is_used_once(garden: Survey) -> None:
    invitation = garden.invitations.create(email="noor@example.org")

    said = Counter(_together([partial(_take, garden, "weekly", invitation)] * 6))

    assert said == {"weekly": 1, AlreadyAnswered: 5}
    assert garden.responses.count() == 1


def test_a_quota_set_while_answers_come_in_misses_none(garden: Survey) -> None:
    """However the moments fall, each answer is counted once: before the quota was set, or by it."""
    for places in (20, 21, 22):
        quota = Quota(survey=garden, name="All", places=1000 + places)

        acts = [partial(_take, garden, "weekly") for _n in range(6)]
        said = _together([*acts[:3], quota.set, *acts[3:]])

        quota.refresh_from_db()
        assert said.count("weekly") == 6
        assert quota.taken == garden.responses.count()
        quota.delete()


def test_a_quota_waits_for_the_answer_that_is_coming_in(garden: Survey) -> None:
    """An answer stands half-way in its transaction; the quota is set only when it is in, and counts it."""
    half_way, go_on = Event(), Event()
    quota = Quota(survey=garden, name="All", places=5)

    def slow_answer() -> str:
        with transaction.atomic():
            said = _take(garden, "weekly")
            half_way.set()
            go_on.wait(20)
        return said

    def set_meanwhile() -> bool:
        half_way.wait(20)
        Timer(0.3, go_on.set).start()
        return quota.set()

    said = _together([slow_answer, set_meanwhile])

    quota.refresh_from_db()
    assert said == ["weekly", True]
    assert quota.taken == 1


def test_two_pages_answered_in_two_windows_at_once_are_both_kept(garden: Survey) -> None:
    sitting = garden.sittings.create(edition=garden.edition, language="en", channel="web")
    first, second = garden_questions().pages

    for _round in range(3):
        one, other = Sitting.objects.get(pk=sitting.pk), Sitting.objects.get(pk=sitting.pk)
        _together([partial(one.answer, first, {"visits": "never"}), partial(other.answer, second, {"wish": "Shade"})])

        sitting.refresh_from_db()
        assert sitting.answers == {"visits": "never", "wish": "Shade"}
        Sitting.objects.update(answers={})
