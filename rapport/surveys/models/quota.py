from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField
from rapport.places.models import Branch
from rapport.surveys.methods import EASY, condition_from_json, holds

if TYPE_CHECKING:
    from .survey import Survey


class QuotaFull(Exception):
    """As many people of this kind have answered as were wanted."""

    def __init__(self, quota: "Quota") -> None:
        super().__init__(str(quota.name))
        self.quota = quota


class QuotaQuerySet(models.QuerySet["Quota"]):
    def touched_by(
        self, survey: "Survey", row: Mapping[str, Any], *, branch: Branch | None = None, language: str = ""
    ) -> list["Quota"]:
        """Those that these answers count for, always in the same order, so that two never wait for each other."""
        quotas = self.filter(survey=survey).order_by("pk")
        return [quota for quota in quotas if quota.is_about(branch, language) and quota.counts(row)]


class Quota(models.Model):
    """How many answers of one kind are wanted; the database lets no more in."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="quotas")
    name = WordsField(_("who"))
    when = models.JSONField(_("which answers count"), default=dict)
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(_("answers in the language"), max_length=24, blank=True)
    places = models.PositiveIntegerField(_("how many are wanted"))
    taken = models.PositiveIntegerField(default=0)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(taken__lte=F("places")), name="quota_never_passed")]
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")

    def __str__(self) -> str:
        return str(self.name)

    def counts(self, row: Mapping[str, Any]) -> bool:
        return holds(condition_from_json(self.when or None), row)

    def is_about(self, branch: Branch | None, language: str) -> bool:
        """Whether it is of this branch and language; one that names none is about all."""
        same_branch = self.branch_id is None or (branch is not None and branch.pk == self.branch_id)
        return same_branch and self.language in {"", language, language.removesuffix(EASY)}

    def answers_so_far(self) -> int:
        """How many of the answers that came in already it would have counted."""
        rows = self.survey.responses.select_related("branch").only("answers", "branch", "language")
        return sum(self.is_about(one.branch, one.language) and self.counts(one.answers) for one in rows.iterator())

    @transaction.atomic
    def set(self) -> bool:
        """Set it, with all answers counted that came in before; False where there are more than are wanted.

        An answer that is coming in at this moment is waited for, and one that begins to come in waits.
        """
        type(self.survey).objects.select_for_update().get(pk=self.survey_id)
        self.taken = self.answers_so_far()
        if self.taken > self.places:
            return False
        self.save()
        return True

    @property
    def is_full(self) -> bool:
        return self.taken >= self.places

    def take(self) -> None:
        """Take one place. Raises QuotaFull where none is left."""
        left = Quota.objects.filter(pk=self.pk, taken__lt=F("places"))
        if not left.update(taken=F("taken") + 1):
            raise QuotaFull(self)
