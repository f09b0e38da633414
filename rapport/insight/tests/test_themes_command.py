import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from rapport.insight.methods.themes.dissent import dissenting
from rapport.insight.methods.themes.parts import parts_of
from rapport.insight.methods.themes.proposal import Proposal
from rapport.insight.methods.themes.themes import propose_themes

from .library_comments import TEXTS


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    path = tmp_path / "comments.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["words"], *[[text] for text in TEXTS], [""], ["n/a"], [TEXTS[0].upper()]])
    return path


def _told(*args: object) -> Any:
    out = StringIO()
    call_command("themes", *map(str, args), stdout=out)
    return out.getvalue()


def test_each_row_has_its_theme(comments: Path) -> None:
    found = json.loads(_told(comments, "--text", "words", "--k", 4, "--json"))

    assert len(found["assignments"]) == len(TEXTS) + 3
    assert found["assignments"][-3:-1] == [None, None]
    assert found["assignments"][-1] == found["assignments"][0]
    for number, theme in enumerate(found["themes"]):
        assert theme["label"]
        assert all(isinstance(phrase, str) for phrase in theme["phrases"])
        assert set(theme["typical"]) <= set(TEXTS)
        assert theme["n"] == found["assignments"].count(number)


def test_people_read_it_too(comments: Path) -> None:
    said = _told(comments, "--text", "words")

    assert said.startswith("1. ")
    assert "2 say nothing." in said


def test_what_is_wrong_is_said(comments: Path) -> None:
    with pytest.raises(CommandError, match="no column else"):
        _told(comments, "--text", "else")
    with pytest.raises(CommandError, match="at least one"):
        _told(comments, "--text", "words", "--k", 0)
    with pytest.raises(CommandError, match="No such file"):
        _told(comments.with_name("none.csv"), "--text", "words")


def _around(centre: int, count: int, chance: np.random.Generator) -> np.ndarray:
    points = chance.normal(0, 0.03, (count, 64)).astype(np.float32)
    points[:, centre] += 1
    return points / np.linalg.norm(points, axis=1, keepdims=True)


def test_a_theme_of_two_things_has_two_parts_and_of_one_thing_none() -> None:
    chance = np.random.default_rng(0)
    two = np.concatenate([_around(0, 60, chance), _around(1, 90, chance)])

    part_of = parts_of(two)

    assert part_of is not None
    assert part_of.tolist() == [1] * 60 + [0] * 90
    assert parts_of(_around(0, 150, chance)) is None
    assert parts_of(two[50:70]) is None


def test_who_says_something_else_is_heard_too() -> None:
    chance = np.random.default_rng(0)
    vectors = _around(0, 40, chance)
    vectors[7] = (vectors[7] + 0.8 * np.eye(64, dtype=np.float32)[5]) / np.linalg.norm(vectors[7] + 0.8 * np.eye(64)[5])
    centres = np.eye(64, dtype=np.float32)[:2]

    found = dissenting(["A sentence of a readable length, no. 1"] * 40, vectors, centres, 0, [0, 1])

    assert found[0] == 7
    assert dissenting(["Too short"] * 40, vectors, centres, 0, [0]) == []


def test_what_is_new_survives_its_way_through_json() -> None:
    found = propose_themes([f"{text} {n}" for n in range(3) for text in TEXTS], k=2)

    assert Proposal.from_json(json.loads(json.dumps(found.as_json()))) == found
