from typing import Any

from django.db import models, transaction

from .assessment import Assessment


class PartOfAssessment(models.Model):
    """A row of an assessment: written, changed and taken out only until the assessment is published."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AlreadyPublished."""
        self.whole.hold_open()
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises AlreadyPublished."""
        self.whole.hold_open()
        return super().delete(*args, **kwargs)

    @property
    def whole(self) -> Assessment:
        found: Assessment = self.assessment  # type: ignore[attr-defined]
        return found
