import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.surveys.methods import Comparison, Questionnaire, Test, condition_as_json
from rapport.surveys.models import AlreadyAnswered, Quota, QuotaFull, Response, Survey, Unsound

from .garden import garden_questions


@pytest.fixture
def garden(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    survey.open(by=ben)
    return survey


def _take(survey: Survey, row: dict[str, object], **how: object) -> Response:
    plain = {"edition": survey.edition, "channel": Channel.WEB, "language": "en", **how}
    return Response.objects.take(survey, row, **plain)  # type: ignore[arg-type]


def test_a_survey_begins_with_its_story_and_opens_it(ben: Person) -> None:
    survey = Survey.objects.begin(garden_questions(), by=ben)
    before = survey.loop.is_public

    survey.open(by=ben)

    survey.loop.refresh_from_db()
    assert not before
    assert survey.loop.is_public
    assert survey.is_open
    assert Survey.objects.open().get() == survey


def test_a_survey_without_questions_does_not_open(ben: Person) -> None:
    survey = Survey.objects.begin(Questionnaire(title={"en": "Nothing"}), by=ben)

    with pytest.raises(Unsound):
        survey.open(by=ben)
    assert not Survey.objects.open().exists()


def test_it_is_open_on_its_days_only(garden: Survey) -> None:
    today = timezone.localdate()
    for opens, closes, is_open in [(0, 0, True), (1, 2, False), (-2, -1, False)]:
        garden.opens_on, garden.closes_on = today + timedelta(opens), today + timedelta(closes)
        garden.save()

        assert garden.is_open is is_open
        assert Survey.objects.open().exists() is is_open


def test_a_live_survey_is_corrected_in_a_new_edition(garden: Survey, ben: Person) -> None:
    first = garden.edition
    better = garden_questions()
    better.title["en"] = "The garden on the roof"
    garden.draft(by=ben).write(better)

    garden.publish(by=ben, note="It is on the roof")

    assert garden.edition is not None
    assert first is not None
    assert garden.edition.number == 2
    assert str(garden) == "The garden on the roof"
    assert first.questionnaire.title["en"] == "The reading garden"
    with pytest.raises(ValueError, match="does not change"):
        first.write(better)


def test_the_same_answer_sent_twice_is_taken_once(garden: Survey) -> None:
    key = uuid4()

    first, again = _take(garden, {"visits": "weekly"}, key=key), _take(garden, {"visits": "weekly"}, key=key)

    assert first == again
    assert garden.responses.count() == 1


def test_a_quota_that_is_full_lets_nobody_in(garden: Survey) -> None:
    never = condition_as_json(Test("visits", Comparison.EQUAL, "never"))
    quota = garden.quotas.create(name="Those who never come", when=never, places=1)
    _take(garden, {"visits": "never"})
    _take(garden, {"visits": "weekly"})

    with pytest.raises(QuotaFull):
        _take(garden, {"visits": "never"})

    quota.refresh_from_db()
    assert (quota.taken, garden.responses.count()) == (1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.update(taken=2)


def test_an_invitation_is_used_once_and_leads_to_no_answer(garden: Survey) -> None:
    invitation = garden.invitations.create(email="noor@example.org")
    _take(garden, {"visits": "weekly"}, invitation=invitation)

    with pytest.raises(AlreadyAnswered):
        _take(garden, {"visits": "never"}, invitation=invitation)

    assert garden.responses.count() == 1
    assert not garden.invitations.waiting().exists()


def test_the_answers_of_past_days_lie_in_an_order_by_chance(garden: Survey) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    came = [_take(garden, {"wish": str(n)}, on=yesterday) for n in range(40)]
    today = _take(garden, {"wish": "today"})

    shuffled = Response.objects.shuffle(garden)

    assert shuffled == 40
    assert set(garden.responses.all()) == {*came, today}
    assert _as_they_lie() != [response.answers["wish"] for response in [*came, today]]
    assert Response.objects.shuffle(garden) == 0


def _as_they_lie() -> list[str]:
    """The wishes in the order in which the database keeps its rows."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT answers FROM surveys_response ORDER BY {place}")  # noqa: S608 - one of two words
        return [json.loads(answers)["wish"] for (answers,) in cursor.fetchall()]


def test_a_sitting_becomes_a_response_and_is_gone(garden: Survey) -> None:
    sitting = garden.sittings.create(edition=garden.edition, language="en", channel=Channel.KIOSK)
    key = sitting.key

    response = sitting.send({"visits": "weekly"})

    assert response.pk == key
    assert not garden.sittings.exists()
