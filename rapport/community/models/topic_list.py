from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.methods.topic_rows import Refused, TopicRow, Wrong, read_topics
from rapport.people.models import Person

from .topic import Topic


@dataclass
class TopicPreview:
    """What would come of a list: the rows that make a topic, change one, change nothing, or are refused."""

    new: list[TopicRow] = field(default_factory=list)
    changed: list[TopicRow] = field(default_factory=list)
    same: list[TopicRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def anything(self) -> int:
        return len(self.new) + len(self.changed)


class TopicList(models.Model):
    """A file with topics that somebody brought, until it is taken in; then only what came of it stays."""

    file_name = models.CharField(max_length=200)
    grid = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("community:topic-list", args=[self.pk])

    def preview(self) -> TopicPreview:
        """What would come of it; nothing is written."""
        with transaction.atomic():
            found = self._taken()
            transaction.set_rollback(True)
        return found

    @transaction.atomic
    def take_in(self) -> TopicPreview:
        """Write what is new or different, once; rows that cannot be read are left out and kept in the report."""
        mine = TopicList.objects.select_for_update().get(pk=self.pk)
        if mine.taken_at:
            return TopicPreview()
        found = self._taken()
        self.taken_at, self.grid = timezone.now(), []
        self.report = {"new": len(found.new), "changed": len(found.changed), "same": len(found.same),
                       "refused": [vars(one) for one in found.refused[:500]]}  # fmt: skip
        self.save()
        return found

    def _taken(self) -> TopicPreview:
        """Main topics come before their parts, wherever they stand in the file."""
        rows, refused = read_topics(self.grid, settings.HOUSE.languages)
        found = TopicPreview(refused=refused)
        held = _Held()
        for row in sorted(rows, key=lambda row: bool(row.part_of)):
            self._take(row, held, found)
        for kind in (found.new, found.changed, found.same, found.refused):
            kind.sort(key=lambda row: row.number)
        return found

    def _take(self, row: TopicRow, held: "_Held", found: TopicPreview) -> None:
        topic = held.of(row.slug, row.name or {})
        parent = held.named(row.part_of) if row.part_of else None
        if topic is None and not row.name:
            found.refused.append(Refused(row.number, Wrong.NO_SUCH_TOPIC, row.slug))
        elif row.part_of and parent is None:
            found.refused.append(Refused(row.number, Wrong.NO_SUCH_TOPIC, row.part_of))
        else:
            try:
                with transaction.atomic():
                    kind = self._write(row, topic, parent, held)
            except ValueError:
                found.refused.append(Refused(row.number, Wrong.DEEP, row.part_of or ""))
            else:
                getattr(found, kind).append(row)

    def _write(self, row: TopicRow, topic: Topic | None, parent: Topic | None, held: "_Held") -> str:
        if topic is None:
            slug = row.slug if row.slug and row.slug == held.free(row.slug) else ""
            made = Topic.objects.begin(row.name or {}, parent=parent, about=row.about or {}, codes=row.codes, slug=slug)
            if row.retired:
                made.retire()
            held.add(made)
            return "new"
        told = _told(row, topic, parent)
        is_same = told == _as_it_is(topic) and row.retired in (None, not topic.is_current)
        if told != _as_it_is(topic):
            topic.reword(**told)
        if row.retired is not None and row.retired == topic.is_current:
            topic.retire() if row.retired else topic.restore()
        return "same" if is_same else "changed"


def _as_it_is(topic: Topic) -> dict[str, Any]:
    codes = {scheme: sorted(codes) for scheme, codes in topic.coded().items()}
    return {"name": dict(topic.name), "about": dict(topic.about), "parent": topic.parent, "codes": codes}


def _told(row: TopicRow, topic: Topic, parent: Topic | None) -> dict[str, Any]:
    """The topic as the row would have it: what the file has no column for stays."""
    told = _as_it_is(topic)
    rest = {code: text for code, text in topic.name.items() if code not in settings.HOUSE.languages}
    if row.name is not None:
        told["name"] = rest | dict(row.name)
    if row.about is not None:
        told["about"] = dict(row.about)
    if row.part_of is not None:
        told["parent"] = parent
    told["codes"] |= {scheme: sorted(set(codes)) for scheme, codes in row.codes.items()}
    return told


class _Held:
    """All topics that are there, found by slug or by a name in any language."""

    def __init__(self) -> None:
        self.by_slug: dict[str, Topic] = {}
        self.by_name: dict[str, Topic] = {}
        for topic in Topic.objects.select_related("parent").prefetch_related("codes").order_by("retired_at", "-pk"):
            self.add(topic)

    def add(self, topic: Topic) -> None:
        self.by_slug[topic.slug] = topic
        for name in topic.name.values():
            self.by_name[name.casefold()] = topic

    def of(self, slug: str, name: Mapping[str, str]) -> Topic | None:
        if slug:
            return self.by_slug.get(slug)
        return next((self.by_name[one.casefold()] for one in name.values() if one.casefold() in self.by_name), None)

    def named(self, text: str) -> Topic | None:
        return self.by_slug.get(text) or self.by_name.get(text.casefold())

    def free(self, slug: str) -> str:
        return Topic.objects.free_slug({"": slug})
