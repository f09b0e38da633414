import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Topic
from rapport.insight.methods.assessing.shelf_sample import systematic
from rapport.people.models import Person
from rapport.places.models import Branch

from .item_question import ItemCategory, ItemQuestion

MOST_DRAWN = 1000


class AuditIsOver(Exception):
    """Nothing is noted any more once the sample is finished."""


class CollectionAuditQuerySet(models.QuerySet["CollectionAudit"]):
    @transaction.atomic
    def draw(
        self,
        title: str,
        questions: Iterable[ItemQuestion],
        *,
        shelf_size: int,
        size: int,
        by: Person | None,
        seed: str = "",
        **fields: Any,
    ) -> "CollectionAudit":
        """Draw a sample of a shelf list: its places stand from now on, and anybody can draw them again by the seed."""
        seed = seed or secrets.token_hex(4)
        places = systematic(shelf_size, size, seed)
        audit = self.create(title=title, shelf_size=shelf_size, size=size, seed=seed, by=by, **fields)
        audit.questions.set(questions)
        AuditedItem.objects.bulk_create(AuditedItem(audit=audit, place=place) for place in places)
        return audit


class CollectionAudit(models.Model):
    """A sample of a shelf, looked at item by item, to see it beside the people who live here."""

    title = models.CharField(_("title"), max_length=120)
    shelf = models.CharField(
        _("which shelf or list"), max_length=200, blank=True, help_text=_("Such as: picture books, A to M")
    )
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    questions = models.ManyToManyField(ItemQuestion, related_name="audits", verbose_name=_("what is noted"))
    shelf_size = models.PositiveIntegerField(_("items on the shelf list"), validators=[MinValueValidator(1)])
    size = models.PositiveIntegerField(
        _("items to draw"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWN)]
    )
    seed = models.CharField(_("seed"), max_length=40)
    of_day = models.DateField(_("as of"), default=date.today)
    earlier = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="later")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CollectionAuditQuerySet.as_manager()

    class Meta:
        ordering = ["-of_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=F("shelf_size")), name="sample_within_its_shelf")
        ]
        verbose_name = _("collection audit")
        verbose_name_plural = _("collection audits")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("insight:desk-audit", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    def noted(self) -> models.QuerySet["AuditedItem"]:
        """Those that somebody has looked at and found."""
        return self.items.exclude(noted_at=None).filter(is_gone=False)

    def next_place(self, after: int = 0) -> int | None:
        """The next place that nobody has noted yet, from there on and then from the start."""
        left = self.items.filter(noted_at=None).order_by("place").values_list("place", flat=True)
        return left.filter(place__gt=after).first() or left.first()

    @transaction.atomic
    def note(
        self,
        place: int,
        *,
        by: Person | None,
        categories: Iterable[ItemCategory] = (),
        name: str = "",
        year: int | None = None,
        topic: Topic | None = None,
        is_gone: bool = False,
    ) -> "AuditedItem":
        """What is seen of the item at this place; said again, the newer word counts. Raises AuditIsOver."""
        if not CollectionAudit.objects.select_for_update().get(pk=self.pk).is_open:
            raise AuditIsOver
        item = self.items.get(place=place)
        item.name, item.year, item.topic, item.is_gone = name, year, topic, is_gone
        item.noted_at, item.noted_by = timezone.now(), by
        item.save()
        item.categories.set([] if is_gone else categories)
        return item

    def finish(self, *, by: Person) -> None:
        """All that can be noted is noted: from now on it stays as it is."""
        told = {"finished_at": timezone.now(), "finished_by": by}
        CollectionAudit.objects.filter(pk=self.pk, finished_at=None).update(**told)

    def take_up(self) -> None:
        """Go on noting."""
        CollectionAudit.objects.filter(pk=self.pk).update(finished_at=None, finished_by=None)

    def again(self, *, shelf_size: int, by: Person, **fields: Any) -> "CollectionAudit":
        """The same questions of the same shelf at a later date, to be seen beside this one."""
        size = min(fields.pop("size", self.size), shelf_size)
        told = {"shelf": self.shelf, "branch": self.branch, **fields, "earlier": self}
        questions = list(self.questions.all())
        return CollectionAudit.objects.draw(self.title, questions, shelf_size=shelf_size, size=size, by=by, **told)


class AuditedItem(models.Model):
    """One item of the sample, by its place on the shelf list."""

    audit = models.ForeignKey(CollectionAudit, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField(_("place"))
    name = models.CharField(_("call number or short title"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    categories = models.ManyToManyField(ItemCategory, blank=True, related_name="items")
    is_gone = models.BooleanField(_("it cannot be found"), default=False)
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["audit", "place"], name="place_once_in_audit")]
        verbose_name = _("item of a sample")
        verbose_name_plural = _("items of a sample")

    def __str__(self) -> str:
        return self.name or str(self.place)
