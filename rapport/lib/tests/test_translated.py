from django.utils import translation

from rapport.lib.translated import Words, words

GARDEN = Words({"en": "Garden", "ar": "حديقة"})


def test_words_read_as_the_readers_language() -> None:
    with translation.override("ar"):
        assert str(GARDEN) == "حديقة"


def test_where_a_language_is_missing_the_first_one_speaks() -> None:
    with translation.override("es"):
        assert str(GARDEN) == "Garden"
        assert GARDEN.language == "en"
        assert str(Words({"ar": "حديقة"})) == "حديقة"


def test_what_is_missing_is_known() -> None:
    assert GARDEN.missing(["en", "es", "ar"]) == ["es"]


def test_plain_text_is_in_the_first_language_of_the_house() -> None:
    assert words("Garden") == {"en": "Garden"}
    assert words("") == {}
