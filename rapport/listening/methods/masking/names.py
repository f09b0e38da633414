"""Names: of colleagues from a list, of everybody else by the words beside them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .arabic import CUES as ARABIC
from .arabic import LOOSE
from .cues import CUES, NO_NAMES, NOBODY
from .letters import NAME, WORD
from .ordinary import ORDINARY
from .spoken_of import CUES as SPOKEN_OF

# Given names that are words too: found only with the family name or beside a word that says so.
_GIVEN_TOO = """
    Rose Mark May June April Will Grace Hope Joy Faith Dawn Art Bill Rob Pat Jack Ray Sue Summer Autumn Violet
    Lily Daisy Ivy
    Sol Luz Paz Mar Rosa Blanca Consuelo Esperanza Mercedes Pilar Iris Angel Ángel Ernst Wolf Stein Heide
    كريم جميل سعيد أمل نور هدى إيمان حنان وفاء صفاء سحر فرح شهد أمين سالم ناصر عادل جمال كمال سلام
    """
_WORDS_TOO = frozenset(_GIVEN_TOO.split())
_NEW = frozenset(SPOKEN_OF)
_LOOSE = frozenset((*SPOKEN_OF, *LOOSE))  # not believed where books and those who wrote them are spoken of


_AND = re.compile(rf",? (?:and|y a|y|e|und|&) (?:to |a |an )?(?P<name>{NAME})")
_COMMA = re.compile(rf", (?P<name>{WORD})(?=,? (?:and|&|y|e|und) |, )")
_ARABIC_AND = re.compile(r" و(?!ال|[أنيتسع])(?P<name>[ء-ي]{2,4}[^يهة\W])(?![ء-ي])")
_OPENERS = frozenset(
    """
    Please And But Hello Hi Hey Dear Thanks Thank Bitte Danke Und Aber Hallo Hola Gracias Y Pero Yesterday Today Gestern
    Heute Ayer Hoy When If Als Wenn Cuando So Then Also
    """.split()  # noqa: SIM905
)
_ARTICLES = frozenset(
    [
        "The",
        "A",
        "An",
        "Der",
        "Die",
        "Das",
        "Den",
        "Dem",
        "Ein",
        "Eine",
        "La",
        "El",
        "Los",
        "Las",
        "Un",
        "Una",
        "Our",
        "Your",
        "My",
        "Ihr",
        "Ihre",
        "Unser",
        "Unsere",
    ]
)
_CALLINGS = frozenset(
    """
    Kollege Kollegin Kollegen Hausmeister Hausmeisterin Frau Herr Herrn Mitarbeiter Mitarbeiterin Bibliothekarin
    Bibliothekar Praktikant Praktikantin Lehrerin Lehrer Librarian Volunteer Bibliotecaria Bibliotecario Señora Señor
    """.split()  # noqa: SIM905
)
_IN_BOOKS = re.compile(
    r"(?i:\b(?:by|books?|novels?|author|writer|poet|display|exhibition|film|movie|biography|about|algo|novelas?|libros?|"
    r"obra|exposición|película|sobre|Buch|Bücher|Roman|Romane|Ausstellung|Film|über|Autor|Autorin)\b|"
    r"كتاب|كتب|رواية|روايات|ديوان|مسرحي|معرض|الكاتب|الشاعر|للكاتب)[^.!?\n]{0,30}$"
)


def names(words: str) -> Iterator[tuple[int, int]]:
    """By the words beside them; then whoever is named with them, and wherever they are named again."""
    found = sorted(set(_beside_words(words)), key=lambda one: (one[0] - one[1], one))  # the longest first
    yield from found
    for _start, end in found:
        yield from _named_with(words, end)
    yield from _again(words, {words[start:end] for start, end in found})


def _beside_words(words: str) -> Iterator[tuple[int, int]]:
    for cue in (*CUES, *SPOKEN_OF, *ARABIC):
        for match in cue.finditer(words):
            start = match.start("name")
            name = match.group("name")
            skipped = _skipped(name) if cue in _NEW else 0
            end = _end(name[skipped:], ORDINARY if cue in _NEW else frozenset())
            if end and not (cue in _LOOSE and _IN_BOOKS.search(words[max(0, start - 60) : start])):
                yield start + skipped, start + skipped + end


def _skipped(name: str) -> int:
    """Words at its head that only begin a sentence, or say what somebody is: "Please Ben", "Der Kollege Yusuf"."""
    skipped, article = 0, False
    for match in re.finditer(r"\S+ ", name):
        word = match.group().strip()
        if word in _ARTICLES:
            article = True
        elif word in _CALLINGS:
            article = False
        elif word not in _OPENERS:
            break
        skipped = match.end()
    return len(name) if article else skipped  # what has an article and is no calling is a thing


def _named_with(words: str, end: int) -> Iterator[tuple[int, int]]:
    """ "Tom and Marguerite": if one of them is a name, so is the other."""
    while match := _AND.match(words, end) or _COMMA.match(words, end) or _ARABIC_AND.match(words, end):
        length = _end(match.group("name"), ORDINARY)
        if not length:
            return
        start = match.start("name")
        end = start + length
        yield start, end


def _again(words: str, found: set[str]) -> Iterator[tuple[int, int]]:
    parts = {part.strip(".,") for name in found for part in name.split()}
    wanted = {one for one in parts if len(one) > 2 and one not in _WORDS_TOO | NO_NAMES and not one.islower()}
    if wanted:
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(wanted)))})(?!\w)", words):
            yield match.span()


def _end(name: str, ordinary: frozenset[str] = frozenset()) -> int:
    """How much of it is a name: it ends before a word that no name has."""
    if any(name == nobody or name.endswith(f" {nobody}") for nobody in NOBODY):
        return 0
    end = 0
    for match in re.finditer(r"[^\s]+", name):
        word = match.group()
        if word in NO_NAMES or (ordinary and _is_no_name(word, is_alone=word == name.split(" ", 1)[0])):
            break
        end = match.end()
    only = name[:end].rstrip(".")
    return (
        0 if only in _NO_NAME_ALONE or only in NOBODY or only in ordinary | (_CALLINGS if ordinary else set()) else end
    )


_THINGS = re.compile(
    r"\w{3,}(?:ings?|[ts]ions?|ments?|ness|ities|ity|[ae]nces?|ships?|ures?|ción|dad|miento|ung|heit|keit|ally|tely|ntly|edly|usly|bly|ully)$"
)


def _is_no_name(word: str, *, is_alone: bool) -> bool:
    """A sign in capitals, one letter, a contraction, a word for a thing."""
    plain = re.split(r"[’']", word.rstrip(",."), maxsplit=1)[0]
    is_sign = word.isupper() and "." not in word and 1 < len(word) < 6
    is_letter = len(plain) < 2 and "." not in word and "’" not in word and "'" not in word
    return (
        is_sign
        or is_letter
        or plain in {"I", "It", "We", "You", "They"}
        or bool(plain.capitalize() in ORDINARY or (is_alone and _THINGS.match(plain.lower())))
    )


_NO_NAME_ALONE = frozenset({"", "Mr", "Mrs", "Ms", "Dr", "Dra", "Prof", "Sr", "Sra", "Don", "don", "Frau", "Herr"})


def names_of(words: str, colleagues: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Whole names, and given names alone; family names alone are too often those of rooms and streets."""
    pattern = _pattern(tuple(colleagues))
    if pattern:
        for match in pattern.finditer(words):
            yield match.span("name")


@lru_cache(maxsize=8)
def _pattern(colleagues: tuple[str, ...]) -> re.Pattern[str] | None:
    wanted: set[str] = set()
    for name in colleagues:
        parts = name.split()
        if len(parts) > 1:
            wanted.add(" ".join(parts))
        if parts and len(parts[0]) > 2 and parts[0] not in _WORDS_TOO:
            wanted.add(parts[0])
    if not wanted:
        return None
    ways = "|".join(re.escape(one) for one in sorted(wanted, key=len, reverse=True))
    return re.compile(rf"(?:(?<!\w)|(?<=(?<!\w)[ولبكف]))(?P<name>{ways})(?!\w)")
