import pytest

from rapport.insight.methods.themes.words import folded, joined, says_nothing, words


@pytest.mark.parametrize(
    "text",
    ["", "   ", "-", "...", "?", "👍", "12", "No", "nothing", "Nothing.", "NOTHING AT ALL", "n/a", "N/A.",
     "no, thank you", "nada", "Nada más, gracias", "ninguno", "sin comentarios", "No sé",
     "لا", "لا شيء", "لا يوجد", "لا يوجد شيء",
     "nichts", "rien à signaler", "R.A.S.", "niente", "特になし", "没有", "없습니다", "нет",
     "I can’t think of anything"],
)  # fmt: skip
def test_nothing_is_said(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["Thank you", "Gracias", "شكرا", "No toilets", "Nothing for teenagers", "No hay baños", "لا يوجد موقف سيارات",
     "Noise", "wifi", "Nothing, I was happy with everything", "Nada para los jóvenes", "有点吵",
     "No me gusta el ruido"],
)  # fmt: skip
def test_something_is_said(text: str) -> None:
    assert not says_nothing(text)


def test_near_copies_fold_into_one() -> None:
    copies = {"Open on Sundays!", "open on sundays", "  OPEN, on  Sundays…"}

    assert len({folded(text) for text in copies}) == 1
    assert folded("Open on Mondays") not in {folded(text) for text in copies}


def test_words_are_found_in_every_script() -> None:
    assert words("The children’s CAFÉ") == ["the", "children's", "café"]
    assert words("المكتبةُ جميلة") == ["المكتبة", "جميلة"]
    assert words("पुस्तकालय अच्छा है") == ["पुस्तकालय", "अच्छा", "है"]
    assert words("图书馆 wifi") == ["图", "书", "馆", "wifi"]


def test_characters_of_an_unspaced_script_are_written_close_together() -> None:
    assert joined(("图", "书", "馆")) == "图书馆"
    assert joined(("story", "time")) == "story time"
