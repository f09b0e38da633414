"""What the demo town plans is made by the verbs of the desk, and holds something of each kind."""

import pytest

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.demo_planning import plan
from rapport.programs.models import HelpBooking, Outreach, Program, ProgramTemplate, Recording, Series, Submission

pytestmark = pytest.mark.django_db


def test_the_demo_town_plans(ben: Person, mona: Person, riverside: Branch) -> None:
    storytime = Program.objects.plan("Storytime", by=ben, need=None, branch=riverside)

    plan({"storytime": storytime}, {"mona": mona}, [riverside], ben)

    series = Series.objects.get()
    assert series.skips.count() == 1
    assert series.sessions.exclude(cancellation=None).count() == 1
    assert series.sessions.exclude(moves=None).count() == 1
    assert Submission.objects.waiting().count() == 1
    assert Recording.objects.to_be_viewed().count() == 1
    assert HelpBooking.objects.waiting().count() == HelpBooking.objects.met().count() == 1
    assert Outreach.objects.exclude(voices=None).exists() and ProgramTemplate.objects.exists()
