"""All that happened to a voice, as lines: who, when, what and why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rapport.listening.models import Answer, Deed, Merge, Status, Voice
from rapport.people.models import Person


@dataclass(frozen=True)
class Line:
    at: datetime
    who: Person | None
    act: str
    words: str = ""
    language: str = ""
    is_note: bool = False


def record_of(voice: Voice, answers: list[Answer], others: list[Merge]) -> list[Line]:
    """From the newest back to the day it was said, in two queries beyond what is there."""
    lines = [*_statuses(voice), *_notes(voice), *_answers(answers), *_merges(voice, others), *_arrival(voice)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _statuses(voice: Voice) -> list[Line]:
    return [
        Line(change.at, change.by, _("set it to “%(status)s”") % {"status": Status(change.status).label}, change.reason)
        for change in voice.status_changes.select_related("by")
    ]


def _notes(voice: Voice) -> list[Line]:
    return [
        Line(note.at, note.by, _deed(note.deed, note.about), note.words, is_note=not note.deed)
        for note in voice.notes.select_related("by", "about")
    ]


def _deed(deed: str, about: Person | None) -> str:
    if not deed:
        return _("noted")
    words = str(Deed(deed).label)
    return f"{words} {about}" if about else words


def _answers(answers: list[Answer]) -> list[Line]:
    return [Line(answer.at, answer.by, _("answered"), answer.words, answer.language) for answer in answers]


def _merges(voice: Voice, others: list[Merge]) -> list[Line]:
    lines = [
        Line(merge.at, merge.by, _("merged %(code)s into this one") % {"code": merge.voice.spoken_code})
        for merge in others
    ]
    merge = getattr(voice, "merged", None)
    if merge:
        lines.append(Line(merge.at, merge.by, _("merged this into %(code)s") % {"code": merge.into.spoken_code}))
    return lines


def _arrival(voice: Voice) -> list[Line]:
    lines = [Line(voice.spoken_at, voice.entered_by, _("It was said: %(how)s") % {"how": voice.get_channel_display()})]
    if voice.entered_by:
        lines = [
            Line(voice.spoken_at, voice.entered_by, _("wrote it down (%(how)s)") % {"how": voice.get_channel_display()})
        ]
    if voice.acknowledged_at:
        lines.append(Line(voice.acknowledged_at, None, _("They know that it arrived")))
    if voice.held_at:
        lines.append(Line(voice.held_at, None, _("Held for a look"), voice.held_because))
    return lines
