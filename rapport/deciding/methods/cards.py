"""Numbers of library cards: whether one is written as the library's cards are.

Most libraries print 14 digits in Codabar: 2 for a reader (3 for an item), four for the library, eight for the card,
and a check digit by the Luhn formula (ISO/IEC 7812-1, annex B). The check finds a slip of the finger. It does not show
that the card was ever given out: anybody can work out a number that passes.
"""

import re


def plain(number: str) -> str:
    """As a reader copies it from the card: blanks and dashes do not count."""
    return re.sub(r"[\s\-]", "", number).upper()


def is_written_rightly(number: str, *, pattern: str, check: bool) -> bool:
    said = plain(number)
    return re.fullmatch(pattern, said) is not None and (not check or passes_luhn(said))


def passes_luhn(number: str) -> bool:
    """From the right, every second digit counts double, and the sum ends in 0."""
    if not (number.isascii() and number.isdecimal()):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
