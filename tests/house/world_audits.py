"""What stands behind the addresses of topics and audits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.community.models import Topic, TopicList
from rapport.insight.models import AuditSheet, CollectionAudit, ItemCategory, ItemQuestion
from rapport.programs.models import Presenter, SelfDescription

if TYPE_CHECKING:
    from tests.house.world import World


def a_topic() -> Topic:
    return Topic.objects.filter(slug="cooking").first() or Topic.objects.begin("Cooking")


def _topic_list() -> TopicList:
    """Made anew for each, as the walk takes away what it finds."""
    return TopicList.objects.create(file_name="topics.csv", grid=[["slug", "name_en"], ["", "Baking"]])


def an_audit(world: "World") -> CollectionAudit:
    """Drawn anew where the walk has thrown it away; one item is noted, so that it stays."""
    if (there := CollectionAudit.objects.first()) is not None:
        return there
    told = {"branch": world.riverside, "shelf_size": 20, "size": 5, "seed": "walk"}
    audit = CollectionAudit.objects.draw("Picture books", [_category().question], by=world.ben, **told)
    audit.note(audit.items.all()[0].place, by=world.ben)
    return audit


def _category() -> ItemCategory:
    """Made anew for each, as the walk takes away what it finds."""
    question = ItemQuestion.objects.first() or ItemQuestion.objects.ask("Language")
    return question.categories.first() or question.add_category("Arabic")


def _sheet(world: "World") -> AuditSheet:
    audit = an_audit(world)
    return audit.sheets.create(file_name="sheet.csv", grid=[["place", "year"], ["1", "2020"]])


def _description() -> SelfDescription:
    """Made anew for each, as the walk takes away what it finds."""
    presenter = Presenter.objects.first() or Presenter.objects.create(name="Noor")
    return SelfDescription.objects.ask(presenter, by=None)


AUDIT_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "audits": lambda world: an_audit(world).pk,
    "categories/category": lambda world: _category().pk,
    "items/place": lambda world: an_audit(world).items.all()[0].place,
    "questions/question": lambda world: _category().question_id,
    "sheets/filled": lambda world: _sheet(world).pk,
    "presenters/presenter": lambda world: _description().presenter_id,
    "self-description": lambda world: _description().secret,
    "lists/brought": lambda world: _topic_list().pk,
    "topics": lambda world: a_topic().slug,
}
