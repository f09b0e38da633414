from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .theme import Deed, Theme


class DefinitionQuerySet(models.QuerySet["Definition"]):
    @transaction.atomic
    def write(self, theme: Theme, *, by: Person, **words: str) -> "Definition":
        """From now on this is what belongs to the theme; the earlier wordings stay beside it."""
        definition = self.create(theme=theme, by=by, **words)
        theme.note(Deed.DEFINED, by=by, said=definition.means)
        return definition

    def newest_of(self, themes: models.QuerySet[Theme] | list[Theme]) -> "dict[int, Definition]":
        """The one that counts for each theme, by the theme's key."""
        return {definition.theme_id: definition for definition in self.filter(theme__in=themes).order_by("at", "pk")}


class Definition(models.Model):
    """What belongs to a theme and what does not, so that two people sort alike. The newest of a theme counts."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="definitions")
    means = models.CharField(_("in one sentence"), max_length=300)
    includes = models.TextField(_("belongs to it"), max_length=1000, blank=True)
    excludes = models.TextField(_("does not belong to it"), max_length=1000, blank=True)
    example = models.TextField(_("an example, in somebody's words"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("definition of a theme")

    def __str__(self) -> str:
        return self.means
