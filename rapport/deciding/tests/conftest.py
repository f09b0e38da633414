from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.deciding.models import Phase, PhaseKind, Process, Promise
from rapport.people.models import Person
from rapport.places.models import Branch


@pytest.fixture
def garden(riverside: Branch, ben: Person) -> Process:
    """What the reading garden should be: an open process at Riverside, with the phase in which people choose."""
    process = Process.objects.prepare(
        "What should the reading garden be?",
        by=ben,
        branch=riverside,
        decision={
            "promise": Promise.EMPOWER,
            "open_words": {"en": "Plants and seats"},
            "decider": {"en": "Everyone who votes"},
            "by_when": timezone.localdate() + timedelta(days=30),
        },
    )
    process.open(by=ben)
    return process


@pytest.fixture
def choosing(garden: Process) -> Phase:
    now = timezone.now()
    return garden.phases.create(
        kind=PhaseKind.CHOOSE, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
