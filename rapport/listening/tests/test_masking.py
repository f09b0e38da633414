"""How often masking finds what is personal and leaves alone what is not, on 667 texts of our own in four languages.

The texts stand one a line, what is personal marked as [[kind|words]]. A find counts if it has the kind and shares most
of its words with what was marked. The patterns were mended by personal_texts.*.txt. Those in held_out_texts.*.txt were
written before the patterns of `spoken_of` and never looked at while they were mended: whoever mends the patterns looks
only at the figures, and writes new texts once somebody has looked.
"""

import json
import re
import time
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rapport.listening.methods.masking import Found, find, hidden

HERE = Path(__file__).parent
COLLEAGUES = (
    "Ben Carter", "Chen Wei", "Dolores Vega", "Ingrid Hoffmann", "سميرة حداد", "Amina Haddad", "Rose King", "Mark May",
)  # fmt: skip
_MARK = re.compile(r"\[\[(\w+)\|(.+?)\]\]")

# What is reached, a little below: (precision, recall).
BOUNDS = {
    "email": (1.0, 1.0),
    "phone": (0.95, 0.95),
    "card": (0.97, 0.97),
    "birth": (1.0, 1.0),
    "address": (0.88, 0.97),
    "name": (0.98, 0.98),
}


@dataclass(frozen=True)
class Marked:
    language: str
    words: str
    personal: list[tuple[int, int, str]]


def texts() -> list[Marked]:
    return _texts_in("personal_texts.*.txt")


def held_out() -> list[Marked]:
    return _texts_in("held_out_texts.*.txt")


def _texts_in(files: str) -> list[Marked]:
    return [
        _read(line, file.name.split(".")[1])
        for file in sorted(HERE.glob(files))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _read(line: str, language: str) -> Marked:
    words, personal, end = "", [], 0
    for match in _MARK.finditer(line):
        words += line[end : match.start()]
        personal.append((len(words), len(words) + len(match[2]), match[1]))
        words += match[2]
        end = match.end()
    return Marked(language, words + line[end:], personal)


def _same(one: Found, marked: tuple[int, int, str]) -> bool:
    start, end, kind = marked
    shared = min(one.end, end) - max(one.start, start)
    return one.kind == kind and shared > 0 and shared >= 0.6 * (end - start) and shared >= 0.5 * (one.end - one.start)


def measured(marked_texts: list[Marked]) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """Precision and recall by kind, and a line for each error."""
    hits, alarms, wanted, errors = Counter[str](), Counter[str](), Counter[str](), list[str]()
    for text in marked_texts:
        found = find(text.words, COLLEAGUES)
        for one in found:
            alarms[one.kind] += 1
            if not any(_same(one, marked) for marked in text.personal):
                errors.append(f"{text.language} alarm {one.kind}: {one.text} | {text.words}")
        for marked in text.personal:
            wanted[marked[2]] += 1
            if any(_same(one, marked) for one in found):
                hits[marked[2]] += 1
            else:
                errors.append(f"{text.language} missed {marked[2]}: {text.words[marked[0] : marked[1]]} | {text.words}")
    kinds = sorted(wanted)
    return {kind: (hits[kind] / max(1, alarms[kind]), hits[kind] / wanted[kind]) for kind in kinds}, errors


def test_there_are_enough_texts() -> None:
    counts = Counter(text.language for text in texts())

    assert sum(counts.values()) >= 300
    assert min(counts.values()) >= 75
    assert set(counts) == {"ar", "de", "en", "es"}
    assert Counter(text.language for text in held_out()) == dict.fromkeys(counts, 50)
    assert not {text.words for text in texts()} & {text.words for text in held_out()}


@pytest.mark.parametrize("kind", BOUNDS)
def test_precision_and_recall_stay_within_their_bounds(kind: str) -> None:
    figures, errors = measured(texts())

    precision, recall = figures[kind]
    assert precision >= BOUNDS[kind][0] and recall >= BOUNDS[kind][1], "\n".join(
        [
            f"{kind}: precision {precision:.3f}, recall {recall:.3f}",
            *(error for error in errors if f" {kind}:" in error),
        ]
    )


@pytest.mark.parametrize("language", ["ar", "de", "en", "es"])
def test_no_language_is_left_behind(language: str) -> None:
    figures, errors = measured([text for text in texts() if text.language == language])

    assert all(precision >= 0.75 and recall >= 0.75 for precision, recall in figures.values()), "\n".join(errors)


# Of texts that the patterns were not mended by, a little below what is reached: (precision, recall).
HELD_OUT = {
    "email": (1.0, 1.0),
    "phone": (0.9, 0.85),
    "card": (1.0, 1.0),
    "birth": (1.0, 1.0),
    "address": (0.9, 0.9),
    "name": (0.95, 0.88),
}


def test_of_texts_held_out_few_are_missed() -> None:
    figures, _errors = measured(held_out())  # the errors stay unseen on purpose

    assert {
        kind: precision >= HELD_OUT[kind][0] and recall >= HELD_OUT[kind][1]
        for kind, (precision, recall) in figures.items()
    } == dict.fromkeys(HELD_OUT, True), figures


@pytest.mark.parametrize("language", ["ar", "de", "en", "es"])
def test_names_are_found_in_every_language_of_the_texts_held_out(language: str) -> None:
    figures, _errors = measured([text for text in held_out() if text.language == language])

    assert figures["name"][0] >= 0.95 and figures["name"][1] >= 0.8, figures["name"]


def test_a_name_is_found_again_and_so_is_who_stands_beside_it() -> None:
    words = "My daughter Amira and Zola came by. We waited, Amira cried. The amira shelf is empty."

    assert [one.text for one in find(words)] == ["Amira", "Zola", "Amira"]


def test_what_is_written_of_books_and_places_is_left_alone() -> None:
    assert find("Books by Toni Morrison and a film about Rosa Parks, please.") == []
    assert [one.text for one in find("Riverside was very kind.")] == ["Riverside"]
    assert find("Riverside was very kind.", places=["Riverside Library"]) == []


def test_hidden_words_read_in_their_own_language() -> None:
    words = "Me llamo Rosario Quispe, mi teléfono es el 612 345 678."

    assert hidden(words, find(words), "es") == "Me llamo [nombre], mi teléfono es el [teléfono]."


def test_books_years_prices_and_hours_are_left_alone() -> None:
    words = "ISBN 978-3-16-148410-0, 9:00-17:00, 2019-2021, 1.250.000 Euro, 641.5945 HAZ, am 12.03.2025"

    assert find(words) == []


def test_long_and_hostile_words_do_not_hold_it_up() -> None:
    began = time.process_time()

    for words in (
        "0" * 20_000,
        "Aa " * 8_000,
        "my name is " * 3_000,
        "1-" * 10_000,
        "calle de la " * 3_000,
        "شارع " * 5_000,
    ):
        find(words)

    assert time.process_time() - began < 5


def test_the_command_hides_a_column_and_says_what_it_found(tmp_path: Path) -> None:
    file, names, out = tmp_path / "words.csv", tmp_path / "names.txt", tmp_path / "hidden.csv"
    file.write_text("id,words\n1,My name is Ana Ruiz\n2,Ben helped me\n3,Nothing here\n", encoding="utf-8")
    names.write_text("Ben Carter\n", encoding="utf-8")
    said = StringIO()

    call_command("mask", str(file), text="words", names=names, out=out, json=True, stdout=said)

    told = json.loads(said.getvalue())
    assert [row["masked"] for row in told["rows"]] == ["My name is [name]", "[name] helped me", "Nothing here"]
    assert told["counts"] == {"name": 2}
    assert out.read_text(encoding="utf-8").splitlines()[1] == "1,My name is [name]"


def test_the_command_names_a_column_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "words.csv"
    file.write_text("id,words\n1,x\n", encoding="utf-8")

    with pytest.raises(CommandError, match="answers"):
        call_command("mask", str(file), text="answers")
