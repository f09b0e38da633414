"""What is kept of those who apply for a board, sit on it, or volunteer for a panel; and for how long."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from rapport.deciding.models import Application, SeatAnswer, Term, Volunteer
from rapport.loop.models import Speaker
from rapport.people.models import Person

Rows = list[dict[str, Any]]
DAYS = 90  # after an answer, the end of a term, or a draw


def _of(person: Person) -> Q:
    return Q(person=person) | Q(speaker__in=Speaker.objects.behind(person))


def export_applications(person: Person) -> Rows:
    rows = Application.objects.filter(_of(person)).select_related("board", "answer")
    return [
        {
            "board": str(one.board),
            "name": one.name,
            "why": one.why,
            "on": one.at.date().isoformat(),
            "answer": one.answered.reason if one.answered else "",
        }
        for one in rows
    ]


def erase_applications(person: Person) -> None:
    Application.objects.filter(_of(person)).delete()


def clean_applications() -> int:
    """Those that were answered go after a while; the term of a member stands by itself."""
    return Application.objects.filter(answer__at__lt=timezone.now() - timedelta(days=DAYS)).delete()[0]


def export_terms(person: Person) -> Rows:
    rows = Term.objects.filter(_of(person)).select_related("board").prefetch_related("attendance__meeting")
    return [
        {
            "board": str(term.board),
            "name": term.name,
            "since": term.since.isoformat(),
            "until": term.until.isoformat(),
            "meetings": [one.meeting.starts_at.date().isoformat() for one in term.attendance.all() if one.came],
        }
        for term in rows
    ]


def erase_terms(person: Person) -> None:
    """That a place was taken stays, for the minutes to add up; who took it does not."""
    Term.objects.filter(_of(person)).update(name="–", is_named=False, person=None, speaker=None)


def clean_terms() -> int:
    old = Term.objects.filter(ending__on__lt=timezone.localdate() - timedelta(days=DAYS)).exclude(name="–")
    return old.update(name="–", is_named=False, person=None, speaker=None)


def export_volunteers(person: Person) -> Rows:
    rows = Volunteer.objects.filter(_of(person)).select_related("panel")
    return [{"panel": str(one.panel), "name": one.name, "answers": one.values} for one in rows]


def erase_volunteers(person: Person) -> None:
    """Before the draw they leave the pot; afterwards their name and address go, and the lots stay as they fell."""
    mine = Volunteer.objects.filter(_of(person))
    mine.filter(panel__draw=None).delete()
    _take_out(mine)


def _take_out(rows: Any) -> int:
    keys = list(rows.values_list("pk", flat=True))
    cleared: dict[str, Any] = {"name": "", "person": None, "speaker": None, "values": {}}
    return Volunteer.objects.filter(pk__in=keys).update(**cleared) if keys else 0


def clean_volunteers() -> int:
    """After the draw, who was not drawn or declined is taken out of it; members stay until their panel is history."""
    now = timezone.now()
    drawn_long_ago = Volunteer.objects.filter(panel__draw__at__lt=now - timedelta(days=DAYS)).exclude(name="")
    members = Q(seat__answer=SeatAnswer.ACCEPTED, panel__draw__at__gte=now - timedelta(days=365 + DAYS))
    return _take_out(drawn_long_ago.exclude(pk__in=Volunteer.objects.filter(members).values("pk")))
