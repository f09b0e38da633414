"""The words that tell one group of texts from the others: class-based TF-IDF (Grootendorst 2022) over 1 to 3 words.

Counted are voices, not occurrences, so that one person who repeats a word does not name a theme. Each language of a
group is weighed on its own, because the few who write in another language would never be heard in a joint count.

Limits: no stemming, so "book" and "books" are two words; characters of scripts without spaces are taken in runs of
two to four.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil, log, sqrt

from .stop_words import WEAK_WORDS
from .words import is_stop_word, is_unspaced, joined, words

_LONGEST = 3
_LONGEST_RUN = 4
_MOST_TEXTS = 5_000  # of one group and language; from twice as many on, a share is read and scaled up
_LOOKED_AT = 200
_FEW = 8  # among so few voices, what one of them said may stand for all
_FEWEST_SHARE = 0.02
_ARTICLE = "ال"  # written on to the Arabic word
_FORMS_SEEN = 25
_COVERED = 0.6  # a longer phrase replaces its word if most who used the word used it in the phrase
_HEARD = 0.15  # share of a group's voices from which a language gets phrases of its own

Gram = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    words: str
    language: str
    voices: int


def key_phrases(groups: Sequence[Sequence[tuple[str, str]]], most: int = 8) -> list[tuple[Phrase, ...]]:
    """For each group of (text, language), its telling phrases: the largest language first, each best first."""
    counts = [_by_language(group) for group in groups]
    spread: dict[str, Counter[Gram]] = {}
    for count in counts:
        for language, (grams, _) in count.items():
            spread.setdefault(language, Counter()).update(grams)
    found = [_phrases(count, spread, len(groups), most) for count in counts]
    return [_as_written(phrases, group) for phrases, group in zip(found, groups, strict=True)]


def _as_written(phrases: Sequence[Phrase], group: Sequence[tuple[str, str]]) -> tuple[Phrase, ...]:
    """With the capitals that most people gave it inside their sentences: a German noun, a name."""
    texts = [text for text, _ in group[:_MOST_TEXTS]]
    return tuple(replace(phrase, words=_usual_form(phrase.words, texts)) for phrase in phrases)


def _usual_form(phrase: str, texts: Sequence[str]) -> str:
    pattern = re.compile(r"(?<=[^.!?\s] )\b" + re.escape(phrase) + r"\b", re.IGNORECASE)
    seen = (match.group() for match in map(pattern.search, texts) if match)
    forms = Counter(islice(seen, _FORMS_SEEN)).most_common(1)
    return forms[0][0] if forms and not forms[0][0].isupper() else phrase


def _by_language(group: Sequence[tuple[str, str]]) -> dict[str, tuple[Counter[Gram], int]]:
    texts: dict[str, list[str]] = {}
    for text, language in group:
        texts.setdefault(language, []).append(text)
    return {language: (_count(some, language), len(some)) for language, some in texts.items()}


def _count(texts: Sequence[str], language: str) -> Counter[Gram]:
    step = max(1, len(texts) // _MOST_TEXTS)
    count = Counter(gram for text in texts[::step] for gram in set(grams_of(words(text), language)))
    return Counter({gram: voices * step for gram, voices in count.items()}) if step > 1 else count


def grams_of(pieces: Sequence[str], language: str) -> Iterator[Gram]:
    stops = [is_stop_word(piece, language) or _is_no_word(piece) for piece in pieces]
    for start, piece in enumerate(pieces):
        if stops[start]:
            continue
        close = is_unspaced(piece)
        for size in range(2 if close else 1, (_LONGEST_RUN if close else _LONGEST) + 1):
            end = start + size
            if end > len(pieces) or is_unspaced(pieces[end - 1]) != close:
                break
            if not stops[end - 1] and not (size == 1 and piece in WEAK_WORDS):
                yield tuple(pieces[start:end])


def _is_no_word(piece: str) -> bool:
    """One letter, or one letter repeated, as where a name was struck out ("XXXX")."""
    return len(set(piece.removesuffix("'s"))) == 1 and not is_unspaced(piece)


def _phrases(
    group: Mapping[str, tuple[Counter[Gram], int]], spread: Mapping[str, Counter[Gram]], groups: int, most: int
) -> tuple[Phrase, ...]:
    everyone = sum(size for _, size in group.values())
    heard = [(size, language) for language, (_, size) in group.items() if size >= _HEARD * everyone]
    found: list[Phrase] = []
    for size, language in sorted(heard, key=lambda each: (-each[0], -spread[each[1]].total(), each[1])):
        share = max(2, round(most * size / sum(size for size, _ in heard)))
        ranked = _ranked(group[language][0], spread[language], groups, size)
        found += [Phrase(joined(gram), language, voices) for gram, voices in _without_echoes(ranked, share)]
    return tuple(found)


def _ranked(here: Counter[Gram], everywhere: Counter[Gram], groups: int, size: int) -> list[tuple[Gram, int]]:
    mean = sum(everywhere.values()) / groups
    fewest = 1 if size < _FEW else max(2, ceil(_FEWEST_SHARE * size))
    if not any(count >= fewest for count in here.values()):
        fewest = 1
    # A group's own words first: the root weighs in which share of those who said it are in this group.
    scores = {g: c * log(1 + mean / everywhere[g]) * sqrt(c / everywhere[g]) for g, c in here.items() if c >= fewest}
    best = sorted(scores, key=lambda gram: (-scores[gram], abs(len(gram) - 2), gram))
    return [(gram, here[gram]) for gram in best[:_LOOKED_AT]]


def _without_echoes(ranked: Sequence[tuple[Gram, int]], most: int) -> list[tuple[Gram, int]]:
    """Of phrases within each other keep one: the longer if most who used the shorter used it."""
    kept: list[tuple[Gram, int]] = []
    for short in ranked:
        gram, voices = max([short, *(long for long in ranked if _covers(long, short))], key=lambda each: len(each[0]))
        if not any(_echoes(gram, other, voices) for other, _ in kept):
            kept.append((gram, voices))
        if len(kept) == most:
            break
    return kept


def _covers(long: tuple[Gram, int], short: tuple[Gram, int]) -> bool:
    return (
        short[1] > 1 and len(long[0]) > len(short[0]) and long[1] >= _COVERED * short[1] and _within(short[0], long[0])
    )


def _echoes(gram: Gram, other: Gram, voices: int) -> bool:
    shared = sum(any(_akin(one, two) for two in other) for one in gram)
    return _within(gram, other) or _within(other, gram) or shared > 1 or (shared == 1 and voices == 1)


def _within(short: Gram, long: Gram) -> bool:
    starts = range(len(long) - len(short) + 1)
    return any(all(map(_akin, short, long[start:])) for start in starts)


def _akin(one: str, other: str) -> bool:
    """The same word, or forms of it: most of the shorter is the beginning of both."""
    one, other = one.removeprefix(_ARTICLE), other.removeprefix(_ARTICLE)
    shorter = min(len(one), len(other))
    return one == other or (shorter >= 4 and one[: ceil(0.75 * shorter)] == other[: ceil(0.75 * shorter)])
