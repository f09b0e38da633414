"""What stands behind the addresses of topics and audits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.community.models import Topic, TopicList

if TYPE_CHECKING:
    from tests.house.world import World


def a_topic() -> Topic:
    return Topic.objects.filter(slug="cooking").first() or Topic.objects.begin("Cooking")


def _topic_list() -> TopicList:
    """Made anew for each, as the walk takes away what it finds."""
    return TopicList.objects.create(file_name="topics.csv", grid=[["slug", "name_en"], ["", "Baking"]])


AUDIT_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "lists/brought": lambda world: _topic_list().pk,
    "topics": lambda world: a_topic().slug,
}
