"""Numbers by which somebody can be reached or known, told apart from those of books, prices, years and hours."""

import re
from collections.abc import Iterator

Stretch = tuple[int, int]

_RUN = re.compile(r"(?<![\w.,])(?:\+|\()?\d(?:[\s().\-/]{0,3}\d){6,22}(?![\w])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_PAPERS = re.compile(
    r"(?<![\w-])(?:\d{3}-\d{2}-\d{4}|784-\d{4}-\d{7}-\d|\d{8}-?[A-Z]|"
    r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d)(?![\w-])"
)
_DATE = (
    r"(?:\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.?(?: de)? [^\W\d_]{3,10}\.?(?: de)?,? \d{4}|[^\W\d_]{3,10} \d{1,2},? \d{4})"
)
_BIRTH = re.compile(
    r"(?i:\bborn(?: on)?|birth(?:day|date)?|\bDOB\b|\bnac[ií]\b|\bnacid[oa]\b|nacimiento|\bgeboren\b|"
    r"turned \d{1,3} on|cumpl\w+ (?:\d{1,3} )?años|geburtsdatum|geburtstag|ولدت|مواليد|ميلادي|الميلاد)"
    rf"\D{{0,16}}?(?P<date>{_DATE})"
)
_CALL = re.compile(
    r"(?i:tel(?:[ée]fono|efon|\.|:)?\b|tel no|phone|\bcall\b(?! number)|\btext\b|mobile|\bcell?\b|"
    r"\breach(?:ed)?\b|my number|whats?app|ll[aá]m[ea]|m[oó]vil|"
    r"\bruf|\bhandy|nummer|هاتف|جوال|موبايل|اتصل|رقمي)[^\d+(]{0,24}$"
)
_US = re.compile(r"\(?[2-9]\d{2}\)?[\s.\-]{1,2}[2-9]\d{2}[\s.\-]\d{4}")
_SPANISH = re.compile(r"[6789]\d{2}[\s\-]?\d{3}[\s\-]?\d{3}")
_EXTENSION = re.compile(r"\s*(?i:ext\.?|x|int\.|durchwahl)\s*\d{1,5}")
_NOT_A_CALL = re.compile(
    r"\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}|(?:19|20)\d{2}\s?[-/]\s?(?:19|20)?\d{2,}|\d{1,3}(?:[.,]\d{3})+|[\d.]{4,}"
)


def cards(words: str) -> Iterator[Stretch]:
    for match in _IBAN.finditer(words):
        if _passes_mod_97(match.group()):
            yield match.span()
    for match in _RUN.finditer(words):
        digits = _digits(match.group())
        if _is_library_card(digits) or (13 <= len(digits) <= 19 and _passes_luhn(digits) and not _is_book(digits)):
            yield match.span()
    for match in _PAPERS.finditer(words):
        if _is_paper(match.group()):
            yield match.span()


def births(words: str) -> Iterator[Stretch]:
    for match in _BIRTH.finditer(words):
        yield match.span("date")


def phones(words: str) -> Iterator[Stretch]:
    for match in _RUN.finditer(words):
        text, digits = match.group(), _digits(match.group())
        if not 7 <= len(digits) <= 15 or _is_book(digits):
            continue
        asked = bool(_CALL.search(words[max(0, match.start() - 40) : match.start()]))
        if asked or _has_shape(text, digits):
            more = _EXTENSION.match(words, match.end())
            yield match.start(), more.end() if more else match.end()


def _has_shape(text: str, digits: str) -> bool:
    """Without a word such as "call": only what is written as people write numbers to call."""
    if _NOT_A_CALL.fullmatch(text) and not text.startswith("0"):
        return False
    if text.startswith("+") or digits.startswith("00"):
        return len(digits) >= 9
    if digits.startswith("0") or text.startswith("("):
        return len(digits) >= 9 and not re.fullmatch(r"\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}", text)
    return bool(_US.fullmatch(text) or (_SPANISH.fullmatch(text) and len(text) > len(digits)))


def _digits(text: str) -> str:
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def _is_library_card(digits: str) -> bool:
    """Codabar as libraries print it: fourteen digits, of which a 2 at the head says that it is a person's."""
    return len(digits) == 14 and digits[0] == "2"


def _is_book(digits: str) -> bool:
    if len(digits) == 13 and digits[:3] in {"978", "979"}:
        return True  # people miscopy the last digit, and no telephone number begins so
    return len(digits) == 10 and sum(int(d) * (10 - place) for place, d in enumerate(digits)) % 11 == 0


def _passes_luhn(digits: str) -> bool:
    doubled = [int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _passes_mod_97(text: str) -> bool:
    plain = text.replace(" ", "")
    return 15 <= len(plain) <= 34 and int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _is_paper(text: str) -> bool:
    """A number of a state's papers: of the United States, the Emirates, Spain or Germany."""
    if text[0].isalpha():
        weighed = sum(int(sign, 36) * (7, 3, 1)[place % 3] for place, sign in enumerate(text[:9]))
        return any(sign.isdigit() for sign in text[1:9]) and weighed % 10 == int(text[9])
    if text[-1].isalpha():
        return "TRWAGMYFPDXBNJZSQVHLCKE"[int(text[:8]) % 23] == text[-1]
    return True
