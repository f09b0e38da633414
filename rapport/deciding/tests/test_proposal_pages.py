"""Proposals by their pages: what a visitor, an author and somebody at the desk can open and press."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.deciding.models import (
    Amendment,
    CodeCard,
    Collection,
    Comment,
    Doing,
    Participant,
    Process,
    Proposal,
    ProposalState,
    Stance,
    Support,
)
from rapport.deciding.models.moderation import moderate
from rapport.deciding.tests.idea_box import an_idea, idea_box, somebody
from rapport.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def box(garden: Process) -> Collection:
    return idea_box(garden)


@pytest.fixture
def noor(garden: Process) -> Participant:
    return somebody(garden, "Noor", email="noor@example.org")


def _written(client: Client, box: Collection, title: str = "A pear tree") -> Proposal:
    begun = client.post(f"/collections/{box.pk}/new/", {"title": title, "language": "en", "name": "Noor"})
    draft = Proposal.objects.get(state=ProposalState.DRAFT)
    assert begun["Location"] == f"/ideas/{draft.pk}/writing/words/"
    client.post(f"/ideas/{draft.pk}/writing/words/", {"words": "It gives shade."})
    client.post(f"/ideas/{draft.pk}/writing/more/", {})
    client.post(f"/ideas/{draft.pk}/writing/publishing/")
    return Proposal.objects.get(pk=draft.pk)


def test_somebody_writes_one_thing_at_a_time_without_an_account(box: Collection, client: Client) -> None:
    idea = _written(client, box)

    assert idea.is_public
    page = Client().get(idea.get_absolute_url()).text
    assert all(
        word in page for word in ("A pear tree", "It gives shade.", "Noor", "What should the reading garden be?")
    )


def test_a_draft_is_there_for_its_author_alone(box: Collection, client: Client) -> None:
    client.post(f"/collections/{box.pk}/new/", {"title": "A pear tree"})
    draft = Proposal.objects.get()

    assert client.get(draft.get_absolute_url()).status_code == 200
    assert "A pear tree" in client.get(f"/collections/{box.pk}/mine/").text
    assert Client().get(draft.get_absolute_url()).status_code == 404
    assert "A pear tree" not in Client().get(f"/collections/{box.pk}/").text


def test_what_is_too_long_stays_as_it_was_typed(box: Collection, client: Client) -> None:
    said = client.post(f"/collections/{box.pk}/new/", {"title": "tree " * 40})

    assert said.status_code == 422
    assert "tree tree" in said.text
    assert not Participant.objects.exists()


def test_similar_ones_are_shown_while_one_writes(box: Collection, noor: Participant, client: Client) -> None:
    idea = an_idea(box, noor, "A pear tree that gives shade")
    client.post(f"/collections/{box.pk}/new/", {"title": "A tree that gives shade"})
    draft = Proposal.objects.get(state=ProposalState.DRAFT)
    client.post(f"/ideas/{draft.pk}/writing/words/", {"words": "A pear tree for shade, please."})

    page = client.get(f"/ideas/{draft.pk}/writing/similar/").text

    assert "A pear tree that gives shade" in page
    client.post(f"/ideas/{idea.pk}/support/")
    assert Proposal.objects.get(pk=idea.pk).supporters == 1


def test_support_is_given_and_taken_back_by_a_button(box: Collection, noor: Participant, client: Client) -> None:
    idea = an_idea(box, noor)

    for _twice in range(2):
        client.post(f"/ideas/{idea.pk}/support/")
    assert "You support this" in client.get(idea.get_absolute_url()).text
    assert Proposal.objects.get().supporters == 1

    client.post(f"/ideas/{idea.pk}/support/removal/")
    assert Proposal.objects.get().supporters == 0


def test_who_leaves_an_address_hears_what_comes_of_it(box: Collection, noor: Participant, client: Client) -> None:
    idea = an_idea(box, noor)
    client.post(f"/ideas/{idea.pk}/support/")

    assert client.post(f"/ideas/{idea.pk}/address/", {"email": "x"}).status_code == 422
    client.post(f"/ideas/{idea.pk}/address/", {"email": "rosa@example.org"})

    assert idea.loop
    assert idea.loop.heard.filter(speaker__email="rosa@example.org").exists()


def test_a_tier_that_is_not_met_leads_to_the_door(box: Collection, noor: Participant, client: Client) -> None:
    idea = an_idea(box, noor)
    Process.objects.update(join_tier="on_site")

    answer = client.post(f"/ideas/{idea.pk}/support/")

    assert answer["Location"].startswith(f"/decisions/{box.process.decision_id}/taking-part/?next=%2Fideas%2F")


def test_for_and_against_stand_beside_each_other(box: Collection, noor: Participant, client: Client) -> None:
    idea = an_idea(box, noor)
    for stance, words in ((Stance.FOR, "Shade at last"), (Stance.AGAINST, "Wasps")):
        client.post(f"/ideas/{idea.pk}/comments/", {"stance": stance, "words": words, "name": "Sami"})
    against = Comment.objects.get(stance=Stance.AGAINST)
    client.post(f"/ideas/{idea.pk}/comments/", {"parent": against.pk, "words": "We pick them"})

    page = client.get(idea.get_absolute_url()).text

    assert page.index("Shade at last") < page.index("Wasps") < page.index("We pick them")
    assert client.post(f"/ideas/{idea.pk}/comments/", {"stance": "for"}).status_code == 422
    client.post(f"/comments/{against.pk}/report/", {"why": "Not kind"})
    assert Comment.objects.reported().get() == against


def test_a_change_is_suggested_and_accepted_by_an_author(box: Collection, client: Client) -> None:
    idea = _written(client, box)
    other = Client()
    same = {"title": "A pear tree", "words": "It gives shade.", "why": "x"}
    assert other.post(f"/ideas/{idea.pk}/amendments/", same).status_code == 422
    other.post(
        f"/ideas/{idea.pk}/amendments/", {"title": "A plum tree", "words": "It gives shade.", "why": "Fewer wasps"}
    )
    change = Amendment.objects.get()
    assert "<ins>plum</ins>" in other.get(f"/amendments/{change.pk}/").text

    other.post(f"/amendments/{change.pk}/", {"act": "accept"})
    assert Amendment.objects.get().is_waiting
    client.post(f"/amendments/{change.pk}/", {"act": "accept"})

    assert "A plum tree" in other.get(idea.get_absolute_url()).text
    assert "<del>pear</del>" in other.get(f"/ideas/{idea.pk}/versions/").text


def test_a_co_author_comes_by_the_link_and_leaves(box: Collection, client: Client) -> None:
    idea = _written(client, box)
    other = Client()
    assert other.get(f"/ideas/{idea.pk}/authors/WRONG/").status_code == 302

    other.post(f"/ideas/{idea.pk}/authors/{idea.code}/", {"name": "Sami"})
    assert idea.authorships.count() == 2

    other.post(f"/ideas/{idea.pk}/leaving/")
    client.post(f"/ideas/{idea.pk}/leaving/")
    assert idea.authorships.count() == 1
    client.post(f"/ideas/{idea.pk}/leaving/", {"withdraw": "1"})
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN


def test_the_reason_is_read_by_the_author_and_by_nobody_else(box: Collection, client: Client, ben: Person) -> None:
    idea = _written(client, box)
    moderate(idea, Doing.SENT_BACK, by=ben, words="Please leave the name out")

    assert "Please leave the name out" in client.get(idea.get_absolute_url()).text
    assert "Please leave the name out" in client.get(f"/collections/{box.pk}/mine/").text
    assert Client().get(idea.get_absolute_url()).status_code == 404
    assert "for another reason" in Client().get(f"/collections/{box.pk}/").text


def test_the_order_is_by_chance_and_stays_for_one_visitor(box: Collection, noor: Participant) -> None:
    for number in range(12):
        an_idea(box, noor, f"Idea {number:02}")

    def order(client: Client) -> list[str]:
        return [one.own_title for one in client.get(f"/collections/{box.pk}/").context["listing"]]

    visitors = [Client() for _one in range(6)]
    orders = [order(client) for client in visitors]
    assert [order(client) for client in visitors] == orders
    assert len({tuple(one) for one in orders}) > 1


def test_a_kiosk_takes_the_code_of_a_card(box: Collection, noor: Participant, client: Client, ben: Person) -> None:
    idea = an_idea(box, noor)
    card = CodeCard.deal(box.process, 1, by=ben)[0]
    url = f"/collections/{box.pk}/kiosk/?idea={idea.pk}"

    assert client.post(url, {"code": "NOBODY22"}).status_code == 422
    page = client.post(url, {"code": f"{card.code[:4]}-{card.code[4:]}".lower()})

    assert "You support this" in page.text
    assert Support.objects.get().channel == "kiosk"


# ── how much each page asks the database ──


def _filled(box: Collection, ben: Person, n: int) -> Proposal:
    people = [somebody(box.process, f"P{number}") for number in range(n)]
    ideas = [an_idea(box, one, f"Idea {number}") for number, one in enumerate(people)]
    for one in people:
        Support.objects.give(ideas[0], one)
        top = Comment.objects.say(ideas[0], "Shade", participant=one, stance=Stance.FOR)
        Comment.objects.say(ideas[0], "Yes", participant=one, parent=top)
        Amendment.objects.suggest(ideas[0], participant=one, title="x", words="y", why="z")
        moderate(top, Doing.SHOWN_AGAIN, by=ben)
    return ideas[0]


@pytest.mark.parametrize("kind", ["collection", "proposal", "versions", "desk", "one at the desk", "mine", "similar"])
def test_pages_ask_the_same_number_of_questions_however_much_there_is(
    kind: str, box: Collection, sign_in: SignIn, mona: Person, ben: Person
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = sign_in(mona), []
    for n in (2, 10):
        idea = _filled(box, ben, n)
        url = {
            "collection": f"/collections/{box.pk}/",
            "proposal": idea.get_absolute_url(),
            "versions": f"/ideas/{idea.pk}/versions/",
            "desk": f"/desk/collections/{box.pk}/",
            "one at the desk": f"/desk/ideas/{idea.pk}/",
            "mine": f"/collections/{box.pk}/mine/",
            "similar": f"/desk/collections/{box.pk}/similar/",
        }[kind]
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
