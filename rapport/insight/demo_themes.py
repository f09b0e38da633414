"""The demo town's workbench of themes: definitions, a part, suggestions to check, a sample coded by two, two rounds."""

import random
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone, translation

from rapport.community.models import Topic
from rapport.insight.models import CodingSample, Definition, Round, Suggestion, Theme, ThemeVoice
from rapport.listening.models import Voice
from rapport.people.models import Person

_DEFINITIONS = {
    "A quiet place outdoors": (
        "A green place of the library's where one can sit and read",
        "The yard, shade, benches, plants, and noise out there",
        "Noise inside the house; events in the garden",
        "Pongan árboles o un toldo en el jardín.",
    ),
    "Help with homework": (
        "Somebody whom children and young people can ask about school",
        "Tutors, a table after school, help for parents who cannot help",
        "Homework that is only hard because it is loud",
        "",
    ),
    "Open on Sundays": (
        "Being open at hours at which people can come",
        "Sundays, evenings, early mornings",
        "The internet that can be used outside when we are closed",
        "",
    ),
    "A place for teenagers": ("A room or a corner where young people may be loud", "Games, music, company", "", ""),
}
_HEARD = (  # what the house would find in the words of somebody who is in no theme yet, and how sure it would be
    ("Sunday", "Open on Sundays", 0.97),
    ("evening hours", "Open on Sundays", 0.93),
    ("horario", "Open on Sundays", 0.91),
    ("garden", "A quiet place outdoors", 0.95),
    ("Teenagers", "A place for teenagers", 0.94),
    ("phones stay off", "A quiet place outdoors", 0.44),
    ("film evening", "Open on Sundays", 0.38),
    ("meeting room", "A place for teenagers", 0.36),
    ("principiantes", "Help with homework", 0.41),
    ("للمبتدئين", "Help with homework", 0.47),
)


def fill(cast: Mapping[str, Person]) -> None:
    with translation.override("en"):
        themes = {str(theme): theme for theme in Theme.objects.current()}
    defined = [themes[name] for name in _DEFINITIONS if name in themes]
    if len(defined) < 3:
        return
    for theme, said in zip(defined, (said for name, said in _DEFINITIONS.items() if name in themes), strict=True):
        Definition.objects.write(theme, by=cast["ben"], **dict(zip(_NAMES, said, strict=True)))
    for name, slugs in _ABOUT.items():
        if name in themes:
            themes[name].speak_of(Topic.objects.filter(slug__in=slugs), by=cast["ben"])
    _part(defined[0], cast["ben"])
    _suggest(themes)
    _code_together(cast["ben"], cast["mona"])
    _listen_twice(cast["ben"])


_ABOUT = {
    "Help with homework": ("school",),
    "A place for teenagers": ("games", "music"),
    "A quiet place outdoors": ("gardening",),
}


_NAMES = ("means", "includes", "excludes", "example")


def _part(theme: Theme, by: Person) -> None:
    """Some of those who speak of the garden speak of shade."""
    shade = [
        voice.pk for voice in theme.voices() if {"shade", "sol", "مظلات"} & set(voice.words.replace(".", "").split())
    ]
    if shade:
        label = {"en": "Shade in the garden", "es": "Sombra en el jardín", "ar": "الظل في الحديقة"}
        theme.split(label, shade, by=by).place_under(theme, by=by)


def _suggest(themes: Mapping[str, Theme]) -> None:
    """As the house would have read them at night, so that the demo need not load what reads."""
    for voice in Voice.objects.in_hand().exclude(pk__in=ThemeVoice.objects.values("voice")).order_by("pk"):
        told = next(((name, sure) for word, name, sure in _HEARD if word in voice.words), None)
        if told and told[0] in themes:
            second = themes.get("Open on Sundays") if told[0] != "Open on Sundays" else None
            said = {"second": second, "sureness": told[1], "confidence": told[1]}
            Suggestion.objects.create(voice=voice, theme=themes[told[0]], **said)


def _code_together(ben: Person, mona: Person) -> None:
    """They agree about most, and not about where the garden ends."""
    with_themes = Voice.objects.in_hand().filter(pk__in=ThemeVoice.objects.values("voice"))
    sample = CodingSample.objects.draw("What people told us this year", with_themes, size=24, by=ben, seed=5)
    truth = dict(ThemeVoice.objects.order_by("-pk").values_list("voice", "theme"))
    themes = Theme.objects.current().select_related("part_of").in_bulk()
    chance = random.Random(5)  # noqa: S311
    for sampled in sample.sampled.all():
        theme = themes.get(truth[sampled.voice_id])
        sampled.code(theme, by=ben)
        is_wider = theme is not None and (theme.part_of is not None or chance.random() < 0.12)
        sampled.code(theme.part_of if theme is not None and is_wider else theme, by=mona)


def _listen_twice(by: Person) -> None:
    today = timezone.localdate()
    middle = today - timedelta(days=120)
    spring = {"name": "Before the summer", "first": today - timedelta(days=365), "last": middle - timedelta(days=1)}
    Round.objects.create(**spring, by=by)
    Round.objects.create(name="Since the summer", first=middle, last=today, by=by)
