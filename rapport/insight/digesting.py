"""The digest of the week: written once the week is over, and sent to those of the staff who asked for it.

Looked for every night, so that a night on which nothing worked is made up for. A voice belongs to a theme here if a
person put it there, or if the house suggests it and nobody has answered yet. Answers to surveys are left out: of most
of them only the month is known, and a survey that opens would look like a town that changed its mind.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rapport.insight.methods.themes.weekly import Week, week_of
from rapport.insight.methods.themes.weekly_counts import Spoken
from rapport.insight.models import Digest, DigestReader, Suggestion, Theme, ThemeVoice
from rapport.insight.models.digest import RATE
from rapport.insight.reading import read_new_voices
from rapport.lib.later import can_wait
from rapport.listening.models import Channel, Voice
from rapport.messaging.models import Letter
from rapport.people.models import Person

_MOST_VOICES = 100_000
_MOST_WEEKS = 4 * 52 + 1  # this week, a year, and three more of the same season


@can_wait
def write_digest() -> None:
    """Write down what changed in the week that ended last, and post it. Harmless if run twice."""
    week = last_whole_week()
    if not Digest.objects.filter(week=week).exists():
        read_new_voices()
        Digest.objects.write(week, what_changed(week))
    send(Digest.objects.get(week=week))


def last_whole_week() -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday() + 7)


def what_changed(week: date) -> Week:
    voices, weeks = _spoken(week)
    return week_of(voices, _themes({one.key for one in voices}), weeks=weeks, rate=RATE)


def _spoken(week: date) -> tuple[list[Spoken], int]:
    """The newest voices up to that week's Sunday, with the number of their week; and how many weeks there are."""
    first, end = (_midnight(week + timedelta(weeks=step)) for step in (1 - _MOST_WEEKS, 1))
    rows = Voice.objects.in_hand().exclude(channel=Channel.SURVEY).filter(spoken_at__gte=first, spoken_at__lt=end)
    told = rows.order_by("-spoken_at", "-pk").values_list("pk", "words", "language", "branch", "speaker", "spoken_at")[
        :_MOST_VOICES
    ]
    here = timezone.get_current_timezone()
    weeks = [(row, (row[5].astimezone(here).toordinal() - 1) // 7) for row in told.iterator(chunk_size=5_000)]
    oldest = min((number for _row, number in weeks), default=0)
    newest = (week.toordinal() - 1) // 7
    return [_heard(row, number - oldest) for row, number in weeks], newest - oldest + 1 if weeks else 0


def _heard(row: tuple[int, str, str, int | None, int | None, datetime], week: int) -> Spoken:
    key, text, language, branch, speaker, _at = row
    return Spoken(key, text, "" if language == "und" else language.split("-")[0], branch, speaker, week)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _themes(voices: set[int]) -> dict[int, set[int]]:
    """The voices of each theme in use, with those of its parts."""
    parents = dict(Theme.objects.current().values_list("pk", "part_of"))
    found: dict[int, set[int]] = defaultdict(set)
    for theme, voice in _memberships():
        if theme in parents and voice in voices:
            found[theme].add(voice)
            if (whole := parents[theme]) is not None:
                found[whole].add(voice)
    return dict(found)


def _memberships() -> Iterator[tuple[int, int]]:
    yield from ThemeVoice.objects.values_list("theme", "voice").iterator(chunk_size=5_000)
    yield from Suggestion.objects.open().order_by().values_list("theme", "voice").iterator(chunk_size=5_000)


def send(digest: Digest) -> None:
    """By mail to those who asked for it before it was written; each once."""
    readers = DigestReader.objects.filter(at__lte=digest.at, person__is_active=True)
    for reader in readers.select_related("person"):
        if reader.person.has_perm("insight.see"):
            _post(digest, reader.person)


def _post(digest: Digest, person: Person) -> None:
    language = person.language or settings.LANGUAGE_CODE
    with translation.override(language):
        lines = digest.lines_for(person)
        words = {
            "digest": digest,
            "summary": digest.summary(lines),
            "lines": lines,
            "library": settings.HOUSE.library,
            "url": settings.HOUSE.address + digest.get_absolute_url(),
            "stop": settings.HOUSE.address + reverse("insight:desk-digests"),
        }
        Letter.objects.write(
            f"digest:{digest.week.isoformat()}:{person.pk}",
            subject=_("What people spoke of, %(week)s") % {"week": digest},
            text=render_to_string("insight/digest.txt", words),
            language=language,
            email=person.email,
        )
