from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band
from rapport.insight.reached import Open
from rapport.lib.translated import WordsField, words
from rapport.people.models import Person
from rapport.places.models import Branch

if TYPE_CHECKING:
    from rapport.insight.methods.assessing.representation import Represented

    from .segment import SegmentQuerySet


Group = Band | Branch


class MissedGroupQuerySet(models.QuerySet["MissedGroup"]):
    def current(self) -> "MissedGroupQuerySet":
        return self.filter(closed_at=None)

    def unheeded(self) -> "MissedGroupQuerySet":
        """Those about which nobody has done anything yet, nor said why not."""
        return self.current().filter(heedings=None)

    def of_branches(self, branches: set[int] | None) -> "MissedGroupQuerySet":
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))

    def to_be_shown(self) -> "list[MissedGroup]":
        """With what is said about each, and where its people can be met, as far as anybody wrote it down."""
        rows = list(self.select_related("band__dimension", "place").prefetch_related("heedings"))
        met: dict[tuple[str, int], list[str]] = {}
        for one in apps.get_model("insight.Whereabouts").objects.select_related("segment"):
            met.setdefault(_key(one.segment.band_id, one.segment.branch_id), []).append(str(one))
        for row in rows:
            row.met = met.get(_key(row.band_id, row.place_id), [])
        return rows

    def of(self, thing: str, key: int) -> "MissedGroupQuerySet":
        return self.filter(thing=thing, thing_key=key)

    @transaction.atomic
    def note(self, one: Open, missing: "Iterable[tuple[Group, Represented]]") -> None:
        """These groups are missing now in what is open. A group that is no longer missing is closed."""
        seen = []
        for group, row in missing:
            numbers: dict[str, Any] = {
                "heard": row.heard,
                "index": row.index,
                "high": row.high,
                "title": words(one.title),
            }
            who: dict[str, Any] = {"place": group} if isinstance(group, Branch) else {"band": group}
            key: dict[str, Any] = {"thing": one.thing, "thing_key": one.key, **who, "closed_at": None}
            numbers |= {"branch_id": one.branch, "seen_at": timezone.now()}
            seen.append(self.update_or_create(**key, defaults=numbers)[0].pk)
        self.of(one.thing, one.key).current().exclude(pk__in=seen).update(closed_at=timezone.now())

    def close_all_but(self, thing_keys: Iterable[tuple[str, int]]) -> None:
        """What is no longer open misses nobody any more."""
        still = set(thing_keys)
        gone = [row.pk for row in self.current() if (row.thing, row.thing_key) not in still]
        self.filter(pk__in=gone).update(closed_at=timezone.now())


def _key(band: int | None, place: int | None) -> tuple[str, int]:
    return ("band", band) if band else ("place", place or 0)


def respect_of(group: Group) -> str:
    """In which respect they are a group: age, language, or place."""
    return str(group.dimension) if isinstance(group, Band) else _now("Place")


class MissedGroup(models.Model):
    """A band, or the people of a branch, heard less than their share, beyond chance, while something is still open."""

    thing = models.CharField(max_length=60)
    thing_key = models.PositiveBigIntegerField()
    title = WordsField(_("what is open"))
    band = models.ForeignKey(Band, models.CASCADE, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    heard = models.PositiveIntegerField()
    index = models.FloatField()
    high = models.FloatField()
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    met: Sequence[str] = ()  # where they can be met, by `to_be_shown`

    objects = MissedGroupQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at", "index", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "thing_key", "band"], condition=Q(closed_at=None), name="group_missed_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["thing", "thing_key", "place"], condition=Q(closed_at=None), name="place_missed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(band__isnull=True) ^ Q(place__isnull=True), name="missed_is_a_band_or_a_place"
            ),
        ]
        verbose_name = _("missed group")
        verbose_name_plural = _("missed groups")

    def __str__(self) -> str:
        return f"{self.title}: {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("insight:desk-missed", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def of_100(self) -> int:
        """For each 100 that would have been their share."""
        return round(100 * self.index)

    @property
    def group(self) -> "Group":
        found = self.band or self.place
        if found is None:
            raise ValueError("A group is a band or a place")
        return found

    @property
    def respect(self) -> str:
        return respect_of(self.group)

    def segments(self) -> "SegmentQuerySet":
        rows = apps.get_model("insight.Segment").objects
        found: SegmentQuerySet = rows.filter(band=self.band) if self.band else rows.filter(branch=self.place)
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
