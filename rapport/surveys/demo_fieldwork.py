"""What is on its way for the open survey of the demo town: people asked by name, a quota, and a stack of paper."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.inviting import read_people, table_of, take_people
from rapport.surveys.methods import Comparison, Test, condition_as_json
from rapport.surveys.models import PaperPrint, Quota, Response, Sending, Sheet, Survey

_PEOPLE = """
name\temail\tlanguage\tbranch\tnumber
Noor Haddad\tnoor@example.org\tar\t{0}\t
Lina Haddad\tlina@example.org\tar\t{1}\t
Tomás Vega\ttomas@example.org\tes\t{0}\t
Rosa Vega\trosa@example.org\tes\t{1}\t
Will Archer\twill@example.org\ten\t{0}\t
Joan Archer\tjoan@example.org\ten\t{0}\t
Priya Nair\tpriya@example.org\ten\t{1}\t
Sam Okoro\tsam@example.org\ten\t{1}\t
Edith Lund\t\ten\t{0}\tcard 20417
Harold Lund\t\ten\t{0}\tcard 20418
"""
_ANSWERED = ("noor@example.org", "tomas@example.org", "joan@example.org", "priya@example.org")
_DECLINED = "sam@example.org"
_WRITTEN_TO = 8  # days ago: a reminder is due after seven
Answers = Callable[[], dict[str, Any]]


def on_its_way(survey: Survey, cast: Mapping[str, Person], branches: Mapping[str, Branch], *, answers: Answers) -> None:
    _invited(survey, cast["ben"], branches, answers)
    _wanted(survey)
    _on_paper(survey, cast, next(iter(branches.values())), answers)


def _invited(survey: Survey, by: Person, branches: Mapping[str, Branch], answers: Answers) -> None:
    """The board of friends, asked by name eight days ago; half have answered, the next reminder is due."""
    then = timezone.localdate() - timedelta(days=_WRITTEN_TO)
    with table_of(_PEOPLE.format(*branches)) as table:
        take_people(read_people(survey, table.rows(), by=by))
    Sending.objects.create(survey=survey, by=by, from_on=then)
    for invitation in survey.invitations.to_invite():
        invitation.note_invited(day=then)
        if invitation.email == _DECLINED:
            invitation.decline()
        if invitation.email in _ANSWERED:
            assert survey.edition is not None  # noqa: S101 - it was opened before
            Response.objects.take(
                survey, answers(), edition=survey.edition, channel=Channel.WEB, language=invitation.language,
                branch=invitation.branch, invitation=invitation,
            )  # fmt: skip


def _wanted(survey: Survey) -> None:
    """Older people answer gladly: not more than forty, so that the others are heard beside them."""
    when = condition_as_json(Test("age", Comparison.EQUAL, "65plus")) or {}
    Quota(
        survey=survey, name={"en": "65 and older", "es": "65 años o más", "ar": "65 فأكثر"}, when=when, places=40
    ).set()


def _on_paper(survey: Survey, cast: Mapping[str, Person], branch: Branch, answers: Answers) -> None:
    """Twenty copies lay at the desk; three came back, and wait for a second pair of eyes."""
    edition = survey.edition
    assert edition is not None  # noqa: S101 - it was opened before
    printed = PaperPrint.make(survey, edition=edition, language="en", copies=20, by=cast["ben"], branch=branch)
    for serial in printed.serials[:3]:
        Sheet.of(survey, serial, language="en", branch=branch).enter(answers(), by=cast["ben"])
