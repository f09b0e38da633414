"""A place where proposals are collected, with the rules that are said there before anybody writes."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField

from .component import Component, NotOpen
from .phase import Phase

if TYPE_CHECKING:
    from .proposal import ProposalQuerySet


class Looked(models.TextChoices):
    AFTER = "after", _("everybody reads it at once, and we look at it afterwards")
    BEFORE = "before", _("somebody of the library reads it first")


class Collection(Component):
    """Proposals are taken while its phase is open; support, comments and changes in the phase of shaping, too."""

    shaping = models.ForeignKey(
        Phase,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("support, comments and changes are also taken in"),
    )
    most_proposals = models.PositiveSmallIntegerField(_("proposals of each person, at most"), null=True, blank=True)
    most_supports = models.PositiveSmallIntegerField(
        _("proposals that each person may support, at most"), null=True, blank=True
    )
    threshold = models.PositiveIntegerField(_("supporters needed for an answer"), null=True, blank=True)
    title_length = models.PositiveSmallIntegerField(_("characters of a title, at most"), default=120)
    words_length = models.PositiveSmallIntegerField(_("characters of a proposal, at most"), default=2000)
    edit_minutes = models.PositiveIntegerField(
        _("minutes in which authors may still change a published proposal"), default=60
    )
    moderation = models.CharField(_("who reads it first"), max_length=8, choices=Looked.choices, default=Looked.AFTER)
    takes_supports = models.BooleanField(_("people can support proposals"), default=True)
    takes_comments = models.BooleanField(_("people can comment"), default=True)
    takes_amendments = models.BooleanField(_("people can suggest changes"), default=True)
    takes_pictures = models.BooleanField(_("a picture may be added"), default=True)
    asks_branch = models.BooleanField(_("ask which branch it is about"), default=False)
    asks_place = models.BooleanField(_("ask which place it is about"), default=False)
    guiding = WordsField(_("questions that help to write, one on each line"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    title_length__gte=20, title_length__lte=200, words_length__gte=100, words_length__lte=10_000
                ),
                name="proposals_have_room",
            ),
            models.CheckConstraint(condition=Q(threshold=None) | Q(threshold__gte=1), name="threshold_is_one_at_least"),
        ]
        verbose_name = _("collection of proposals")
        verbose_name_plural = _("collections of proposals")

    def get_absolute_url(self) -> str:
        return reverse("deciding:collection", args=[self.pk])

    @property
    def questions(self) -> list[str]:
        return [line.strip() for line in str(self.guiding).splitlines() if line.strip()]

    @property
    def is_shaped(self) -> bool:
        """Whether support, comments and changes are taken now."""
        return self.is_open or (self.shaping is not None and self.shaping.is_open)

    def must_be_shaped(self) -> None:
        """Raises NotOpen."""
        if not self.is_shaped:
            raise NotOpen

    @property
    def phase_now(self) -> Phase:
        """The phase that its page belongs to at this moment."""
        shaping = self.shaping
        return (
            shaping if shaping is not None and not self.is_open and shaping.opens_at <= timezone.now() else self.phase
        )

    @property
    def editing_time(self) -> timedelta:
        return timedelta(minutes=self.edit_minutes)

    @property
    def reads_first(self) -> bool:
        return self.moderation == Looked.BEFORE

    def shown(self) -> "ProposalQuerySet":
        from .proposal import Proposal

        return Proposal.objects.filter(collection=self).public()


class ProposalCategory(models.Model):
    """A word by which the proposals of a collection are sorted."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="categories")
    label = WordsField(_("category"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("category of proposals")
        verbose_name_plural = _("categories of proposals")

    def __str__(self) -> str:
        return str(self.label)
