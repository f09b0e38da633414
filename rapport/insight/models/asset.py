from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person
from rapport.places.models import Branch

from .assessment import Assessment
from .need import Need


class AssetKind(models.TextChoices):
    """The six kinds of gifts that asset-based community development looks for."""

    PEOPLE = "people", _("people and what they can do")
    ASSOCIATIONS = "associations", _("associations and groups")
    INSTITUTIONS = "institutions", _("institutions")
    PLACES = "places", _("places")
    EXCHANGE = "exchange", _("what people trade and share")
    STORIES = "stories", _("stories and culture")


class AssetQuerySet(models.QuerySet["Asset"]):
    def public(self) -> "AssetQuerySet":
        """Those that anyone may read; one that an assessment noted waits until that is published."""
        return self.filter(is_public=True).filter(Q(assessment=None) | Q(assessment__publication__isnull=False))

    def on_their_own(self) -> "AssetQuerySet":
        return self.filter(assessment=None)


class Asset(models.Model):
    """A gift that the community has already, and the needs that it could help to meet.

    It stands on its own, or an assessment noted it; then it stays as that was published.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, null=True, blank=True, related_name="assets")
    kind = models.CharField(_("kind"), max_length=20, choices=AssetKind.choices)
    words = WordsField(_("what there is"))
    about = WordsField(_("what it gives, or could give"), blank=True)
    where = WordsField(_("where it is found"), blank=True)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    needs = models.ManyToManyField(Need, blank=True, related_name="assets")
    is_public = models.BooleanField(_("anyone may read it"), default=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AssetQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "at", "pk"]
        verbose_name = _("asset")
        verbose_name_plural = _("assets")

    def __str__(self) -> str:
        return str(self.words)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AlreadyPublished where an assessment that everybody read noted it."""
        if self.assessment:
            self.assessment.hold_open()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("insight:asset", args=[self.pk])

    @property
    def is_readable(self) -> bool:
        return self.is_public and (self.assessment is None or self.assessment.is_published)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises AlreadyPublished."""
        if self.assessment:
            self.assessment.hold_open()
        return super().delete(*args, **kwargs)
