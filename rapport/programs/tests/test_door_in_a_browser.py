"""The list at the door on a phone whose network drops."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.models import Arrival, Program, Registration, RegistrationRules, Seat, Seating, SeatState, WalkIn

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_tapped_without_a_network_is_sent_afterwards(
    riverside: Branch, ben: Person, open_page: Callable[..., Any], axe: Any, no_sideways_scroll: Any
) -> None:
    program = Program.objects.plan("Robots", by=ben, need=None, branch=riverside)
    starts = timezone.now() + timedelta(minutes=30)
    rules = RegistrationRules.objects.create(name="Workshops")
    [session] = program.add_sessions(
        starts, starts + timedelta(hours=1), language="en", audience="6-11", branch=riverside, capacity=10, rules=rules
    )
    seating = Seating.objects.open_for(session)
    assert seating is not None
    made = Registration.objects.create(name="Ines", language="en")
    made.bring([("Leo", 8), ("Mia", 6)])
    Seat.objects.create(registration=made, seating=seating, heads=2, state=SeatState.IN)

    page = open_page(f"/desk/sessions/{session.pk}/roster/", width=360, person=ben)
    assert axe(page) == []
    assert no_sideways_scroll(page)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()  # from now on the list is kept on the phone
    expect(page.get_by_role("button", name="Leo")).to_be_visible()

    page.context.set_offline(True)
    page.get_by_role("button", name="Leo").click()
    page.get_by_role("button", name="one more: adults").click()
    expect(page.get_by_text("No network.")).to_be_visible()
    expect(page.locator("[data-here]")).to_have_text("2")
    page.reload()
    expect(page.get_by_role("button", name="Leo")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-here]")).to_have_text("2")
    assert not Arrival.objects.exists()

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("No network.")).to_be_hidden()
    assert Arrival.objects.get().attendee.name == "Leo"
    assert WalkIn.objects.get().band == "19+"
