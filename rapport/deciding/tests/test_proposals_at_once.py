"""Many at the same moment: nobody supports more than they may or twice, and nothing is merged twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from rapport.deciding.models import (
    AlreadyAnswered,
    Collection,
    EnoughProposals,
    EnoughSupports,
    Merging,
    NotToBeMerged,
    Process,
    Proposal,
    ProposalState,
    Support,
)
from rapport.deciding.models.moderation import take
from rapport.deciding.tests.idea_box import an_idea, idea_box, somebody
from rapport.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
_REFUSED = (EnoughSupports, EnoughProposals, NotToBeMerged, AlreadyAnswered)


@pytest.fixture
def box(garden: Process) -> Collection:
    return idea_box(garden, most_supports=3, most_proposals=20)


def _together(acts: list[Callable[[], object]]) -> list[object]:
    """What each of these said, all begun at the same moment."""
    start, said = Barrier(len(acts)), list[object]([None] * len(acts))

    def run(n: int) -> None:
        try:
            start.wait(20)
            said[n] = acts[n]()
        except _REFUSED as refused:
            said[n] = type(refused)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n]) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def test_nobody_supports_more_than_each_may_however_fast_they_press(box: Collection) -> None:
    author, noor = somebody(box.process), somebody(box.process)
    ideas = [an_idea(box, author, f"Idea {number}") for number in range(8)]

    said = _together([partial(Support.objects.give, Proposal.objects.get(pk=idea.pk), noor) for idea in ideas])

    assert said.count(EnoughSupports) == 5
    assert Support.objects.count() == 3
    assert sum(Proposal.objects.values_list("supporters", flat=True)) == 3


def test_support_pressed_many_times_at_once_counts_once_and_the_number_is_right(box: Collection) -> None:
    idea = an_idea(box, somebody(box.process))
    people = [somebody(box.process) for _one in range(4)] * 2

    _together([partial(Support.objects.give, Proposal.objects.get(pk=idea.pk), one) for one in people])

    idea.refresh_from_db()
    assert idea.supporters == idea.supports.count() == 4


def test_a_line_of_a_list_entered_by_two_colleagues_counts_once(box: Collection, ben: Person) -> None:
    idea = an_idea(box, somebody(box.process))
    enter = partial(Support.objects.from_sheet, idea, "Rosa Diaz", "River Street", by=ben)

    said = _together([enter] * 4)

    assert sum(one is not None for one in said) == 1
    assert Support.objects.count() == 1


def test_of_drafts_sent_at_once_no_more_are_published_than_each_may(garden: Process) -> None:
    box = idea_box(garden, most_proposals=2)
    noor = somebody(garden)
    drafts = [
        Proposal.objects.begin(box, participant=noor, language="en", title=f"Idea {n}", words="x") for n in range(5)
    ]

    said = _together([partial(Proposal.objects.get(pk=draft.pk).publish, by=noor) for draft in drafts])

    assert said.count(EnoughProposals) == 3
    assert Proposal.objects.public().count() == 2


def test_of_two_mergings_of_the_same_proposal_one_is_taken(box: Collection, ben: Person) -> None:
    first, second, third = (an_idea(box, somebody(box.process), f"Idea {n}") for n in range(3))

    said = _together(
        [partial(Merging.objects.propose, pair, [("Both", "x")], by=ben) for pair in ([first, second], [second, third])]
    )

    assert said.count(NotToBeMerged) == 1
    assert Merging.objects.count() == 1


def test_consents_given_at_once_merge_once(box: Collection, ben: Person) -> None:
    ideas = [an_idea(box, somebody(box.process), f"Idea {n}") for n in range(3)]
    both = somebody(box.process)
    for idea in ideas:
        Support.objects.give(Proposal.objects.get(pk=idea.pk), both)
    merging = Merging.objects.propose(ideas, [("All", "x")], by=ben)

    said = Counter(
        _together([partial(Merging.objects.get(pk=merging.pk).consent, idea, entered_by=ben) for idea in ideas * 2])
    )

    assert said[True] == 1
    assert Proposal.objects.public().get().supporters == 1
    assert Proposal.objects.filter(state=ProposalState.MERGED).count() == 3


def test_one_of_many_moderators_takes_it(box: Collection, ben: Person, mona: Person) -> None:
    idea = an_idea(box, somebody(box.process))

    said = _together([partial(take, idea, by=one) for one in (ben, mona)])

    assert said.count(True) == 1
