from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .offered import FACTS, WORDS, Inheriting
from .presenter import Presenter
from .program import Program
from .refitting import refit

if TYPE_CHECKING:
    from .session import Session


class Series(Inheriting):
    """Dates of a program that belong together: a course of six evenings, storytime of the autumn."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="series")
    recurs = models.CharField(_("rule"), max_length=300, blank=True)  # RFC 5545, section 3.3.10
    presenters = models.ManyToManyField(Presenter, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return str(self.title or self.program.title)

    @transaction.atomic
    def change(self, facts: Mapping[str, Any]) -> "list[Session]":
        """Change the plan, and with it the coming dates that have nothing of their own there. Answers the changed."""
        changed = self.set_own(facts, self.program)
        self.save()
        return hand_down(self, changed, self.sessions.all())


@transaction.atomic
def hand_down(above: Program | Series, names: list[str], dates: "models.QuerySet[Session]") -> "list[Session]":
    """Give the changed facts to the dates that are still to come; what is over stays as it was."""
    handed = FACTS if isinstance(above, Program) else (*FACTS, *WORDS)
    names = [name for name in names if name in handed]
    coming = list(dates.filter(starts_at__gt=timezone.now()).select_for_update(of=("self",)))
    touched = [one for one in coming if one.take_over(above, names)]
    for one in touched:
        one.save()
    if {"capacity", "rules"} & set(names):
        refit(touched)
    return touched
