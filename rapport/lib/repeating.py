"""Work that comes again. Each turn is put on the queue once, however many workers look at the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from rapport.lib.later import later
from rapport.lib.models import Repetition


@dataclass(frozen=True, kw_only=True)
class Every:
    """Every so many minutes, counted from midnight UTC, and at once when the house first stands."""

    minutes: int
    do: str

    def newest_turn(self, now: datetime) -> datetime:
        step = self.minutes * 60
        return datetime.fromtimestamp(now.timestamp() // step * step, UTC)

    def first_turn(self, now: datetime) -> datetime:
        return self.newest_turn(now) - timedelta(minutes=self.minutes)


@dataclass(frozen=True, kw_only=True)
class Nightly:
    """Once a night, by the library's clock."""

    at: str
    do: str

    def newest_turn(self, now: datetime) -> datetime:
        here = timezone.localtime(now)
        turn = datetime.combine(here.date(), time.fromisoformat(self.at), here.tzinfo)
        return turn if turn <= here else turn - timedelta(days=1)

    first_turn = newest_turn


Entry = Every | Nightly


def put_due_work_on_queue(now: datetime | None = None, schedule: Sequence[Entry] | None = None) -> int:
    """Queue each entry whose turn has come. A turn missed while nobody worked is made up for once."""
    now = now or timezone.now()
    schedule = import_string(settings.SCHEDULE) if schedule is None else schedule
    known = dict(Repetition.objects.values_list("name", "turn"))
    return sum(_take_turn(entry, now) for entry in schedule if _is_due(entry, known.get(entry.do), now))


def _is_due(entry: Entry, turn: datetime | None, now: datetime) -> bool:
    return turn is None or turn < entry.newest_turn(now)


@transaction.atomic
def _take_turn(entry: Entry, now: datetime) -> bool:
    """Whoever moves the row on queues the work, in one transaction: the others find it moved."""
    Repetition.objects.get_or_create(name=entry.do, defaults={"turn": entry.first_turn(now)})
    turn = entry.newest_turn(now)
    is_mine = bool(Repetition.objects.filter(name=entry.do, turn__lt=turn).update(turn=turn))
    if is_mine:
        later(import_string(entry.do))
    return is_mine
