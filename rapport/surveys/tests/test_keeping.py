from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.people.privacy import kept
from rapport.surveys.keeping import (
    clean_answers,
    clean_contacts,
    clean_sittings,
    shuffle_answers,
)
from rapport.surveys.models import Contact, Invitation, Response, Sitting, Survey

from .garden import garden_questions


@pytest.fixture
def named(ben: Person) -> Survey:
    survey = Survey.objects.begin(garden_questions(), by=ben, is_named=True)
    survey.open(by=ben)
    return survey


def _answered(survey: Survey, person: Person | None = None, **how: object) -> Response:
    speaker = Speaker.objects.reached_at(person=person) if person else None
    plain = {"edition": survey.edition, "channel": "web", "language": "en", "speaker": speaker, **how}
    return Response.objects.take(survey, {"wish": "Shade"}, **plain)  # type: ignore[arg-type]


def test_a_person_takes_their_named_answers_away_and_out(named: Survey, amina: Person, ben: Person) -> None:
    hers, his = _answered(named, amina), _answered(named, ben)
    answers = kept.get("surveys.answers")

    assert [row["answers"] for row in answers.export(amina)] == [{"wish": "Shade"}]
    answers.erase(amina)

    hers.refresh_from_db()
    his.refresh_from_db()
    assert hers.speaker is None
    assert his.speaker is not None
    assert answers.export(amina) == []


def test_contacts_invitations_and_what_was_begun_by_them_are_a_persons_to_erase(named: Survey, amina: Person) -> None:
    Contact.objects.leave(named, language="en", email=amina.email.upper(), wants_talk=True)
    invitation = named.invitations.create(email=amina.email)
    named.sittings.create(edition=named.edition, language="en", channel="web", invitation=invitation)
    records = [kept.get(f"surveys.{name}") for name in ("sittings", "contacts", "invitations")]

    assert [len(record.export(amina)) for record in records] == [1, 1, 1]
    for record in records:
        record.erase(amina)

    assert not any(thing.objects.exists() for thing in (Sitting, Contact))
    assert not Invitation.objects.by_mail().exists()


def test_what_was_begun_and_not_sent_goes_after_a_month(named: Survey) -> None:
    today = timezone.localdate()
    for days in (29, 30, 31):
        named.sittings.create(edition=named.edition, language="en", channel="web", touched_on=today - timedelta(days))

    assert clean_sittings() == 1
    assert Sitting.objects.count() == 2


def test_contacts_go_after_their_time(named: Survey) -> None:
    contact = Contact.objects.leave(named, language="en", email="noor@example.org", wants_talk=True)
    assert clean_contacts() == 0

    contact.month -= timedelta(days=240)
    contact.save()

    assert clean_contacts() == 1


def test_answers_go_after_the_day_that_was_said(named: Survey) -> None:
    _answered(named)
    named.keep_until = timezone.localdate()
    named.save()
    assert clean_answers() == 0

    named.keep_until -= timedelta(days=1)
    named.save()

    assert clean_answers() == 1
    assert not Response.objects.exists()


def test_each_night_the_answers_of_past_days_are_shuffled(named: Survey) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    for _n in range(3):
        _answered(named, on=yesterday)
    _answered(named)

    assert shuffle_answers() == 3
    assert shuffle_answers() == 0
    assert Response.objects.filter(is_shuffled=False).count() == 1
