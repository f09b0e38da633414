"""Whether a code could be one of its scheme: its form only, as the schemes themselves are not ours to hand on.

The forms are those of the Dewey Decimal Classification (three digits, decimals, a span of two), of the BISAC subject
headings of the Book Industry Study Group (three letters and six digits) and of the Universal Decimal Classification
(UDC Consortium: main numbers with a point after each three digits, signs between them, and common auxiliaries).
"""

import re

DEWEY, BISAC, UDC = "dewey", "bisac", "udc"

_DEWEY = re.compile(r"\d{3}(\.\d+)?(-\d{3}(\.\d+)?)?", re.ASCII)
_BISAC = re.compile(r"[A-Z]{3}\d{6}", re.ASCII)

_MAIN = r"\d{1,3}(\.\d{1,3})*"
_PLACE = rf"\((=?{_MAIN}|\d[\d./-]*)\)"  # form (05), place (460), people (=411.21)
_TIME = r"\"[\d./?’'-]+\""
_LANGUAGE = rf"={_MAIN}"
_SPECIAL = r"-\d+(\.\d+)*|\.0\d*(\.\d+)*|['’]\d+"
_NAMED = r"[A-Z*][\w*-]*"
_NUMBER = rf"({_MAIN}|{_PLACE}|{_TIME}|{_LANGUAGE})({_PLACE}|{_TIME}|{_LANGUAGE}|{_SPECIAL}|{_NAMED})*"
_UDC = re.compile(rf"{_NUMBER}((\+|/|::?){_NUMBER})*", re.ASCII)


def tidy(scheme: str, code: str) -> str:
    """The code as it is kept: without blanks at its ends, a dash between two numbers, BISAC in capitals."""
    plain = code.strip()
    if scheme == BISAC:
        return plain.upper().replace(" ", "")
    if scheme == DEWEY:
        return re.sub(r"\s*[-–/]\s*", "-", plain)
    return plain


def is_code(scheme: str, code: str) -> bool:
    """Whether a tidy code has the form of its scheme. A span of Dewey goes upward."""
    if scheme == DEWEY:
        first, _dash, last = code.partition("-")
        return bool(_DEWEY.fullmatch(code)) and (not last or float(first) < float(last))
    return bool({BISAC: _BISAC, UDC: _UDC}[scheme].fullmatch(code))
