"""What those who shape the demo town's garden said of themselves: many are young, and few of the old were met."""

from rapport.community.models import Band, Dimension
from rapport.deciding.models import Process, SelfDescription

_OF_TEN = ("15to24", "25to44", "25to44", "", "45to64", "25to44", "15to24", "65plus", "", "25to44")


def fill(process: Process) -> None:
    age = Dimension.objects.filter(slug="age").first()
    if age is None:
        return
    process.asks.add(age)
    bands = {band.slug: band for band in Band.objects.filter(dimension=age)}
    for number, participant in enumerate(process.participants.order_by("pk")):
        band = bands.get(_OF_TEN[number % len(_OF_TEN)])
        if band is not None:
            SelfDescription.objects.say(participant, {age: band})
