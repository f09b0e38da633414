"""Assisted coding and the agreement of coders; Krippendorff's two published examples among them."""

import csv
import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from rapport.insight.methods.themes.agreement import alpha, alpha_by_code, disagreements
from rapport.insight.methods.themes.coding import corrected, learn, suggest_codes
from rapport.insight.methods.themes.meaning import read

from .library_comments import HOURS, SUBJECTS, TEXTS
from .test_themes import NHS


def _coded(rows: str) -> list[int | None]:
    return [None if each == "." else int(each) for each in rows.split()]


def test_alpha_is_that_of_krippendorffs_example_with_two_observers() -> None:
    assert alpha([_coded("0 1 0 0 0 0 0 0 1 0"), _coded("1 1 1 0 0 1 0 0 0 0")]) == pytest.approx(0.095, abs=0.0005)


def test_alpha_is_that_of_krippendorffs_example_with_four_observers_and_missing_values() -> None:
    observers = [
        _coded("1 2 3 3 2 1 4 1 2 . . ."),
        _coded("1 2 3 3 2 2 4 1 2 5 . 3"),
        _coded(". 3 3 3 2 3 4 2 2 5 1 ."),
        _coded("1 2 3 3 2 4 4 1 2 5 1 ."),
    ]

    assert alpha(observers) == pytest.approx(0.743, abs=0.0005)
    assert disagreements(observers) == [1, 5, 7]


def test_alpha_of_those_who_agree_and_of_those_who_have_nothing_in_common() -> None:
    assert alpha([["a", "b", "a"], ["a", "b", "a"]]) == 1
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a", None], [None, "b"]]) is None
    assert alpha([]) is None


def test_each_code_has_an_alpha_of_its_own() -> None:
    found = alpha_by_code([["a", "a", "b", "c", "b", "c"], ["a", "a", "b", "b", "c", "c"]])

    assert found["a"] == 1
    assert found["b"] == found["c"] < 0.5


def test_a_few_examples_are_enough_for_the_others() -> None:
    shown = [i % 3 == 0 for i in range(len(TEXTS))]
    codes = [subject if here else "" for subject, here in zip(SUBJECTS, shown, strict=True)]

    found = suggest_codes(read(TEXTS).vectors, codes)

    rest = [i for i, here in enumerate(shown) if not here]
    assert sum(found[i].code == SUBJECTS[i] for i in rest) / len(rest) > 0.85
    assert all(0 < each.confidence <= 1 and each.second != each.code for each in found)


def test_what_was_learnt_knows_one_code_and_two() -> None:
    vectors = read(TEXTS).vectors
    one = learn(vectors[:3], ["a"] * 3)
    two = learn(vectors, [HOURS if each == HOURS else "else" for each in SUBJECTS])

    assert one.suggest(vectors[:1])[0].code == "a"
    told = [each.code == HOURS for each in two.suggest(vectors)]
    assert sum(is_hours == (said == HOURS) for is_hours, said in zip(told, SUBJECTS, strict=True)) > 44
    assert two.suggest(vectors[:0]) == []
    with pytest.raises(ValueError, match="Nothing is coded"):
        learn(vectors[:0], [])


def test_answers_set_the_confidence_right() -> None:
    chance = np.random.default_rng(0)
    said = chance.uniform(0.3, 1, 400)
    answered = [(float(each), bool(right)) for each, right in zip(said, chance.random(400) < said - 0.2, strict=True)]

    high, low = corrected([0.9, 0.5], answered)

    assert high == pytest.approx(0.7, abs=0.1)
    assert low == pytest.approx(0.3, abs=0.1)
    assert corrected([0.9], answered[:10]) == [0.9]


@pytest.mark.skipif(not NHS.exists(), reason="needs comments_4000.csv in the shared folder (RAPPORT_SHARED)")
def test_200_hand_coded_comments_are_enough_for_most_of_the_others() -> None:
    with NHS.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))[:1500]
    labels = [row["label"] for row in rows]
    by_hand = set(np.random.default_rng(1).permutation(len(rows))[:200].tolist())

    found = suggest_codes(
        read([row["feedback"] for row in rows]).vectors,
        [label if i in by_hand else "" for i, label in enumerate(labels)],
    )

    rest = [i for i in range(len(rows)) if i not in by_hand]
    right = np.array([found[i].code == labels[i] for i in rest])
    said = np.array([found[i].confidence for i in rest])
    assert right.mean() >= 0.58
    assert abs(said.mean() - right.mean()) < 0.1
    assert right[said >= 0.8].mean() > right[said < 0.5].mean() + 0.2


def _told(name: str, *args: object) -> dict[str, object]:
    out = StringIO()
    call_command(name, *map(str, args), "--json", stdout=out)
    facts: dict[str, object] = json.loads(out.getvalue())
    return facts


def test_the_command_codes_what_is_not_coded(tmp_path: Path) -> None:
    path = tmp_path / "coded.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        codes = [subject if i % 2 else "" for i, subject in enumerate(SUBJECTS)]
        csv.writer(file).writerows([("words", "theme"), *zip(TEXTS, codes, strict=True)])

    found = _told("coding", path, "--text", "words", "--code", "theme")

    assert found["codes"][1] == SUBJECTS[1]  # type: ignore[index]
    assert found["confidence"][1] is None  # type: ignore[index]
    assert found["coded_by_hand"] == len(TEXTS) // 2


def test_the_commands_say_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "coded.csv"
    path.write_text("words,theme,ben,noor\nShade,,a,a\nQuiet,,b,a\n")

    with pytest.raises(CommandError, match="No row is coded yet"):
        call_command("coding", str(path), "--text", "words", "--code", "theme")
    with pytest.raises(CommandError, match="at least two"):
        call_command("agreement", str(path), "--coders", "ben")
    assert _told("agreement", path, "--coders", "ben", "noor")["differ"] == [1]
