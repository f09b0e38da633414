"""The demo town's year of voices."""

from collections import Counter

from rapport.listening.demo import fill
from rapport.listening.models import Voice
from rapport.people.models import Person
from rapport.places.models import Branch


def test_the_town_speaks_in_many_ways_for_a_year(riverside: Branch, amina: Person, desk: Person) -> None:
    topics = fill({"amina": amina, "desk": desk}, {"riverside": riverside})

    voices = Voice.objects.all()
    assert voices.count() >= 115
    assert {"garden", "sunday", "ramp", "homework", "arabic_storytime", "wifi", "large_print", "teen"} == set(topics)
    assert len(Counter(voices.values_list("language", flat=True))) >= 6
    assert voices.overdue().exists() and voices.held().exists() and voices.public().exists()
    assert all(voices.filter(channel=channel).exists() for channel in ("web", "poster", "kiosk", "paper", "phone"))
