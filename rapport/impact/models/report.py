from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person


class ReportQuerySet(models.QuerySet["Report"]):
    def newest_with_threads(self) -> "ReportQuerySet":
        """Public reports with their loops' small threads, in two queries."""
        rows = self.filter(loop__is_public=True).select_related("loop__closing").prefetch_related("loop__steps")
        return rows.order_by("-at", "-pk")

    @transaction.atomic
    def publish(
        self,
        loop: Loop,
        *,
        said: Mapping[str, str] | str,
        did: Mapping[str, str] | str,
        because: Mapping[str, str] | str = "",
        could: bool = True,
        by: Person,
        at: datetime | None = None,
    ) -> "Report":
        """Tell everyone who spoke, and anyone who asks, what came of it, and close the loop."""
        report = self.create(
            loop=loop,
            said=words(said),
            did=words(did),
            because=words(because),
            could=could,
            by=by,
            at=at or timezone.now(),
        )
        turn, told = (Turn.REPORTED, report.did) if could else (Turn.COULD_NOT, report.because)
        loop.record(turn, told, by=by, thing=report, at=report.at)
        if loop.is_open:
            loop.close(by=by, at=report.at)
        return report


class Report(models.Model):
    """You said; we did, or we could not, because."""

    loop = models.OneToOneField(Loop, models.CASCADE, related_name="+")
    said = WordsField(_("you said"))
    did = WordsField(_("we did"), blank=True)
    because = WordsField(_("because"), blank=True)
    could = models.BooleanField(_("we could"), default=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(could=True) | ~Q(because={}), name="could_not_says_why"),
        ]
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return str(self.said)

    def get_absolute_url(self) -> str:
        return reverse("loop:story", args=[self.loop_id])
