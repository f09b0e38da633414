"""Who leads the demo town's programs, as they said it themselves; and what some dates say of cost and access."""

import random
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from rapport.community.models import Band, Dimension
from rapport.people.models import Person
from rapport.programs.models import Presenter, SelfDescription, Session

_NAMES = (
    "Nadia Haddad", "Tom Fisher", "Lucía Ramos", "Grace Okafor", "Wei Zhang", "Sam Porter", "Amal Nasser",
    "Ivan Petrov", "Carmen Díaz", "Ruth Levy", "Marcus Hill", "Fatima Zahra", "Linh Tran", "Joan Miller", "Diego Cruz",
    "Hana Sato",
    "Peter Novak", "Aisha Bello", "Maria Silva", "Owen Clark", "Salma Aziz", "Dora Kent", "Luis Peña", "Ella Brooks",
    "Yusuf Ali", "Nina Berg", "Rosa Vega", "Paul Stein", "Zara Khan", "Max Weber", "Ana Flores", "Leo Hart",
    "Mina Park", "Jean Roy", "Sofia Luna", "Ben Moss", "Iris Wood", "Karim Saleh", "Eva Lund", "Tess Boyd",
)  # fmt: skip
_SAY = {"language": ("en en en es en es ar", 90), "age": ("25to44 45to64 65plus 25to44 45to64", 85),
        "disability": ("without without without with without", 70)}  # fmt: skip


def fill(*, by: Person) -> None:
    chance = random.Random("presenters")  # noqa: S311 - always the same town
    made = Presenter.objects.bulk_create(
        Presenter(name=name, organisation="" if number % 3 else "Neighbours’ Association")
        for number, name in enumerate(_NAMES)
    )
    for number, session in enumerate(Session.objects.filter(presenters=None).order_by("starts_at", "pk")):
        session.presenters.add(made[number % len(made)])
    bands = {(one.dimension.slug, one.slug): one for one in Band.objects.select_related("dimension")}
    dimensions = {one.slug: one for one in Dimension.objects.all()}
    for presenter in made[:-4]:  # four were not asked yet
        description = SelfDescription.objects.ask(presenter, by=by)
        if chance.randrange(100) < 88:
            description.say(_said(chance, dimensions, bands))
    long_ago = timezone.localdate() - timedelta(days=200)
    SelfDescription.objects.exclude(said_on=None).update(said_on=long_ago)


def _said(
    chance: random.Random, dimensions: Mapping[str, Dimension], bands: Mapping[tuple[str, str], Band]
) -> dict[Dimension, Band | None]:
    found: dict[Dimension, Band | None] = {}
    for slug, (words, often) in _SAY.items():
        if slug in dimensions and chance.randrange(100) < often:
            found[dimensions[slug]] = bands.get((slug, chance.choice(words.split())))
    return found
