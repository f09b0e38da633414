from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.surveys.methods import Flawed, Questionnaire, as_json, from_json


class Unsound(ValueError):
    """A questionnaire that cannot be asked as it is; `flaws` says what must be mended, and where."""

    def __init__(self, flaws: Sequence[Flawed]) -> None:
        super().__init__(", ".join(f"{flaw.where}: {flaw.flaw}" for flaw in flaws))
        self.flaws = list(flaws)


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> "EditionQuerySet":
        return self.exclude(published_at=None)

    def drafts(self) -> "EditionQuerySet":
        return self.filter(published_at=None)


class Edition(models.Model):
    """A survey's questions as they were asked from one day on. Once published it never changes again."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    definition = models.JSONField(default=dict)
    previous = models.JSONField(null=True, blank=True)  # as it was before the last change, so that it can be undone
    note = models.CharField(_("what was changed"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="edition_numbered_once"),
            models.UniqueConstraint(fields=["survey"], condition=Q(published_at=None), name="one_draft_a_survey"),
        ]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self) -> str:
        return f"{self.survey} {self.number}"

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return from_json(self.definition)

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    def write(self, questionnaire: Questionnaire) -> None:
        """Put these questions into the draft. Raises ValueError where the edition is published already."""
        self._become(as_json(questionnaire), before=None)

    def revise(self, questionnaire: Questionnaire) -> None:
        """Write these questions, and keep how it was before, so that it can be undone."""
        if (definition := as_json(questionnaire)) != self.definition:
            self._become(definition, before=self.definition)

    def undo(self) -> bool:
        """Go back to how it was before the last change; done twice, the change is there again."""
        if self.previous is None:
            return False
        self._become(self.previous, before=self.definition)
        return True

    def _become(self, definition: dict[str, Any], *, before: dict[str, Any] | None) -> None:
        if not self.is_draft:
            raise ValueError("An edition that has been published does not change")
        self.definition, self.previous = definition, before
        self.__dict__.pop("questionnaire", None)
        self.save(update_fields=["definition", "previous"])

    def publish(self, *, by: Person | None, note: str = "", at: datetime | None = None) -> None:
        self.published_at, self.note, self.by, self.previous = at or timezone.now(), note, by, None
        self.save(update_fields=["published_at", "note", "by", "previous"])
