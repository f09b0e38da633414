from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Turn
from rapport.people.models import Person
from rapport.surveys.models import Survey

from .cut import Cut


class SurveyPublicationQuerySet(models.QuerySet["SurveyPublication"]):
    @transaction.atomic
    def publish(
        self,
        survey: Survey,
        findings: Mapping[str, str] | str,
        *,
        by: Person,
        is_weighed: bool = False,
        at: datetime | None = None,
    ) -> "SurveyPublication":
        """Let anyone read what was heard. Who spoke is told the first time; a word corrected later goes unannounced."""
        told = {"findings": words(findings), "is_weighed": is_weighed, "by": by, "at": at or timezone.now()}
        told["cut"] = Cut.objects.take(survey, today=timezone.localdate(at))
        publication, is_new = self.update_or_create(survey=survey, defaults=told)
        Survey.objects.filter(pk=survey.pk).update(results_are_public=True)
        survey.results_are_public = True
        if is_new:
            survey.loop.record(Turn.TAKEN_UP, publication.findings, by=by, thing=survey, at=at)
        return publication

    def public(self) -> "SurveyPublicationQuerySet":
        return self.filter(survey__results_are_public=True)


class SurveyPublication(models.Model):
    """What was heard in a survey, in words that a person of the library wrote, beside the numbers."""

    survey = models.OneToOneField(Survey, models.CASCADE, related_name="+")
    findings = WordsField(_("what we heard"))
    is_weighed = models.BooleanField(_("show shares weighed to the community"), default=False)
    cut = models.ForeignKey(Cut, models.PROTECT, null=True, related_name="+")  # None: as it was before there were cuts
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SurveyPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication of results")
        verbose_name_plural = _("publications of results")

    def __str__(self) -> str:
        return str(self.survey)

    def get_absolute_url(self) -> str:
        return reverse("insight:survey-results", args=[self.survey.slug])

    def take_back(self) -> None:
        """Nobody reads the numbers any more; the words stay for the next time."""
        Survey.objects.filter(pk=self.survey_id).update(results_are_public=False)
