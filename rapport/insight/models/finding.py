from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.people.models import Person

from .assessment import Assessment
from .assessment_source import AssessmentSource
from .need import Need
from .part_of_assessment import PartOfAssessment


class Strength(models.TextChoices):
    STRONG = "strong", _("strong: three kinds of sources or more say so")
    FAIR = "fair", _("fair: two kinds of sources say so")
    WEAK = "weak", _("weak: one source says so")
    DISPUTED = "disputed", _("disputed: sources speak against each other")


class Finding(PartOfAssessment):
    """What the assessment found, in one sentence: how strong, from which sources, and who sees it otherwise."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="findings")
    sentence = WordsField(_("what we found, in one sentence"))
    strength = models.CharField(_("how strong the evidence is"), max_length=20, choices=Strength.choices)
    sources = models.ManyToManyField(AssessmentSource, blank=True, related_name="findings")
    dissent = WordsField(_("who sees it otherwise, and why"), blank=True)
    need = models.ForeignKey(Need, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return str(self.sentence)


class AssessedNeed(PartOfAssessment):
    """A need that the assessment puts among its priorities; its weight is the need's own, with the reasons there."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="priorities")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    dissent = WordsField(_("who would put it elsewhere, and why"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "need"], name="need_once_in_assessment")]
        verbose_name = _("priority of an assessment")
        verbose_name_plural = _("priorities of assessments")

    def __str__(self) -> str:
        return str(self.need)
