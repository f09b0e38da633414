import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import QueryDict

from rapport.deciding.budget_promises import AlreadyPromised, promise_what_was_bought
from rapport.deciding.budget_results import BudgetResult, result_of
from rapport.deciding.methods.budgets import count as count_budget
from rapport.deciding.methods.budgets import what_my_vote_paid, what_would_have_won, why
from rapport.deciding.models import Commitment, Count, NotOpen, Override, Phase, Poll
from rapport.deciding.models.count import marks_of
from rapport.deciding.papers.budgets import election_of, rule_of
from rapport.people.models import Person

from .purse import chosen, counted, key, option, purse, the_street_votes, titles, vote

pytestmark = pytest.mark.django_db


def told(poll: Poll) -> BudgetResult:
    poll = Poll.objects.get(pk=poll.pk)
    result = result_of(poll, list(poll.options.all()), Count.objects.get(poll=poll).outcome)
    assert result is not None
    return result


def test_equal_shares_gives_the_few_their_part_and_most_votes_gives_the_many_all(choosing: Phase, ben: Person) -> None:
    shares = purse(choosing, completion="none")
    greedy = purse(choosing, budget_rule="greedy")
    for poll in (shares, greedy):
        the_street_votes(poll, by=ben)

    assert titles(shares, counted(shares).winners) == ["Herb bed", "Workshop"]
    assert titles(greedy, counted(greedy).winners) == ["Herb bed", "Bench", "Pond"]


def test_a_count_taken_again_says_the_same_though_ballots_were_shuffled(choosing: Phase, ben: Person) -> None:
    poll = purse(choosing, budget=97, costs={"A": 31, "B": 29, "C": 17, "D": 41})
    vote(poll, [chosen(poll, *one) for one in ("AB", "BC", "CD", "A", "ABD", "C", "BD")], by=ben)
    count = counted(poll)
    poll.ballots.shuffle(poll)

    assert count.again(by=ben).is_same


def test_points_and_an_order_are_counted_as_points(choosing: Phase, ben: Person) -> None:
    points = purse(choosing, budget_ballot="points", budget_rule="greedy", budget=40)
    vote(points, [{"points": {key(points, "Pond"): 7, key(points, "Bench"): 3}}], by=ben)
    order = purse(choosing, budget_ballot="ranking", budget_rule="greedy", budget=40)
    vote(order, [{"order": [[key(order, "Bench")], [key(order, "Pond")]]}], by=ben)

    assert titles(points, counted(points).winners) == ["Pond"]
    assert titles(order, counted(order).winners) == ["Bench"]


def test_what_is_told_is_what_the_methods_say(choosing: Phase, ben: Person) -> None:
    poll = purse(choosing, budget=130, costs={"Herb bed": 33, "Bench": 40, "Pond": 60, "Workshop": 50})
    the_street_votes(poll, by=ben)
    counted(poll)
    rules = Poll.objects.get(pk=poll.pk).fixed
    election = election_of(rules, marks_of(poll))
    outcome = count_budget(election, rule_of(rules))
    result = told(poll)

    for line in result.lines:
        expected = why(election, outcome, line.key)
        assert (line.won, line.facts["place"], line.facts["supporters"]) == (
            expected.won, expected.place, expected.supporters,
        )  # fmt: skip
        if not line.won:
            would = what_would_have_won(election, rule_of(rules), outcome, line.key)
            assert line.facts["would"]["votes"] == would.votes
            assert line.facts["would"]["cost"] == pytest.approx(would.cost and float(would.cost))
    for voter, ballot in zip(election.voters, election.ballot_of.tolist(), strict=True):
        mine = {election.projects[at].id for at, _points in election.ballots[ballot]}
        paid = what_my_vote_paid(election, outcome, voter)
        said = result.of_ballot({"for": sorted(mine)})
        assert [line.key for line, _amount in said.won] == [project for project, _amount in paid.won]
        assert {line.key for line in said.lost} == set(paid.lost)


def test_sentences_say_who_paid_what_lacked_and_what_would_have_changed_it(choosing: Phase, ben: Person) -> None:
    poll = purse(choosing, completion="none")
    the_street_votes(poll, by=ben)
    counted(poll)

    lines = {line.title: " ".join(line.sentences) for line in told(poll).lines}

    assert "4 people chose it. 4 of them paid for it together, 8.25 each at most." in lines["Workshop"]
    assert "It stood level with" in lines["Herb bed"]
    assert "28.20 left together in the end, and it costs 34: 5.80 was missing." in lines["Bench"]
    assert "more vote" in lines["Bench"]
    assert "Had it cost" in lines["Bench"]


def test_what_my_vote_paid_adds_up_to_my_share(choosing: Phase, ben: Person) -> None:
    poll = purse(choosing, completion="none")
    the_street_votes(poll, by=ben)
    counted(poll)

    mine = told(poll).of_ballot(chosen(poll, "Herb bed", "Bench", "Pond"))

    assert [(line.title, amount) for line, amount in mine.won] == [("Herb bed", "5.50")]
    assert (mine.share, mine.left) == ("10.20", "4.70")
    assert [line.title for line in mine.lost] == ["Bench", "Pond"]


def test_an_override_stands_beside_the_count_with_its_reason(choosing: Phase, ben: Person, mona: Person) -> None:
    poll = purse(choosing, completion="none")
    the_street_votes(poll, by=ben)
    workshop = option(poll, "Workshop")
    with pytest.raises(NotOpen):
        Override.make(workshop, reason="No room", by=mona)
    winners = counted(poll).winners

    override = Override.make(option(poll, "Workshop"), reason="The room is flooded", by=mona)

    assert not override.is_in
    assert Count.objects.get(poll=poll).winners == winners
    assert [line.title for line in told(poll).changed] == ["Workshop"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(poll=poll, option=option(poll, "Pond"), is_in=True, reason={}, by=mona)


def test_what_is_bought_is_promised_once(choosing: Phase, ben: Person, mona: Person) -> None:
    poll = purse(choosing, completion="none")
    the_street_votes(poll, by=ben)
    due = choosing.closes_at.date()
    with pytest.raises(NotOpen):
        promise_what_was_bought(poll, by=ben, due=due)
    counted(poll)
    poll = Poll.objects.get(pk=poll.pk)
    Override.make(option(poll, "Pond"), reason="Given to us", by=mona)

    promise_what_was_bought(poll, by=ben, due=due)

    assert sorted(str(one) for one in Commitment.objects.of(poll)) == ["Herb bed", "Pond", "Workshop"]
    with pytest.raises(AlreadyPromised):
        promise_what_was_bought(poll, by=ben, due=due)


# ── ballots ──


def test_a_bag_that_is_too_full_says_by_how_much_and_keeps_what_was_chosen(choosing: Phase) -> None:
    poll = purse(choosing, budget=60, budget_ballot="knapsack")
    both = chosen(poll, "Bench", "Pond")["for"]

    form = poll.paper.form(poll, list(poll.options.all()), QueryDict(f"for={both[0]}&for={both[1]}"))

    assert not form.is_valid()
    assert "69" in str(form.errors) and "9 too much" in str(form.errors)
    assert {row.value for row in form.rows if row.is_chosen} == set(both)
    assert form.too_much == Decimal(9)  # type: ignore[attr-defined]  # of the form for a bag


@pytest.mark.parametrize(
    ("rules", "titles_chosen", "says"),
    [
        ({"least": 2}, ["Pond"], "at least 2"),
        ({"most": 1}, ["Pond", "Bench"], "can be chosen"),
    ],
)
def test_limits_are_said_kindly(choosing: Phase, rules: dict[str, int], titles_chosen: list[str], says: str) -> None:
    poll = purse(choosing, **rules)
    data = "&".join(f"for={key(poll, title)}" for title in titles_chosen)

    form = poll.paper.form(poll, list(poll.options.all()), QueryDict(data))

    assert not form.is_valid()
    assert says in str(form.errors)


def test_points_can_be_handed_out_and_not_more_than_there_are(choosing: Phase) -> None:
    poll = purse(choosing, budget_ballot="points", most=5)
    bench, pond = key(poll, "Bench"), key(poll, "Pond")
    options = list(poll.options.all())

    good = poll.paper.form(poll, options, QueryDict(f"points_{bench}=3&points_{pond}=2"))
    bad = poll.paper.form(poll, options, QueryDict(f"points_{bench}=3&points_{pond}=3"))

    assert good.is_valid() and good.marks() == {"points": {bench: 3, pond: 2}}
    assert not bad.is_valid() and "6 points" in str(bad.errors)
    assert [row.value for row in bad.rows if row.value] == ["3", "3"]


def test_an_order_gives_each_place_once(choosing: Phase) -> None:
    poll = purse(choosing, budget_ballot="ranking", most=2)
    bench, pond, herbs = (key(poll, title) for title in ("Bench", "Pond", "Herb bed"))
    options = list(poll.options.all())

    good = poll.paper.form(poll, options, QueryDict(f"rank_{bench}=2&rank_{pond}=1"))
    twice = poll.paper.form(poll, options, QueryDict(f"rank_{bench}=1&rank_{pond}=1"))
    many = poll.paper.form(poll, options, QueryDict(f"rank_{bench}=1&rank_{pond}=2&rank_{herbs}=3"))

    assert good.is_valid() and good.marks() == {"order": [[pond], [bench]]}
    assert not twice.is_valid() and not many.is_valid()


def test_a_project_without_a_cost_or_dearer_than_all_money_cannot_be_voted_on(choosing: Phase) -> None:
    poll = purse(choosing, costs={"Bench": 33, "Castle": 200})
    poll.options.create(title={"en": "Free"})

    lacking = " ".join(Poll.objects.get(pk=poll.pk).lacking())

    assert "needs its cost" in lacking and "more than there is" in lacking


# ── files ──


@pytest.mark.parametrize("rule", ["equalshares", "greedy"])
@pytest.mark.parametrize("ballot", ["approval", "points", "ranking"])
def test_the_file_counts_to_the_same_winners(
    choosing: Phase, ben: Person, tmp_path: Path, rule: str, ballot: str
) -> None:
    poll = purse(choosing, budget=90, budget_rule=rule, budget_ballot=ballot)
    sets = ["Herb bed;Bench", "Bench", "Pond;Workshop", "Workshop", "Herb bed;Pond"]
    marks = []
    for one in sets:
        named = [key(poll, title) for title in one.split(";")]
        each = {"for": sorted(named)}
        if ballot == "points":
            marks.append({"points": dict(zip(named, (6, 4), strict=False))})
        else:
            marks.append({"order": [[name] for name in named]} if ballot == "ranking" else each)
    vote(poll, marks, by=ben)
    count = counted(poll)
    poll = Poll.objects.get(pk=poll.pk)
    file = tmp_path / "budget.pb"
    file.write_text(poll.paper.files(poll.fixed, marks_of(poll), "What do we buy?")["pb"])

    said = StringIO()
    call_command("tally", str(file), "--rule", rule, "--json", stdout=said)

    assert json.loads(said.getvalue())["winners"] == count.winners
    assert "age" not in file.read_text().split("VOTES")[1]
