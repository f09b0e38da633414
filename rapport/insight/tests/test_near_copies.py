import random

from rapport.insight.methods.themes.near_copies import firsts

LONG = "i would love to read in a quiet garden behind the library on sunday mornings"


def test_copies_are_told_to_the_first_of_them() -> None:
    typo = LONG.replace("quiet", "quite")
    padded = LONG + " please"
    other = "the library closes much too early on weekday evenings for those who work"

    assert firsts([LONG, other, typo, padded, other]) == [0, 1, 0, 0, 1]


def test_short_texts_fold_only_when_they_are_equal() -> None:
    assert firsts(["more chairs", "more chair", "more chairs", ""]) == [0, 1, 0, 3]
    assert firsts([]) == []


def test_few_copies_are_missed_and_nothing_else_is_folded() -> None:
    chance = random.Random(3)  # noqa: S311
    vocabulary = ["".join(chance.choices("aeioudlmnrst", k=chance.randint(3, 9))) for _word in range(800)]
    texts = [" ".join(chance.choices(vocabulary, k=14)) for _text in range(400)]
    copies = []
    for text in texts:
        said = text.split()
        said.pop(chance.randrange(len(said)))
        copies.append(" ".join(said))

    found = firsts([*texts, *copies])

    assert found[:400] == list(range(400))
    assert sum(first == i for i, first in enumerate(found[400:])) >= 380
    assert all(first in (i, 400 + i) for i, first in enumerate(found[400:]))
