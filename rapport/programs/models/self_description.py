import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band, Dimension
from rapport.people.models import Person

from .presenter import Presenter
from .session import Session

_KEPT = timedelta(days=3 * 365)


def new_secret() -> str:
    return secrets.token_urlsafe(18)


class SelfDescriptionQuerySet(models.QuerySet["SelfDescription"]):
    def ask(self, presenter: Presenter, *, by: Person | None) -> "SelfDescription":
        """Ask a presenter to say who they are, if they like. Asked again, the same link holds."""
        return self.get_or_create(presenter=presenter, defaults={"by": by})[0]

    def forget_old(self) -> int:
        """Of those who have led nothing for three years nothing is kept."""
        lately = Session.objects.filter(ends_at__gt=timezone.now() - _KEPT).values("presenters")
        old = self.filter(asked_at__lt=timezone.now() - _KEPT).exclude(presenter__in=lately)
        return old.delete()[1].get("programs.SelfDescription", 0)


class SelfDescription(models.Model):
    """What a presenter says of themselves, kept apart: it is only ever read in sums, and by nobody line by line."""

    presenter = models.OneToOneField(Presenter, models.CASCADE, related_name="+")
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    said_on = models.DateField(null=True, blank=True)

    objects = SelfDescriptionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("self-description of a presenter")
        verbose_name_plural = _("self-descriptions of presenters")

    def __str__(self) -> str:
        return str(self.presenter)

    def get_absolute_url(self) -> str:
        return reverse("programs:self-description", args=[self.secret])

    @transaction.atomic
    def say(self, said: Mapping[Dimension, Band | None]) -> None:
        """These are their words from now on; None is "rather not say". Raises ValueError for a band of elsewhere."""
        if any(band is not None and band.dimension_id != dimension.pk for dimension, band in said.items()):
            raise ValueError("Choose a band of that dimension")
        SelfDescription.objects.select_for_update().get(pk=self.pk)
        self.said.all().delete()
        self.said.bulk_create(SelfSaid(description=self, dimension=one, band=band) for one, band in said.items())
        self.said_on = timezone.localdate()
        self.save(update_fields=["said_on"])

    def take_back(self) -> None:
        """All of it is gone, and the link with it."""
        self.delete()

    def rows(self) -> list[dict[str, Any]]:
        said = self.said.select_related("dimension", "band")
        return [{"question": str(one.dimension), "answer": str(one.band or _("rather not say"))} for one in said]


class SelfSaid(models.Model):
    """One answer; no band is "rather not say"."""

    description = models.ForeignKey(SelfDescription, models.CASCADE, related_name="said")
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="+")
    band = models.ForeignKey(Band, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["description", "dimension"], name="said_once_of_a_dimension")]
