"""A storytime with few places, and families who would like to come."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

from django.db import connection
from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.models import Program, Registration, RegistrationRules, Seat, Seating, Session


def a_date(by: Person, places: int = 4, *, days: int = 5, **rules: Any) -> Seating:
    program = Program.objects.filter(title__icontains="Storytime").first() or Program.objects.plan(
        "Storytime", by=by, need=None
    )
    program.publish()
    starts = timezone.now().replace(microsecond=0) + timedelta(days=days)
    made = RegistrationRules.objects.create(name="Storytime", **rules)
    [session] = program.add_dates(
        [(starts, starts + timedelta(hours=1))], rules=made, capacity=places, language="en", audience="0-5"
    )
    seating = Seating.objects.open_for(Session.objects.get(pk=session.pk))
    assert seating is not None
    return seating


def come(seating: Seating, name: str, heads: int = 1, **more: Any) -> Seat:
    """Hold and send, as the form does."""
    registration = Registration.objects.hold([seating], heads, language="en")
    people = [(f"{name} {n}", None) for n in range(heads)]
    contact = {"name": name, "email": f"{name.lower()}@example.org", **more}
    [seat] = registration.send(people, **contact)
    return seat


def balanced(seating: Seating) -> bool:
    """What is counted is what there is."""
    from rapport.programs.models import TAKING, SeatState

    seating.refresh_from_db()
    taken = sum(seating.seats.filter(state__in=TAKING).values_list("heads", flat=True))
    waiting = sum(seating.seats.filter(state=SeatState.WAITING).values_list("heads", flat=True))
    return (seating.taken, seating.waiting) == (taken, waiting) and taken <= seating.capacity - seating.kept


def together(acts: list[Callable[[], object]]) -> list[object]:
    """What each of these said, all begun at the same moment; an error is said by its class."""
    start, said = Barrier(len(acts)), list[object]([None] * len(acts))

    def run(n: int) -> None:
        try:
            start.wait(20)
            said[n] = acts[n]()
        except Exception as wrong:
            said[n] = type(wrong)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n]) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said
