from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from rapport.community.methods.standard_topics import TOPICS, StandardTopic
from rapport.community.methods.topic_codes import BISAC, DEWEY, UDC, is_code, tidy
from rapport.lib.translated import WordsField, words

Codes = Mapping[str, Iterable[str]]  # by scheme
RESERVED = frozenset({"new", "starter", "lists", "file"})  # stand where a slug does in addresses


class Scheme(models.TextChoices):
    """Only their numbers stand here; their words belong to those who keep them."""

    DEWEY = DEWEY, "Dewey"
    BISAC = BISAC, "BISAC"
    UDC = UDC, "UDC"


class NoSuchCode(ValueError):
    """What was given has not the form of a code of that scheme."""

    def __init__(self, scheme: str, code: str) -> None:
        super().__init__(f"{code} has not the form of a code of {Scheme(scheme).label}")
        self.scheme, self.code = scheme, code


class TopicQuerySet(models.QuerySet["Topic"]):
    def current(self) -> "TopicQuerySet":
        """Those that may be chosen now, each main topic before its parts."""
        return self.filter(retired_at=None).in_order()

    def in_order(self) -> "TopicQuerySet":
        main, own = Coalesce("parent__order", "order"), Coalesce("parent_id", "pk")
        return self.order_by(main, own, F("parent").asc(nulls_first=True), "order", "pk").select_related("parent")

    def of_code(self, scheme: str, code: str) -> "TopicQuerySet":
        return self.filter(codes__scheme=scheme, codes__code=tidy(scheme, code))

    def with_parts(self) -> "TopicQuerySet":
        """These and the parts of these: who asks for a main topic means its parts as well."""
        keys = self.order_by().values("pk")
        return Topic.objects.filter(Q(pk__in=keys) | Q(parent__in=keys))

    @transaction.atomic
    def begin(
        self,
        name: Mapping[str, str] | str,
        *,
        parent: "Topic | None" = None,
        about: Mapping[str, str] | str = "",
        codes: Codes | None = None,
        slug: str = "",
    ) -> "Topic":
        """A new topic, last among its neighbours. Raises NoSuchCode, or ValueError below a part."""
        if parent is not None and Topic.objects.select_for_update().get(pk=parent.pk).parent_id:
            raise ValueError("A part has no parts")
        last = self.filter(parent=parent).aggregate(last=Max("order"))["last"] or 0
        chosen = slug or self.free_slug(words(name))
        topic = self.create(name=words(name), about=words(about), parent=parent, slug=chosen, order=last + 1)
        topic.give_codes(codes or {})
        return topic

    def free_slug(self, name: Mapping[str, str]) -> str:
        wanted = slugify(next(iter(name.values()), ""))[:40] or "topic"
        taken = set(self.model.objects.values_list("slug", flat=True)) | RESERVED
        numbered = (f"{wanted}-{number}" for number in range(2, 10_000))
        return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)

    @transaction.atomic
    def ship(self) -> int:
        """See that the topics to begin with are there; what the library changed stays. Says how many came."""
        held = {topic.slug: topic for topic in self.model.objects.all()}
        return sum(self._ship(one, None, held) for one in TOPICS)

    def _ship(self, one: StandardTopic, parent: "Topic | None", held: "dict[str, Topic]") -> int:
        is_new = one.slug not in held
        topic = held.get(one.slug) or self.begin(one.name, parent=parent, codes=one.codes, slug=one.slug)
        above = None if topic.parent_id else topic
        return is_new + sum(self._ship(part, above, held) for part in one.parts)


class Topic(models.Model):
    """A word for what something is about, as this library says it: one list for themes, programs and collection."""

    name = WordsField(_("name"))
    slug = models.SlugField(unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    about = WordsField(_("what belongs to it"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="topic_is_no_part_of_itself")]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("community:topic", args=[self.slug])

    @property
    def is_current(self) -> bool:
        return self.retired_at is None

    @transaction.atomic
    def reword(
        self, *, name: Mapping[str, str], about: Mapping[str, str], parent: "Topic | None", codes: Codes
    ) -> None:
        """Call it otherwise, say more of it, place it elsewhere. Raises NoSuchCode, or ValueError for its place."""
        self._place(parent)
        self.name, self.about = words(name), words(about)
        self.save()
        self.give_codes(codes)

    def _place(self, parent: "Topic | None") -> None:
        """One level: a part has no parts. Both are held while we look, so that two placings wait for each other."""
        if parent is not None:
            list(Topic.objects.select_for_update().filter(pk__in=[self.pk, parent.pk]).order_by("pk"))
            parent.refresh_from_db(fields=["parent"])
            if parent.pk == self.pk or parent.parent_id or self.parts.exists():
                raise ValueError("A part has no parts")
        self.parent = parent

    def give_codes(self, codes: Codes) -> None:
        """These are its codes; others that it had are taken off. Raises NoSuchCode."""
        wanted = {(scheme, tidy(scheme, code)) for scheme, several in codes.items() for code in several}
        for scheme, code in sorted(wanted):
            if not is_code(scheme, code):
                raise NoSuchCode(scheme, code)
        held = {(one.scheme, one.code): one for one in self.codes.all()}
        self.codes.filter(pk__in=[one.pk for key, one in held.items() if key not in wanted]).delete()
        self.codes.bulk_create(TopicCode(topic=self, scheme=s, code=c) for s, c in sorted(wanted - held.keys()))

    def coded(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {scheme.value: [] for scheme in Scheme}
        for one in self.codes.all():
            found[one.scheme].append(one.code)
        return found

    def retire(self) -> None:
        """Nobody can choose it any more; what has it keeps it."""
        Topic.objects.filter(pk=self.pk, retired_at=None).update(retired_at=timezone.now())
        self.refresh_from_db(fields=["retired_at"])

    def restore(self) -> None:
        self.retired_at = self.merged_into = None
        self.save(update_fields=["retired_at", "merged_into"])

    @transaction.atomic
    def merge_into(self, other: "Topic") -> None:
        """Both are one: whatever has this topic has the other from now on, in every area. Raises ValueError."""
        is_part_elsewhere = other.parent_id not in (None, self.pk)
        if other.pk == self.pk or not other.is_current or (is_part_elsewhere and self.parts.exists()):
            raise ValueError("Choose another topic that is in use, and no part where this one has parts")
        if other.parent_id == self.pk:
            other.parent = None
            other.save(update_fields=["parent"])
        self.parts.exclude(pk=other.pk).update(parent=other)
        for relation in Topic._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel) and relation.related_model is not Topic:
                self._hand_on(relation.related_model, relation.field.attname, other)
        self.merged_into, self.retired_at = other, self.retired_at or timezone.now()
        self.save(update_fields=["merged_into", "retired_at"])

    def _hand_on(self, model: type[models.Model], key: str, other: "Topic") -> None:
        """Rows that have both already lose the one that goes, as nothing has the same topic twice."""
        rows = model._base_manager.filter(**{key: self.pk})
        if again := _once_with(model, key):
            there = model._base_manager.filter(**{key: other.pk})
            both = set(there.values_list(*again)) & set(rows.values_list(*again))
            for values in both:
                rows.filter(**dict(zip(again, values, strict=True))).delete()
        rows.update(**{key: other.pk})


def _once_with(model: type[models.Model], key: str) -> Sequence[str]:
    """With which other columns together the topic may stand once in the table, if so."""
    name = model._meta.get_field(key).name
    groups: list[Any] = list(model._meta.unique_together)
    groups += [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return next(([field for field in group if field != name] for group in groups if name in group), [])


class TopicCode(models.Model):
    """A number of another scheme under which a topic is shelved, sold or catalogued."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="codes")
    scheme = models.CharField(_("scheme"), max_length=8, choices=Scheme.choices)
    code = models.CharField(_("code"), max_length=60)

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["topic", "scheme", "code"], name="code_once_a_topic")]
        indexes = [models.Index(fields=["scheme", "code"], name="topic_by_code")]
        verbose_name = _("code of a topic")
        verbose_name_plural = _("codes of topics")

    def __str__(self) -> str:
        return f"{Scheme(self.scheme).label} {self.code}"
