"""The demo town's shelf of picture books, looked at two years ago and again this autumn."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from rapport.community.models import Topic
from rapport.insight.models import CollectionAudit, ItemCategory, ItemQuestion
from rapport.people.models import Person
from rapport.places.models import Branch

if TYPE_CHECKING:
    from rapport.insight.models import AuditedItem

# How often each category is seen in a hundred items: then and now.
_SEEN = {
    "White people": (46, 38),
    "Black people": (9, 17),
    "Latin American people": (5, 15),
    "Asian people": (6, 8),
    "Arab and Middle Eastern people": (1, 3),
    "People with disabilities": (2, 5),
    "Older people": (7, 9),
    "Families of another shape": (3, 6),
    "No people: animals, things": (34, 29),
}
_MADE = {"White people": (18, 16), "Black people": (3, 9), "Latin American people": (2, 8),
         "Somebody from our town": (1, 2)}  # fmt: skip
_LANGUAGES = {"Spanish": (4, 16), "Arabic": (0, 3)}
_TOPICS = ("storytime", "folk-tales", "pets", "plants-and-animals", "parenting", "music", "novels", "environment")


def fill(branches: Mapping[str, Branch], cast: Mapping[str, Person]) -> None:
    ItemQuestion.objects.ship()
    questions = list(ItemQuestion.objects.all())
    today = timezone.localdate()
    with translation.override("en"):
        first = CollectionAudit.objects.draw(
            "Picture books",
            questions,
            shelf="Picture books, A to Z",
            branch=branches.get("riverside"),
            shelf_size=1840,
            size=100,
            seed="demo-1",
            of_day=today - timedelta(days=760),
            by=cast["ben"],
        )
        _note(first, 0, 100, cast["ben"])
        first.finish(by=cast["ben"])
        second = first.again(shelf_size=1975, of_day=today - timedelta(days=40), seed="demo-2", by=cast["ben"])
        _note(second, 1, 96, cast["ben"])


def _note(audit: CollectionAudit, then: int, many: int, by: Person) -> None:
    """As if people had stood at the shelf: always the same, from a seed of its own."""
    chance = random.Random(f"shelf {then}")  # noqa: S311 - the same town each time, and no secret
    topics = list(Topic.objects.filter(slug__in=_TOPICS).order_by("pk"))
    words: dict[str | None, Mapping[str, ItemCategory]] = {
        question.slug: {str(one): one for one in question.categories.all()} for question in audit.questions.all()
    }
    newest = audit.of_day.year
    for item in list(audit.items.all())[:many]:
        seen = [words["represented"][name] for name, n in _SEEN.items() if chance.randrange(100) < n[then]]
        made = [words["maker"][name] for name, n in _MADE.items() if chance.randrange(100) < n[then]]
        spoken = [words["language"][name] for name, n in _LANGUAGES.items() if chance.randrange(100) < n[then]]
        english = [] if spoken and chance.randrange(3) else [words["language"]["English"]]
        item.year = newest - min(int(chance.expovariate(1 / (12 - 4 * then))), 45)
        item.topic = chance.choice(topics) if topics else None
        item.is_gone = chance.randrange(40) == 0
        _keep(item, [] if item.is_gone else [*seen, *made, *spoken, *english], by)


def _keep(item: "AuditedItem", categories: Sequence[ItemCategory], by: Person) -> None:
    item.noted_at, item.noted_by = timezone.now(), by
    item.save()
    item.categories.set(categories)
