from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band, Dimension
from rapport.lib.translated import WordsField, words
from rapport.people.models import Person
from rapport.places.models import Branch

NEW_HERE = "new-here"
_NEW = {"en": "How long people have lived here", "es": "Cuánto hace que se vive aquí", "ar": "مدة السكن هنا"}
_BANDS = {
    "new": {"en": "New here, a year at most", "es": "Un año aquí como máximo", "ar": "جديد هنا، سنة على الأكثر"},
    "longer": {"en": "Longer", "es": "Más tiempo", "ar": "أكثر من ذلك"},
}


class SegmentKind(models.TextChoices):
    BAND = "band", _("a band of the profile, such as an age")
    LANGUAGE = "language", _("a language spoken at home")
    PLACE = "place", _("a place: the service area of a branch")
    ACCESS = "access", _("something that people need to take part")
    NEW = "new", _("new here")


class SegmentQuerySet(models.QuerySet["Segment"]):
    def new_here(self, *, by: Person | None) -> "Segment":
        """Those who came lately: the dimension and its bands are made where they are not there."""
        dimension, _is_new = Dimension.objects.get_or_create(slug=NEW_HERE, defaults={"name": _NEW, "order": 90})
        bands = {
            slug: Band.objects.get_or_create(dimension=dimension, slug=slug, defaults={"name": name, "order": order})[0]
            for order, (slug, name) in enumerate(_BANDS.items(), 1)
        }
        fields = {"name": bands["new"].name, "kind": SegmentKind.NEW, "by": by}
        return self.get_or_create(band=bands["new"], defaults=fields)[0]

    def of_bands(self, bands: "models.QuerySet[Band] | list[int]") -> "SegmentQuerySet":
        return self.filter(band__in=bands)


class Segment(models.Model):
    """A group that the library wants to hear, by what people say of themselves; never by a guess about a person."""

    name = WordsField(_("name"))
    kind = models.CharField(_("kind"), max_length=20, choices=SegmentKind.choices)
    band = models.OneToOneField(Band, models.CASCADE, null=True, blank=True, related_name="+")
    branch = models.OneToOneField(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(band__isnull=True) ^ Q(branch__isnull=True), name="segment_is_a_band_or_a_place"
            )
        ]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("insight:desk-segment", args=[self.pk])

    def rename(self, name: Mapping[str, str] | str) -> None:
        self.name = words(name)
        self.save(update_fields=["name"])

    @transaction.atomic
    def meet(self, where: Mapping[str, str] | str, *, kind: str, by: Person) -> "Whereabouts":
        return self.whereabouts.create(words=words(where), kind=kind, by=by)


class WhereaboutsKind(models.TextChoices):
    PARTNER = "partner", _("through a partner")
    PLACE = "place", _("at a place")
    TIME = "time", _("at an hour")
    LANGUAGE = "language", _("in a language")


class Whereabouts(models.Model):
    """Where people of a segment can be met: who reaches them already, at which place and hour, in which language."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="whereabouts")
    kind = models.CharField(_("kind"), max_length=20, choices=WhereaboutsKind.choices)
    words = WordsField(_("where"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "at", "pk"]
        verbose_name = _("place to meet people")
        verbose_name_plural = _("places to meet people")

    def __str__(self) -> str:
        return str(self.words)
