from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band, Dimension
from rapport.insight.methods.assessing.audit_words import QUESTIONS
from rapport.lib.translated import WordsField, words


class ItemQuestionQuerySet(models.QuerySet["ItemQuestion"]):
    @transaction.atomic
    def ship(self) -> int:
        """See that the questions to begin with are there, of which the library changes what it likes. How many came."""
        came = 0
        for slug, (name, help_words, categories) in QUESTIONS.items():
            if self.filter(slug=slug).exists():
                continue
            question = self.ask(name, help_words, slug=slug)
            for category, dimension, band in categories:
                mapped = Band.objects.filter(dimension__slug=dimension, slug=band).first() if band else None
                question.add_category(category, band=mapped)
            came += 1
        return came

    def ask(
        self, name: Mapping[str, str] | str, about: Mapping[str, str] | str = "", *, slug: str = ""
    ) -> "ItemQuestion":
        last = self.aggregate(last=Max("order"))["last"] or 0
        return self.create(name=words(name), about=words(about), slug=slug or None, order=last + 1)


class ItemQuestion(models.Model):
    """What is noted of each item of a collection: who is in it, who made it as they say themselves, its language."""

    name = WordsField(_("question"))
    about = WordsField(_("how to tell"), blank=True)
    slug = models.SlugField(unique=True, null=True, blank=True)  # of those that are shipped
    order = models.PositiveSmallIntegerField(default=0)

    objects = ItemQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("question about items")
        verbose_name_plural = _("questions about items")

    def __str__(self) -> str:
        return str(self.name)

    def add_category(self, name: Mapping[str, str] | str, *, band: Band | None = None) -> "ItemCategory":
        last = self.categories.aggregate(last=Max("order"))["last"] or 0
        return self.categories.create(name=words(name), band=band, order=last + 1)

    def dimensions(self) -> list[Dimension]:
        """Those of the profile beside which its answers can be seen."""
        return list(Dimension.objects.filter(bands__in=self.categories.values("band")).distinct())


class ItemCategory(models.Model):
    """One of the library's own words for an item; beside a band of the profile it can be compared with people."""

    question = models.ForeignKey(ItemQuestion, models.CASCADE, related_name="categories")
    name = WordsField(_("what it is called"))
    band = models.ForeignKey(
        Band, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("beside the band")
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("category of items")
        verbose_name_plural = _("categories of items")

    def __str__(self) -> str:
        return str(self.name)

    def reword(self, name: Mapping[str, str], *, band: Band | None) -> None:
        self.name, self.band = words(name), band
        self.save(update_fields=["name", "band"])
