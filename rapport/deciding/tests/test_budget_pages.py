from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rapport.deciding.models import (
    BudgetExample,
    CodeCard,
    Commitment,
    NotReady,
    Opening,
    Override,
    Phase,
    Poll,
    Project,
    RulesFixed,
)
from rapport.deciding.ways_in import remember
from rapport.loop.models import Step
from rapport.people.models import Person

from .idea_box import an_idea, idea_box, somebody
from .made_votes import SHARED
from .purse import chosen, counted, option, purse, the_street_votes, vote

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
PABULIB = SHARED / "pabulib"
shared = pytest.mark.skipif(not PABULIB.exists(), reason="needs the pabulib folder in the shared data (RAPPORT_SHARED)")


@pytest.fixture
def poll(choosing: Phase) -> Poll:
    return purse(choosing, completion="none")


@pytest.fixture
def bench(choosing: Phase, ben: Person) -> Project:
    """A project of an idea of Noor's, not worked out yet, for a budget on whose ballot nothing is."""
    poll = purse(choosing, costs={})
    box = idea_box(choosing.process)
    idea = an_idea(box, somebody(choosing.process, "Noor", email="noor@example.org"), "A bench")
    poll.criteria.create(words="It is safe", order=1)
    return Project.objects.work_out(poll, "A bench", by=ben, ideas=[idea])


def as_voter(poll: Poll, ben: Person) -> Client:
    """Somebody with a code card, in a browser of their own."""
    client, answer = Client(), HttpResponse()
    remember(answer, CodeCard.deal(poll.process, 1, by=ben)[0].take_part())
    client.cookies.update(answer.cookies)
    return client


# ── voting ──


def test_what_was_chosen_is_added_up_without_a_script(choosing: Phase, ben: Person) -> None:
    poll = purse(choosing, budget_ballot="knapsack", budget=60)
    client = as_voter(poll, ben)
    page = reverse("deciding:poll-ballot", args=[poll.pk])

    once = client.post(page, {**chosen(poll, "Bench"), "change": "1"})
    twice = client.post(page, {**chosen(poll, "Bench", "Pond"), "look": "1"})

    assert "You have 26 left" in once.content.decode()
    assert twice.status_code == 422
    assert "9 too much" in twice.content.decode()
    assert twice.content.decode().count(" checked") == 2


def test_a_budget_is_voted_on_to_the_receipt(poll: Poll, ben: Person) -> None:
    client = as_voter(poll, ben)
    page = reverse("deciding:poll-ballot", args=[poll.pk])

    look = client.post(page, {**chosen(poll, "Bench"), "look": "1"}).content.decode()
    cast = client.post(page, {**chosen(poll, "Bench"), "cast": "1"}).content.decode()

    assert "Bench" in look and "34" in look
    assert poll.ballots.get().marks == chosen(poll, "Bench")
    assert "receipt" in cast.lower()


# ── the result ──


def test_everybody_reads_what_is_bought_and_why(poll: Poll, ben: Person, mona: Person) -> None:
    the_street_votes(poll, by=ben)
    counted(poll)
    Override.make(option(poll, "Workshop"), reason="The room is flooded", by=mona)

    page = Client().get(reverse("deciding:poll", args=[poll.pk])).content.decode()

    assert "4 of them paid for it together, 8.25 each at most." in page
    assert "5.80 was missing" in page
    assert "The room is flooded" in page
    assert "Most votes first" in page


def test_the_result_is_read_and_never_counted_in_the_request(
    poll: Poll, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_street_votes(poll, by=ben)
    counted(poll)
    monkeypatch.setattr("rapport.deciding.papers.budgets.told", None)

    with CaptureQueriesContext(
        connection,
    ) as few:
        answer = Client().get(reverse("deciding:poll", args=[poll.pk]))
    for n in range(20):
        poll.options.create(title={"en": f"More {n}"}, cost=9)
    with CaptureQueriesContext(connection) as many:
        Client().get(reverse("deciding:poll", args=[poll.pk]))

    assert answer.status_code == 200
    assert len(many) <= len(few)


def test_my_vote_is_told_what_it_paid_and_nothing_is_kept(poll: Poll, ben: Person) -> None:
    the_street_votes(poll, by=ben)
    page = reverse("deciding:my-vote", args=[poll.pk])
    assert Client().get(page).status_code == 404
    counted(poll)
    before = poll.ballots.count()

    told = Client().post(page, chosen(poll, "Herb bed", "Pond")).content.decode()

    assert "Your share was 10.20" in told and "5.50" in told
    assert "Pond" in told and "was missing" in told
    assert (poll.ballots.count(), poll.process.participants.count()) == (before, 10)


def test_a_small_vote_is_downloaded_by_nobody_and_a_large_one_as_pb(poll: Poll, ben: Person) -> None:
    vote(poll, [chosen(poll, "Bench")] * 25, by=ben)
    counted(poll)

    file = Client().get(reverse("deciding:poll-file", args=[poll.pk, "pb"]))

    assert file.content.decode().startswith("META")
    assert "num_votes;25" in file.content.decode()


# ── projects ──


def test_an_idea_becomes_a_project_that_people_can_vote_on(bench: Project, ben: Person, sign_in: SignIn) -> None:
    desk, client = bench.get_desk_url(), sign_in(ben)
    with pytest.raises(NotReady):
        bench.put_to_vote(by=ben)

    client.post(f"{desk}estimates/", {"what_0": "Wood", "amount_0": "30", "what_1": "Screws", "amount_1": "4.50"})
    criterion = bench.poll.criteria.get()
    client.post(f"{desk}checks/", {f"met_{criterion.pk}": "yes"})
    client.post(f"{desk}ballot/")

    found = Project.objects.get(pk=bench.pk)
    assert found.option is not None and found.option.cost == Decimal("34.50")
    idea = bench.ideas.get()
    assert Step.objects.filter(loop=idea.loop, turn="came_further").exists()
    page = Client().get(found.get_absolute_url()).content.decode()
    assert "Screws" in page and "34.5" in page and "A bench" in page


def test_a_wrong_estimate_keeps_what_was_typed(bench: Project, ben: Person, sign_in: SignIn) -> None:
    answer = sign_in(ben).post(f"{bench.get_desk_url()}estimates/", {"what_0": "Wood", "amount_0": "much"})

    assert answer.status_code == 422
    assert 'value="Wood"' in answer.content.decode() and 'value="much"' in answer.content.decode()
    assert not bench.estimates.exists()


def test_a_refusal_is_public_and_told_to_those_who_had_the_idea(bench: Project, ben: Person, sign_in: SignIn) -> None:
    client = sign_in(ben)
    client.post(f"{bench.get_desk_url()}refusal/", {"reason_en": ""})
    assert Project.objects.get(pk=bench.pk).refused is None

    client.post(f"{bench.get_desk_url()}refusal/", {"reason_en": "The ground is not ours"})

    page = Client().get(reverse("deciding:projects", args=[bench.poll_id])).content.decode()
    assert "The ground is not ours" in page
    step = Step.objects.get(loop=bench.ideas.get().loop, turn="decided_against")
    assert str(step.words) == "The ground is not ours"


def test_notes_are_read_by_authors_and_staff_only(bench: Project, ben: Person) -> None:
    bench.note("Is oak too dear?", by=ben)
    author = bench.ideas.get().author_participants().get()
    client, answer = Client(), HttpResponse()
    remember(answer, author)
    client.cookies.update(answer.cookies)
    page = bench.get_absolute_url()

    assert "Is oak too dear?" not in Client().get(page).content.decode()
    assert "Is oak too dear?" in client.get(page).content.decode()
    assert Client().post(f"{page}notes/", {"words": "Hello"}).status_code == 404
    client.post(f"{page}notes/", {"words": "Pine will do"})
    assert bench.notes.get(author=author).words == "Pine will do"


def test_nothing_goes_onto_the_ballot_once_a_vote_is_in(poll: Poll, ben: Person) -> None:
    project = Project.objects.work_out(poll, "Late", by=ben)
    project.estimate([("All", Decimal(5))], by=ben)
    vote(poll, [chosen(poll, "Bench")], by=ben)

    with pytest.raises(RulesFixed):
        project.put_to_vote(by=ben)
    assert Project.objects.get(pk=project.pk).option is None


def test_drafts_are_seen_by_nobody_outside(bench: Project) -> None:
    Opening.objects.all().delete()

    for url in (bench.get_absolute_url(), reverse("deciding:projects", args=[bench.poll_id])):
        assert Client().get(url).status_code == 404


@pytest.mark.parametrize("name", ["projects", "desk-projects"])
def test_a_list_of_projects_takes_the_same_number_of_queries(
    poll: Poll, ben: Person, sign_in: SignIn, name: str
) -> None:
    client, url = sign_in(ben), reverse(f"deciding:{name}", args=[poll.pk])
    poll.criteria.create(words="It is safe")

    def queries(n: int) -> int:
        for _one in range(n):
            Project.objects.work_out(poll, "More", by=ben).estimate([("All", Decimal(5))], by=ben)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(url).status_code == 200
        return len(taken)

    queries(1)
    assert queries(1) == queries(15)


# ── who may ──


def test_rules_are_set_by_those_who_may_and_stay_once_people_vote(
    poll: Poll, ben: Person, desk: Person, sign_in: SignIn
) -> None:
    url = reverse("deciding:desk-budget-rules", args=[poll.pk])
    said = {
        "budget": "90",
        "budget_ballot": "points",
        "least": "0",
        "most": "6",
        "budget_rule": "greedy",
        "completion": "none",
    }
    assert sign_in(desk).post(url, said).status_code == 403

    bad = sign_in(ben).post(url, {**said, "budget": "a lot"})
    sign_in(ben).post(url, said)

    assert bad.status_code == 422 and "a lot" in bad.content.decode()
    changed = Poll.objects.get(pk=poll.pk)
    assert (changed.budget, changed.budget_ballot, changed.budget_rule) == (90, "points", "greedy")
    vote(changed, [{"points": {}}], by=ben)
    sign_in(ben).post(url, {**said, "budget": "10"})
    assert Poll.objects.get(pk=poll.pk).budget == 90


def test_only_those_who_rule_depart_from_a_count(poll: Poll, ben: Person, mona: Person, sign_in: SignIn) -> None:
    the_street_votes(poll, by=ben)
    counted(poll)
    url = reverse("deciding:desk-overrides", args=[poll.pk])
    said = {"option": option(poll, "Pond").pk, "reason_en": "Somebody gave it to us"}
    assert sign_in(ben).post(url, said).status_code == 403

    empty = sign_in(mona).post(url, {**said, "reason_en": ""})
    sign_in(mona).post(url, said)

    assert empty.status_code == 422
    assert poll.overrides.get().is_in


def test_what_is_bought_is_promised_at_the_desk(poll: Poll, ben: Person, sign_in: SignIn) -> None:
    the_street_votes(poll, by=ben)
    counted(poll)
    url = reverse("deciding:desk-budget-promises", args=[poll.pk])

    bad = sign_in(ben).post(url, {"due": "soon"})
    for _twice in range(2):
        sign_in(ben).post(url, {"due": (timezone.localdate() + timedelta(days=60)).isoformat()})

    assert bad.status_code == 422
    assert Commitment.objects.of(poll).count() == 2


# ── budgets of others ──

SMALL = """META
key;value
description;A town
unit;Town
instance;2023
budget;100
vote_type;approval
rule;greedy
num_votes;9
PROJECTS
project_id;cost;name;votes;selected
a;60;Trees;2;1
b;50;Bench;1;0
VOTES
voter_id;age;sex;vote
x1;44;F;a
x2;12;M;a,b
"""


def test_a_file_becomes_an_example_without_what_it_says_of_people(
    ben: Person, sign_in: SignIn, at_once: Callable[[], object]
) -> None:
    url = reverse("deciding:desk-budget-examples")
    with at_once():  # type: ignore[attr-defined]  # a context
        sign_in(ben).post(url, {"file": SimpleUploadedFile("town.pb", SMALL.encode())})

    example = BudgetExample.objects.get()
    assert "x1" not in example.text and "44" not in example.text and "sex" not in example.text
    page = Client().get(example.get_absolute_url()).content.decode()
    assert "num_votes is said to be 9, but there are 2" in page
    assert "Most votes first" in page and "Trees" in page
    assert "Town, 2023" in Client().get(reverse("deciding:budget-rules")).content.decode()


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (SMALL.replace("x2;12;M;a,b", "x2;12;M;a,q").encode(), "there is no project"),
        (SMALL.replace("a;60", "a;much").encode(), "is not an amount"),
        (b"\xff\xfe", "UTF-8"),
        (SMALL.split("x1;44", maxsplit=1)[0].encode(), "no ballot"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(ben: Person, sign_in: SignIn, file: bytes, says: str) -> None:
    answer = sign_in(ben).post(reverse("deciding:desk-budget-examples"), {"file": SimpleUploadedFile("b.pb", file)})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not BudgetExample.objects.exists()


@shared
@pytest.mark.parametrize("path", sorted(PABULIB.glob("*.pb")), ids=lambda path: path.stem)
def test_every_file_of_pabulib_is_taken_or_refused_with_a_reason(path: Path, ben: Person) -> None:
    example = BudgetExample.objects.bring(path.read_text(encoding="utf-8-sig"), file_name=path.name, by=ben)

    assert example.published and example.official
    assert BudgetExample.objects.get(pk=example.pk).text.startswith("META")


@shared
def test_assen_is_shown_as_it_was_decided(ben: Person) -> None:
    path = next(PABULIB.glob("*Assen*"))
    example = BudgetExample.objects.bring(path.read_text(encoding="utf-8-sig"), file_name=path.name, by=ben)
    example.count()

    page = Client().get(example.get_absolute_url()).content.decode()

    assert "76,700" in page
    assert "That is what we count by: Equal Shares" in page
