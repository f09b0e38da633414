"""Which processes wait for somebody at the desk."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from rapport.deciding.models import Phase, PhaseKind, Process
from rapport.deciding.models.process import ProcessQuerySet
from rapport.people.models import Person

_SAY = [PhaseKind.COLLECT, PhaseKind.SHAPE, PhaseKind.CHOOSE]
_SOON = timedelta(days=3)


def waiting_for(person: Person) -> dict[str, list[Process]]:
    """Drafts whose first day is near or past; those in which people have had their say and nothing is decided; and
    those whose phases are all over and that nobody has put away."""
    now = timezone.now()
    mine = Process.objects.reached_by(person, "deciding.change").filter(decision__closing=None)
    mine = mine.select_related("decision").order_by("decision__by_when", "pk")
    still = Phase.objects.filter(process=OuterRef("pk"), kind__in=_SAY)
    said = mine.public().filter(Exists(still), decision__ruling=None).exclude(Exists(still.filter(closes_at__gt=now)))
    return {
        "unopened": list(mine.filter(opening=None, phases__opens_at__lte=now + _SOON).distinct()[:5]),
        "unanswered": list(said[:5]),
        "over": list(_all_over(mine, now)[:5]),
    }


def _all_over(processes: ProcessQuerySet, now: datetime) -> ProcessQuerySet:
    phases = Phase.objects.filter(process=OuterRef("pk"))
    decided = processes.public().exclude(decision__ruling=None)
    return decided.filter(Exists(phases)).exclude(Exists(phases.filter(closes_at__gt=now)))
