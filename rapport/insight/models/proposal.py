from collections.abc import Mapping

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .theme import Theme


class ThemeProposal(models.Model):
    """The house looked at a selection of voices and proposes how they might belong together."""

    selection = models.JSONField(default=dict)  # the inbox's filters, so that anyone sees which voices were meant
    words = models.CharField(max_length=300, blank=True)  # the same as a sentence
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    wanted = models.PositiveSmallIntegerField(null=True, blank=True)
    voice_count = models.PositiveIntegerField(default=0)
    left_over = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("proposal of themes")

    def get_absolute_url(self) -> str:
        return reverse("insight:proposal", args=[self.pk])


class ProposedQuerySet(models.QuerySet["ProposedTheme"]):
    def undecided(self) -> "ProposedQuerySet":
        return self.filter(theme=None, discarded_at=None)


class ProposedTheme(models.Model):
    """One group of a proposal. A person confirms, renames, merges, splits or discards it; until then it is no theme."""

    proposal = models.ForeignKey(ThemeProposal, models.CASCADE, related_name="proposed")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    phrases = models.JSONField(default=list)
    typical = models.JSONField(default=list)  # keys of voices, the most typical first
    voices = models.JSONField(default=list)  # keys of all its voices
    n = models.PositiveIntegerField()
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    discarded_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ProposedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    @transaction.atomic
    def confirm(self, label: Mapping[str, str] | str, *, by: Person) -> Theme:
        """This is a theme, and this is its name."""
        mine = ProposedTheme.objects.select_for_update().get(pk=self.pk)
        if mine.theme:
            return mine.theme
        self.theme = Theme.objects.confirm(label, self.voices, by=by, phrases=self.phrases)
        self.decided_by = by
        self.save(update_fields=["theme", "decided_by"])
        return self.theme

    @transaction.atomic
    def join(self, theme: Theme, *, by: Person) -> None:
        """These voices belong to a theme that is already there."""
        theme.add(self.voices)
        self.theme, self.decided_by = theme, by
        self.save(update_fields=["theme", "decided_by"])

    def discard(self, *, by: Person) -> None:
        self.discarded_at, self.decided_by = timezone.now(), by
        self.save(update_fields=["discarded_at", "decided_by"])
