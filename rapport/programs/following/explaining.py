"""Voices that may explain why fewer people come."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.insight.models import Theme, ThemeVoice
from rapport.listening.models import Voice, VoiceQuerySet
from rapport.people.models import Person
from rapport.programs.models import Program

_MOST = 12


@dataclass(frozen=True)
class Hint:
    """A voice and why it may have to do with it."""

    voice: Voice
    why: str


def mark_of(program: Program) -> str:
    """How a voice remembers that it came with the feedback on a program."""
    return f"program:{program.pk}"


def voices_about(program: Program, person: Person) -> list[Hint]:
    """What was said with the feedback first, then what names the program, then what its themes hold; newest first."""
    if not person.has_perm("listening.see_inbox"):
        return []
    reach = Voice.objects.in_hand().of_branches(person.branches_where("listening.see_inbox")).order_by("-spoken_at")
    found: dict[int, Hint] = {}
    for why, rows in _ways(program, reach):
        for voice in rows[:_MOST]:
            found.setdefault(voice.pk, Hint(voice, why))
    return list(found.values())[:_MOST]


def _ways(program: Program, reach: VoiceQuerySet) -> list[tuple[str, VoiceQuerySet]]:
    titles = [said for said in {*_words(program.title)} if len(said) > 3]
    named = reduce(or_, (Q(words__icontains=title) for title in titles), Q(pk__in=[]))
    ways = [
        (_("said with feedback on it"), reach.filter(channel_detail=mark_of(program))),
        (_("names it"), reach.filter(named)),
    ]
    if program.loop is not None:
        ways.append((_("belongs to its story"), reach.on(program.loop)))
    if program.need is not None:
        themes = Theme.objects.current().filter(needs=program.need)
        ways.append(
            (_("of its themes"), reach.filter(pk__in=ThemeVoice.objects.filter(theme__in=themes).values("voice")))
        )
    return ways


def _words(said: object) -> list[str]:
    return [str(one).strip() for one in (said.values() if isinstance(said, dict) else [said])]
