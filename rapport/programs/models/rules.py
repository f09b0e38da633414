from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField


class Way(models.TextChoices):
    """What one registers for."""

    EACH = "each", _("each date by itself, one or several")
    WHOLE = "whole", _("the whole series")


class WaitlistOrder(models.TextChoices):
    FIRST_COME = "first", _("who came first")
    LOTTERY = "lottery", _("by lot, with a published seed")


def _small(label: Any, default: int, most: int, **more: Any) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(most)], **more)


class RegistrationRules(models.Model):
    """How one registers, under a name: "Storytime", "Courses". Programs, series and dates share them."""

    name = WordsField(_("name"))
    way = models.CharField(_("registered for"), max_length=10, choices=Way.choices, default=Way.EACH)
    opens_days = _small(_("opens so many days before"), 28, 730)
    first_days = _small(
        _("for cardholders first, for so many days"), 0, 365, help_text=_("0: everyone from the beginning")
    )
    closes_hours = _small(_("closes so many hours before it begins"), 0, 8760)
    minimum = models.PositiveSmallIntegerField(_("takes place from so many people"), null=True, blank=True)
    most_heads = models.PositiveSmallIntegerField(
        _("people on one registration at most"), default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    walk_ins = _small(_("places kept for people who just come"), 0, 1000)
    waitlist = models.PositiveSmallIntegerField(
        _("people who may wait at most"), null=True, blank=True, help_text=_("Empty: no limit. 0: no waitlist.")
    )
    order = models.CharField(
        _("who is offered a place next"), max_length=10, choices=WaitlistOrder.choices, default=WaitlistOrder.FIRST_COME
    )
    draw_days = _small(_("the lots are drawn so many days after registration opens"), 7, 365)
    offer_hours = models.PositiveSmallIntegerField(
        _("an offered place is kept for so many hours"), default=24, validators=[MinValueValidator(1)]
    )
    confirm_hours = _small(
        _("to be confirmed so many hours before"), 0, 336, help_text=_("0: need not be confirmed. Else it is released.")
    )
    no_shows = _small(
        _("whoever misses so many dates in a row pauses"),
        0,
        50,
        help_text=_("0: never. Counted only where people are checked in."),
    )
    grace_hours = _small(_("cancelled later than so many hours before counts as missed"), 0, 336)
    pause_days = _small(_("the pause takes so many days"), 30, 365)
    age_from = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("up to the age of"), null=True, blank=True)
    grown_ups = models.BooleanField(_("grown-ups may come along, whatever their age"), default=True)
    needs_approval = models.BooleanField(_("somebody at the library says yes to each"), default=False)
    questions = models.JSONField(_("questions"), default=list, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")), name="ages_in_order"
            )
        ]
        verbose_name = _("rules of registration")
        verbose_name_plural = _("rules of registration")

    def __str__(self) -> str:
        return str(self.name)

    def ask(self, questions: list[dict[str, Any]]) -> None:
        """What the form asks besides, in this order."""
        self.questions = questions
        self.save(update_fields=["questions"])

    def fits(self, age: int) -> bool:
        """Whether somebody of this age, on the day itself, may come."""
        return (self.age_from or 0) <= age <= (self.age_to if self.age_to is not None else 200)
