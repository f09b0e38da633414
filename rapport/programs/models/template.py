from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.insight.models import Need
from rapport.lib.translated import WordsField, words
from rapport.people.models import Person

from .offered import FACTS, WORDS
from .program import Program
from .series import Series

_COPIED = (*FACTS, "about", "kind", "success", "observance")


class ProgramTemplate(models.Model):
    """A program that others are begun from."""

    program = models.OneToOneField(Program, models.CASCADE, related_name="template")
    name = WordsField(_("name"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("template")
        verbose_name_plural = _("templates")

    def __str__(self) -> str:
        return str(self.name or self.program.title)


@transaction.atomic
def copy(program: Program, title: Mapping[str, str] | str, *, by: Person, need: Need | None) -> Program:
    """A new plan with the same facts, words and series. No date, no registration and no number comes along."""
    facts: dict[str, Any] = {name: getattr(program, name) for name in _COPIED}
    made = Program.objects.plan(words(title), by=by, need=need, **facts)
    made.presenters.set(program.presenters.all())
    for series in program.series.all():
        same = {name: getattr(series, name) for name in (*FACTS, *WORDS, "own", "recurs")}
        Series.objects.create(program=made, by=by, **same).presenters.set(series.presenters.all())
    return made
