import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from rapport.deciding.methods.opinion_map import OpinionMap, Votes, draw_map, next_statement
from rapport.deciding.methods.opinion_map.groups import agreement
from rapport.deciding.methods.opinion_map.statements import Tally, group_informed_consensus, representative
from rapport.deciding.methods.polis_files import read_comments, read_votes, write_matrix, write_votes

from .made_votes import SHARED, made_votes

POLIS = SHARED / "polis"
CONVERSATIONS = ["brexit-consensus", "15-per-hour-seattle", "scoop-hivemind.freshwater"]
shared = pytest.mark.skipif(not POLIS.exists(), reason="needs the polis folder in the shared data (RAPPORT_SHARED)")


def test_the_last_vote_on_a_statement_counts() -> None:
    votes = Votes.of([("amina", "herbs", 1), ("chen", "herbs", -1), ("amina", "bench", 0), ("amina", "herbs", -1)])

    assert votes.participants == ["amina", "chen"]
    assert votes.vote.tolist() == [-1, 0, -1]
    assert votes.counts.tolist() == [2, 1]


@pytest.mark.parametrize("vote", [2, -2])
def test_a_vote_is_for_against_or_a_pass(vote: int) -> None:
    with pytest.raises(ValueError, match="a vote is 1"):
        Votes.of([("amina", "herbs", vote)])


@pytest.mark.parametrize(("groups", "seed"), [(2, 0), (2, 1), (3, 0), (3, 1)])
def test_people_who_vote_alike_are_found(groups: int, seed: int) -> None:
    votes, truth = made_votes(groups=groups, seed=seed)

    drawn = draw_map(votes)

    assert drawn.clear and drawn.stable
    assert len(drawn.groups) == groups
    assert agreement(truth, drawn.group_of) > 0.8


@pytest.mark.parametrize("seed", range(8))
def test_where_there_are_no_groups_it_says_so(seed: int) -> None:
    votes, _ = made_votes(groups=1, seed=seed)

    drawn = draw_map(votes)

    assert drawn.groups == ()
    assert not drawn.clear and not drawn.stable
    assert drawn.why_no_groups == "chance"
    assert set(drawn.group_of) == {-1}
    assert drawn.consensus


def test_who_asks_for_groups_all_the_same_gets_them_with_the_doubt() -> None:
    drawn = draw_map(made_votes(groups=1)[0], anyway=True)

    assert len(drawn.groups) >= 2
    assert not drawn.clear


def test_the_same_votes_give_the_same_map() -> None:
    votes, _ = made_votes(groups=3)

    assert draw_map(votes).as_json() == draw_map(votes).as_json()


def test_a_new_voter_is_placed_where_those_like_them_stand() -> None:
    votes, _truth = made_votes(groups=2)
    drawn = draw_map(votes)
    mine = slice(votes.start[3], votes.start[4])
    cast = {votes.statements[at]: int(vote) for at, vote in zip(votes.column[mine], votes.vote[mine], strict=True)}

    placed = drawn.place({**cast, "a statement nobody knows": 1})

    assert (placed.x, placed.y) == pytest.approx(tuple(drawn.points[3]))
    assert placed.group == drawn.group_of[3]
    assert drawn.place({}) == drawn.place({"unknown": 1})
    assert drawn.place({}).group is None


def test_no_group_is_so_small_that_it_shows_who_is_in_it() -> None:
    votes, truth = made_votes(people=60, groups=2)
    few = np.concatenate([np.flatnonzero(truth == 0), np.flatnonzero(truth == 1)[:4]])

    drawn = draw_map(votes.of_people(few), k=2, fewest=5, anyway=True)

    assert all(group.size >= 5 for group in drawn.groups)


def test_a_map_of_very_few_people_has_points_but_no_groups() -> None:
    drawn = draw_map(Votes.of([("amina", "herbs", 1), ("chen", "herbs", -1)]))

    assert drawn.why_no_groups == "few"
    assert drawn.points.shape == (2, 2)
    assert np.isfinite(drawn.points).all()


def test_where_all_vote_the_same_nobody_stands_apart() -> None:
    votes = Votes.of([(f"p{i}", f"s{j}", 1) for i in range(20) for j in range(10)])

    drawn = draw_map(votes)

    assert not drawn.points.any()
    assert drawn.groups == ()
    assert len(drawn.consensus) == 10


def test_what_a_group_stands_for_is_what_it_says_and_others_do_not() -> None:
    drawn = draw_map(made_votes(groups=2)[0])

    for group in drawn.groups:
        assert group.telling
        for one in group.telling:
            assert one.elsewhere is not None
            assert one.share > 0.5 > one.elsewhere or one.share > one.elsewhere + 0.2


def test_what_is_moderated_out_does_not_count() -> None:
    votes, _ = made_votes(groups=2)

    drawn = draw_map(votes, moderated_out=["s0", "s1"])

    named = {one.statement for part in (drawn.consensus, drawn.divides) for one in part}
    assert not named & {"s0", "s1"}
    assert not drawn.space.axes[:, :2].any()


def test_new_statements_come_sooner_and_seen_ones_never() -> None:
    votes, _ = made_votes(people=40, statements=10, each=8)
    added = Votes.of_numbers(votes.row, votes.column, votes.vote, votes.participants, [*votes.statements, "new"])
    drawn, chance = draw_map(added), np.random.default_rng(0)

    drawn_by_lot = [next_statement(drawn.odds, drawn.statements, {"s0"}, chance) for _ in range(300)]

    assert "s0" not in drawn_by_lot
    assert drawn_by_lot.count("new") > 300 / 10
    assert len(set(drawn_by_lot)) > 3
    assert next_statement(drawn.odds, drawn.statements, drawn.statements, chance) is None


def test_the_files_of_polis_are_read_as_they_were_written(tmp_path: Path) -> None:
    votes, _ = made_votes(people=20, groups=2)
    names = {write_votes: "votes.csv", write_matrix: "participants-votes.csv"}

    for write, name in names.items():
        with (tmp_path / name).open("w") as file:
            write(file, votes)
        again = read_votes(tmp_path / name)

        assert _pairs(again) == _pairs(votes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "line 1"),
        ("comment-id,voter-id,vote\n1,2,1\n1,3,7\n", "line 3, vote: “7”"),
        ("comment-id,voter-id,vote\n,2,1\n", "line 2"),
        ("comment-id,voter-id,vote\n", "no votes"),
        ("timestamp,comment-id,voter-id,vote\nsoon,1,2,1\n", "line 2, timestamp"),
        ("participant,group-id,0\n1,,x\n", "line 2, 0: “x”"),
        ("participant,group-id,0\n1,,1\n1,,1\n", "same participant"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(text)

    with pytest.raises(CommandError, match=said) as refused:
        call_command("opinion_map", votes=file)

    assert refused.value.returncode == 2


def test_the_command_answers_in_json_with_the_words_of_the_statements(tmp_path: Path) -> None:
    votes, _ = made_votes(groups=2)
    with (tmp_path / "votes.csv").open("w") as file:
        write_votes(file, votes)
    comments = "\n".join(f"{name},Words of {name},1" for name in votes.statements)
    (tmp_path / "comments.csv").write_text(f"comment-id,comment-body,moderated\n{comments}\n")

    answer = _asked("opinion_map", votes=tmp_path / "votes.csv", comments=tmp_path / "comments.csv")

    assert answer["clear"] is True and answer["stable"] is True
    assert sum(group["n"] for group in answer["groups"]) == len(answer["participants"]) == 120
    assert set(answer["participants"][0]) == {"id", "x", "y", "group"}
    assert answer["groups"][0]["statements"][0]["text"].startswith("Words of s")


def test_the_command_tells_a_person_too(tmp_path: Path) -> None:
    with (tmp_path / "votes.csv").open("w") as file:
        write_votes(file, made_votes(groups=1)[0])
    out = io.StringIO()

    call_command("opinion_map", votes=tmp_path / "votes.csv", stdout=out)

    assert "There are no groups" in out.getvalue()
    assert "What all agree on" in out.getvalue()


@shared
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_matrix_of_polis_is_the_last_vote_of_each_pair(name: str) -> None:
    votes, matrix = read_votes(POLIS / name / "votes.csv"), read_votes(POLIS / name / "participants-votes.csv")
    with (POLIS / name / "participants-votes.csv").open() as file:
        published = {row["participant"]: row for row in csv.DictReader(file)}

    assert _pairs(votes) == _pairs(matrix)
    for at, who in enumerate(votes.participants):
        cast = votes.vote[votes.start[at] : votes.start[at + 1]]
        assert int(published[who]["n-agree"]) == (cast == 1).sum()
        assert int(published[who]["n-disagree"]) == (cast == -1).sum()


@shared
def test_clear_groups_are_those_that_polis_published() -> None:
    drawn = draw_map(read_votes(POLIS / "brexit-consensus" / "votes.csv"))
    with (POLIS / "brexit-consensus" / "participants-votes.csv").open() as file:
        published = {row["participant"]: int(row["group-id"] or -1) for row in csv.DictReader(file)}

    both = [i for i, who in enumerate(drawn.participants) if drawn.group_of[i] >= 0 and published[who] >= 0]
    theirs = np.array([published[drawn.participants[i]] for i in both])
    assert drawn.clear and drawn.stable and len(drawn.groups) == 2
    assert agreement(theirs, drawn.group_of[both]) > 0.85


@shared
@pytest.mark.parametrize("seed", range(3))
def test_a_conversation_whose_groups_would_change_with_the_statements_gets_none(seed: int) -> None:
    folder = POLIS / "scoop-hivemind.freshwater"
    out = [one.id for one in read_comments(folder / "comments.csv") if one.moderated < 0]

    drawn = draw_map(read_votes(folder / "votes.csv"), out, seed=seed)

    assert drawn.why_no_groups == "unstable"
    assert len(out) == 29


@pytest.fixture(scope="module")
def fixture() -> tuple[dict[str, Any], Votes, OpinionMap]:
    folder = POLIS / "fixture-25ptpt"
    published = json.loads((folder / "math-pca2.json").read_text())
    cast = sorted(json.loads((folder / "votes.json").read_text()), key=lambda vote: vote["modified"])
    votes = Votes.of((str(one["participant_id"]), str(one["statement_id"]), one["vote"]) for one in cast)
    return published, votes, draw_map(votes, [str(tid) for tid in published["mod-out"]], compat=True, anyway=True)


Fixture = tuple[dict[str, Any], Votes, OpinionMap]


@shared
def test_the_space_is_that_of_polis(fixture: Fixture) -> None:
    published, _votes, drawn = fixture
    order = [drawn.statements.index(str(tid)) for tid in published["tids"]]
    bases = published["base-clusters"]
    people = [drawn.participants.index(str(members[0])) for members in bases["members"]]

    assert drawn.space.mean[order] == pytest.approx(-np.array(published["pca"]["center"]), abs=1e-5)
    assert drawn.space.axes[:, order] == pytest.approx(np.array(published["pca"]["comps"]), abs=1e-5)
    theirs = np.column_stack([bases["x"], bases["y"]])
    assert drawn.points[people] == pytest.approx(-theirs, abs=1e-5)


@shared
def test_consensus_priorities_and_what_stands_for_a_group_are_those_of_polis(fixture: Fixture) -> None:
    published, votes, drawn = fixture
    members = dict(zip(published["base-clusters"]["id"], published["base-clusters"]["members"], strict=True))
    group_of = np.full(len(votes.participants), -1)
    for group in published["group-clusters"]:
        for base in group["members"]:
            group_of[votes.participants.index(str(members[base][0]))] = group["id"]
    tally, names = Tally.of(votes, group_of, 3), list(votes.statements)

    consensus = dict(zip(names, group_informed_consensus(tally, "agree"), strict=True))
    assert consensus == pytest.approx(published["group-aware-consensus"], abs=1e-9)
    odds = {name: odd for name, odd in zip(names, drawn.odds, strict=True) if int(name) not in published["meta-tids"]}
    assert odds == pytest.approx({name: published["comment-priorities"][name] for name in odds}, rel=1e-9)
    for group, theirs in published["repness"].items():
        ours = {(one.statement, one.side) for one in representative(tally, int(group), names)}
        assert len(ours & {(str(one["tid"]), one["repful-for"]) for one in theirs}) >= 4


def _pairs(votes: Votes) -> dict[tuple[str, str], int]:
    cells = zip(votes.row.tolist(), votes.column.tolist(), votes.vote.tolist(), strict=True)
    return {(votes.participants[who], votes.statements[what]): vote for who, what, vote in cells}


def _asked(command: str, **options: object) -> Any:
    out = io.StringIO()
    call_command(command, json=True, stdout=out, **options)
    return json.loads(out.getvalue())
