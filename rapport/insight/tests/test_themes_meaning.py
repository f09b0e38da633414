import numpy as np
import pytest

from rapport.insight.methods.themes import meaning
from rapport.insight.methods.themes.meaning import meanings, read

from .library_comments import LANGUAGES, TEXTS


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_encoder", lambda: None)


def test_each_text_is_one_point_at_distance_one() -> None:
    points = meanings(TEXTS)

    assert points.shape == (len(TEXTS), 512)
    assert points.dtype == np.float32
    assert np.allclose(np.linalg.norm(points, axis=1), 1, atol=1e-5)


def test_the_same_texts_mean_the_same_again() -> None:
    assert np.array_equal(meanings(TEXTS), meanings(TEXTS))


def test_languages_meet_in_one_space() -> None:
    hours, horario, wifi = meanings(["Please open on Sundays", "Abran los domingos, por favor", "The wifi is slow"])

    assert hours @ horario > 0.6 > hours @ wifi + 0.2


def test_shouting_and_strayed_capitals_do_not_change_the_meaning() -> None:
    plain, shouted = meanings(["the wifi keeps dropping", "THE WIFI KEEPS DROPPING"])
    clean, strayed = meanings(["The exercises were nice", "The exercIses were nIce"])

    assert plain @ shouted > 0.99
    assert clean @ strayed > 0.99


def test_a_language_that_the_encoder_does_not_know_is_read_by_its_words() -> None:
    swedish = ["Biblioteket stänger för tidigt", "Biblioteket öppnar för sent", "Mer musik tack"]

    told = read([*TEXTS, *swedish], [*LANGUAGES, "sv", "sv", "sv-SE"])

    assert told.read_by == ("encoder",) * len(TEXTS) + ("words",) * 3
    close, open_late, music = told.vectors[-3:]
    assert close @ open_late > close @ music


@pytest.mark.usefixtures("without_encoder")
def test_without_the_package_shared_words_must_do() -> None:
    told = read(["The wifi is slow", "The wifi is gone", "More books please", "", "!!"])

    assert set(told.read_by) == {"words"}
    assert told.vectors[0] @ told.vectors[1] > told.vectors[0] @ told.vectors[2]
    assert not told.vectors[3:].any()


@pytest.mark.parametrize("texts", [[], [""], ["\ud800 odd"], ["\x00"], ["a" * 100_000]])
def test_odd_texts_are_read_too(texts: list[str]) -> None:
    assert np.isfinite(meanings(texts)).all()
