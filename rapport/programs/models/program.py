from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Decision
from rapport.insight.models import Need
from rapport.lib.translated import WordsField, words
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person
from rapport.places.models import Branch


class ProgramKind(models.TextChoices):
    """What is delivered: a program with sessions, or a change of something that is there."""

    PROGRAM = "program", _("program")
    SPACE = "space", _("change of a space")
    HOURS = "hours", _("change of opening hours")
    SERVICE = "service", _("change of a service")
    RULE = "rule", _("change of a rule")


class ProgramQuerySet(models.QuerySet["Program"]):
    def public(self) -> "ProgramQuerySet":
        return self.exclude(published_at=None)

    @transaction.atomic
    def plan(
        self,
        title: Mapping[str, str] | str,
        *,
        by: Person,
        need: Need | None,
        decision: Decision | None = None,
        **fields: object,
    ) -> "Program":
        """Plan something that answers a need; `need=None` says openly that it answers none."""
        loop = decision.loop if decision else need.loop if need else None
        program = self.create(
            title=words(title), need=need, answers_none=need is None, decision=decision, loop=loop, by=by, **fields
        )
        if loop:
            loop.record(Turn.PLANNED, title, by=by, thing=program)
        return program


class Program(models.Model):
    """Something that the library does for its community, and the need that it answers (or "none")."""

    title = WordsField(_("title"))
    about = WordsField(_("what it is"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgramKind.choices, default=ProgramKind.PROGRAM)
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    answers_none = models.BooleanField(_("it answers no need that we heard"), default=False)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    loop = models.ForeignKey(Loop, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(need__isnull=True, answers_none=True) | Q(need__isnull=False, answers_none=False),
                name="program_names_its_need_or_none",
            )
        ]
        verbose_name = _("program")
        verbose_name_plural = _("programs")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("programs:program", args=[self.pk])

    def publish(self) -> None:
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["published_at"])

    @transaction.atomic
    def deliver(self, said: Mapping[str, str] | str, *, by: Person) -> None:
        """It is there, without having been a pilot: tell those who spoke."""
        self.publish()
        if self.loop:
            self.loop.record(Turn.DELIVERED, said, by=by, thing=self)
