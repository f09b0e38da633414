"""The languages of forms: "English (en)", "swahili", "EN" are codes by other names."""

import re
from functools import cache

from babel import Locale

from ..questionnaire import EASY, Words

_CODE_AT_END = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*\Z")
_OURS = {
    "yes": {"en": "Yes", "es": "Sí", "ar": "نعم", "fr": "Oui", "de": "Ja", "pt": "Sim", "it": "Sì", "sw": "Ndiyo"},
    "no": {"en": "No", "es": "No", "ar": "لا", "fr": "Non", "de": "Nein", "pt": "Não", "it": "No", "sw": "Hapana"},
    "other": {"en": "Other", "es": "Otro", "ar": "غير ذلك", "fr": "Autre", "de": "Anderes", "pt": "Outro",
              "it": "Altro", "sw": "Nyingine"},
    "na": {"en": "Does not apply to me", "es": "No se aplica a mí", "ar": "لا ينطبق علي", "fr": "Ne me concerne pas",
           "de": "Trifft auf mich nicht zu", "pt": "Não se aplica a mim", "it": "Non mi riguarda", "sw": "Hainihusu"},
}  # fmt: skip


def code_of(said: str) -> str:
    """The code of a language as a form names it; "" where nobody can know which it is."""
    if found := _CODE_AT_END.search(said):
        return _tidy(found[1])
    name = said.strip().casefold()
    if name in _by_name():
        return _by_name()[name]
    return _tidy(name) if _CODE.match(name) and name.split("-")[0].split("_")[0] in _known() else ""


def _tidy(code: str) -> str:
    return code.replace("_", "-").lower()


@cache
def _known() -> dict[str, str]:
    return {code: name for code, name in Locale("en").languages.items() if "_" not in code}


@cache
def _by_name() -> dict[str, str]:
    """Names in English, and the names by which the larger languages call themselves."""
    names = {name.casefold(): code for code, name in _known().items()}
    for code in (
        "es",
        "fr",
        "de",
        "pt",
        "it",
        "ar",
        "sw",
        "so",
        "vi",
        "zh",
        "ru",
        "uk",
        "tr",
        "pl",
        "nl",
        "fa",
        "ur",
        "hi",
    ):
        names[Locale(code).languages[code].casefold()] = code
    return names


def name_of(code: str) -> str:
    """As headings of an XLSForm have it: "Spanish (es)", "Easy English (en-x-easy)"."""
    plain = code.removesuffix(EASY)
    name = _known().get(plain) or _known().get(plain.split("-")[0], plain)
    return f"Easy {name} ({code})" if code.endswith(EASY) else f"{name} ({code})"


def stock_words(word: str, languages: list[str]) -> Words:
    """ "Yes", "no", "other" or "na" in these languages; in English where we have no word of theirs."""
    known = _OURS[word]
    return {code: known.get(code) or known.get(code.split("-")[0]) or known["en"] for code in languages}
