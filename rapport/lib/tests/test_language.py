import pytest

from rapport.lib.language import languages

SAID = {
    "en": [
        "The library closes too early on weekday evenings.",
        "Could you stay open on Sundays?",
        "It is too noisy to study on the first floor.",
        "My kids love the story time for toddlers.",
    ],
    "es": [
        "Por favor, abran la biblioteca los domingos.",
        "Hay mucho ruido en la sala de lectura.",
        "La gente habla por teléfono en voz alta y no se puede estudiar.",
        "Me gustaría que abrieran más temprano por la mañana.",
    ],
    "ar": ["نرجو فتح المكتبة يوم الأحد.", "الضوضاء عالية في قاعة القراءة."],
}
OURS = ["en", "es", "ar"]


def test_each_comment_is_told_by_its_language() -> None:
    for code, texts in SAID.items():
        assert languages(texts, OURS) == [code] * len(texts)


def test_what_is_too_short_to_tell_gets_the_default() -> None:
    assert languages(["No", "ok", "", "123", "👍", "DVD"], OURS, default="es") == ["es"] * 6
    assert languages(["No"], OURS) == ["en"]


def test_a_script_that_only_one_of_them_uses_decides_at_once() -> None:
    assert languages(["شكرا", "لا"], OURS, default="en") == ["ar", "ar"]
    assert languages(["No"], ["en", "ar"], default="ar") == ["en"]


def test_a_language_of_none_of_them_gets_the_default() -> None:
    assert languages(["Библиотека закрывается слишком рано"], OURS, default="en") == ["en"]


def test_codes_with_a_region_come_back_as_they_were_named() -> None:
    assert languages(["Me gustaría que la biblioteca abriera los domingos"], ["en-us", "es-mx"]) == ["es-mx"]


def test_a_language_the_detector_never_learnt_does_not_stop_it() -> None:
    assert languages(["The library closes too early every day"], ["en", "xx", "es"]) == ["en"]


def test_without_languages_there_is_no_choice() -> None:
    with pytest.raises(ValueError, match="at least one language"):
        languages(["Hello"], [])
