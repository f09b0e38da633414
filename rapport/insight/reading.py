"""New voices are read against the confirmed themes: each that is near one becomes a suggestion, with a confidence.

Runs each hour, after an import or once answers became voices, and when somebody asks for it. Nothing joins a theme by
itself: only a person says yes, and then whoever spoke is told what comes of it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Max

from rapport.insight.models import Answered, Suggestion, Theme, ThemeReader, ThemeVoice
from rapport.lib.later import can_wait
from rapport.listening.models import Voice, VoiceQuerySet

if TYPE_CHECKING:
    from rapport.insight.methods.themes.coding import Coder, Suggested

_FEWEST_EXAMPLES = 3  # of one theme
_MOST_EXAMPLES = 60
_MOST_DECLINED = 300
_MOST_ANSWERS = 1_000
_MOST_AT_ONCE = 20_000
_PART = 1_000
_NEAR_ENOUGH = 0.3  # to the middle of the theme's voices, nine in ten of which are nearer; else it is something new
NONE = ""


@can_wait
def read_new_voices() -> int:
    """Suggest a theme for voices that are in none; how many suggestions were made. Run twice, it makes none twice."""
    themes = _themes_with_examples()
    newest = Voice.objects.aggregate(newest=Max("pk"))["newest"] or 0
    reader = ThemeReader.objects.first() or ThemeReader()
    learnt_from = _digest(themes)
    unread = _unread(0 if reader.learnt_from != learnt_from else reader.read_up_to)
    if len(themes) < 2 or not unread.exists():
        return 0
    if reader.learnt_from != learnt_from:
        _teach(reader, themes, learnt_from)
    made = sum(_suggest(reader.coder(), part) for part in _parts(unread))
    ThemeReader.objects.filter(pk=reader.pk).update(read_up_to=newest)
    return made


def _themes_with_examples() -> list[tuple[int, int]]:
    rows = ThemeVoice.objects.filter(theme__in=Theme.objects.current()).order_by("theme").values_list("theme")
    return [(theme, n) for theme, n in rows.annotate(n=Count("pk")) if n >= _FEWEST_EXAMPLES]


def _digest(themes: Iterable[tuple[int, int]]) -> str:
    """Changes when a theme came or went, or has a tenth more voices: not with every single answer."""
    told = ";".join(f"{theme}:{_about(n)}" for theme, n in themes)
    declined = _about(Suggestion.objects.filter(answer=Answered.NO).count())
    return hashlib.sha256(f"{told}|{declined}".encode()).hexdigest()


def _about(count: int) -> int:
    return count.bit_length() * 8 + (count >> max(0, count.bit_length() - 4)) if count else 0


def _unread(after: int) -> VoiceQuerySet:
    known = ThemeVoice.objects.filter(theme__in=Theme.objects.current()).values("voice")
    voices = Voice.objects.in_hand().filter(pk__gt=after).exclude(pk__in=known)
    return voices.exclude(pk__in=Suggestion.objects.values("voice")).order_by("-pk")


def _teach(reader: ThemeReader, themes: Sequence[tuple[int, int]], learnt_from: str) -> None:
    from rapport.insight.methods.themes.coding import learn  # numpy and the encoder only where they work
    from rapport.insight.methods.themes.meaning import read

    keys = [(voice, str(theme)) for theme, _n in themes for voice in _examples(theme)]
    declined = Suggestion.objects.filter(answer=Answered.NO).order_by("-answered_at")
    keys += [(voice, NONE) for voice in declined.values_list("voice", flat=True)[:_MOST_DECLINED]]
    words = dict(Voice.objects.filter(pk__in=[key for key, _code in keys]).values_list("pk", "words"))
    coded = [(words[key], code) for key, code in keys if key in words]
    reader.learn(
        learn(read([text for text, _code in coded]).vectors, [code for _text, code in coded]), learnt_from, len(coded)
    )


def _examples(theme: int) -> list[int]:
    """The newest of its voices: what people mean by it now."""
    rows = ThemeVoice.objects.filter(theme=theme).order_by("-voice__spoken_at", "-pk")
    return list(rows.values_list("voice", flat=True)[:_MOST_EXAMPLES])


def _parts(voices: VoiceQuerySet) -> Iterator[list[tuple[int, str, str]]]:
    rows = list(voices.values_list("pk", "words", "language")[:_MOST_AT_ONCE])
    for start in range(0, len(rows), _PART):
        yield rows[start : start + _PART]


def _suggest(coder: "Coder", rows: Sequence[tuple[int, str, str]]) -> int:
    from rapport.insight.methods.themes.coding import corrected
    from rapport.insight.methods.themes.meaning import is_foreign, read
    from rapport.insight.methods.themes.words import says_nothing

    told = [(key, text) for key, text, code in rows if not says_nothing(text) and not is_foreign(code)]
    if not told:
        return 0
    found = coder.suggest(read([text for _key, text in told]).vectors)
    heard = zip(told, found, strict=True)
    pairs = [(key, one) for (key, _text), one in heard if one.code != NONE and one.closeness >= _NEAR_ENOUGH]
    sure = corrected([each.confidence for _key, each in pairs], _answered())
    return _keep(pairs, sure)


def _answered() -> list[tuple[float, bool]]:
    """What people said of earlier suggestions. Those agreed to all at once were not looked at one by one, but stand."""
    rows = Suggestion.objects.answered().order_by("-answered_at").values_list("sureness", "answer")[:_MOST_ANSWERS]
    return [(sureness, answer == Answered.YES) for sureness, answer in rows]


@transaction.atomic
def _keep(pairs: "Sequence[tuple[int, Suggested]]", sure: Sequence[float]) -> int:
    there = set(map(str, Theme.objects.current().values_list("pk", flat=True)))
    made = [
        Suggestion(
            voice_id=key,
            theme_id=int(each.code),
            second_id=int(each.second) if each.second in there else None,
            sureness=each.confidence,
            confidence=confidence,
        )
        for (key, each), confidence in zip(pairs, sure, strict=True)
        if each.code in there
    ]
    before = Suggestion.objects.count()
    Suggestion.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return Suggestion.objects.count() - before
