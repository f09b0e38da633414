"""My registrations, for whoever has an account: what is to come first."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from rapport.people.models import Person
from rapport.programs.models import THERE, Registration, Seat
from rapport.programs.registering.said import stands

_SHOWN = 10


def my_registrations(request: HttpRequest | None, person: Person) -> str:
    seats = Seat.objects.filter(registration__in=Registration.objects.behind(person), state__in=THERE)
    seats = seats.filter(seating__begins_at__gt=timezone.now()).order_by("seating__begins_at", "pk")
    rows = seats.select_related(
        "registration", "seating__rules", "seating__session__program", "seating__series__program"
    )[:_SHOWN]
    return render_to_string("programs/registering/mine.html", {"rows": [(one, stands(one)) for one in rows]}, request)
