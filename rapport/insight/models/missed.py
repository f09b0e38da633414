from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band
from rapport.insight.reached import Open
from rapport.lib.translated import WordsField, words
from rapport.people.models import Person
from rapport.places.models import Branch

if TYPE_CHECKING:
    from rapport.insight.methods.assessing.representation import Represented

    from .segment import SegmentQuerySet


class MissedGroupQuerySet(models.QuerySet["MissedGroup"]):
    def current(self) -> "MissedGroupQuerySet":
        return self.filter(closed_at=None)

    def unheeded(self) -> "MissedGroupQuerySet":
        """Those about which nobody has done anything yet, nor said why not."""
        return self.current().filter(heedings=None)

    def of_branches(self, branches: set[int] | None) -> "MissedGroupQuerySet":
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))

    def of(self, thing: str, key: int) -> "MissedGroupQuerySet":
        return self.filter(thing=thing, thing_key=key)

    @transaction.atomic
    def note(self, one: Open, missing: "Iterable[tuple[Band, Represented]]") -> None:
        """These groups are missing now in what is open. A group that is no longer missing is closed."""
        seen = []
        for band, row in missing:
            numbers: dict[str, Any] = {
                "heard": row.heard,
                "index": row.index,
                "high": row.high,
                "title": words(one.title),
            }
            key: dict[str, Any] = {"thing": one.thing, "thing_key": one.key, "band": band, "closed_at": None}
            numbers |= {"branch_id": one.branch, "seen_at": timezone.now()}
            seen.append(self.update_or_create(**key, defaults=numbers)[0].pk)
        self.of(one.thing, one.key).current().exclude(pk__in=seen).update(closed_at=timezone.now())

    def close_all_but(self, thing_keys: Iterable[tuple[str, int]]) -> None:
        """What is no longer open misses nobody any more."""
        still = set(thing_keys)
        gone = [row.pk for row in self.current() if (row.thing, row.thing_key) not in still]
        self.filter(pk__in=gone).update(closed_at=timezone.now())


class MissedGroup(models.Model):
    """A band that is heard less than its share, beyond chance, while a survey or process is still open."""

    thing = models.CharField(max_length=60)
    thing_key = models.PositiveBigIntegerField()
    title = WordsField(_("what is open"))
    band = models.ForeignKey(Band, models.CASCADE, related_name="+")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    heard = models.PositiveIntegerField()
    index = models.FloatField()
    high = models.FloatField()
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MissedGroupQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at", "index", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "thing_key", "band"], condition=Q(closed_at=None), name="group_missed_once_at_a_time"
            )
        ]
        verbose_name = _("missed group")
        verbose_name_plural = _("missed groups")

    def __str__(self) -> str:
        return f"{self.title}: {self.band}"

    def get_absolute_url(self) -> str:
        return reverse("insight:desk-missed", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def of_100(self) -> int:
        """For each 100 that would have been their share."""
        return round(100 * self.index)

    def segments(self) -> "SegmentQuerySet":
        found: SegmentQuerySet = apps.get_model("insight.Segment").objects.filter(band=self.band)
        return found

    def heed(self, kind: str, said: str, *, by: Person) -> "Heeding":
        """Say what is being done to hear them, or why nothing is. Raises ValueError without words."""
        if not said.strip():
            raise ValueError("Say what you do, or why you do not")
        return self.heedings.create(kind=kind, words=said.strip(), by=by)


class HeedingKind(models.TextChoices):
    ACTION = "action", _("we do something")
    REASON = "reason", _("we do nothing, because")


class Heeding(models.Model):
    """What somebody does about a group that is missed, or why not."""

    missed = models.ForeignKey(MissedGroup, models.CASCADE, related_name="heedings")
    kind = models.CharField(_("kind"), max_length=20, choices=HeedingKind.choices)
    words = models.TextField(_("words"), max_length=1000)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("answer to a missed group")
        verbose_name_plural = _("answers to missed groups")

    def __str__(self) -> str:
        return self.words[:80]
