"""How a date was counted beyond the heads in the room: who was there from afar, and what is an estimate."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .session import Session


class Afar(models.TextChoices):
    """What counts as attendance online (IMLS, FY 2024, element 618); a device is one, and later views are none."""

    MEETING = "meeting", _("a video meeting: the most participants at one time, without staff")
    STREAM = "stream", _("a stream: the most who watched at one time")


class OnlineCount(models.Model):
    """How many were there from afar. Without this row they were not counted, which is not zero."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="online_count")
    way = models.CharField(_("what was counted"), max_length=10, choices=Afar.choices, default=Afar.MEETING)
    count = models.PositiveIntegerField(_("how many online"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("online count")
        verbose_name_plural = _("online counts")


class Basis(models.TextChoices):
    """What an estimate rests on."""

    SEEN = "seen", _("somebody looked around the room")
    ONE_WEEK = "1", _("one typical week")
    TWO_WEEKS = "2", _("two typical weeks")
    FOUR_WEEKS = "4", _("four typical weeks")


class Estimate(models.Model):
    """The number of this date was not counted one by one: its year is marked ES instead of CT."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="estimate")
    basis = models.CharField(_("what it rests on"), max_length=10, choices=Basis.choices)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    def say_why(self, element: str, words: str, *, by: Person, **period: Any) -> "Explanation":
        """Why a figure changed so much, in a person's words; said again, it replaces what was said before."""
        said = {"words": words, "by": by, "at": timezone.now()}
        return self.update_or_create(element=element, **period, defaults=said)[0]


class Explanation(models.Model):
    """Why a figure is so different from the year before. The form asks for it, and next year nobody remembers."""

    elements = models.CharField(max_length=40)  # the name of the set
    element = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    branch = models.ForeignKey("places.Branch", models.CASCADE, null=True, blank=True, related_name="+")
    words = models.CharField(_("why"), max_length=500)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["elements", "element", "first", "last", "branch"], name="a_figure_is_explained_once"
            ),
            models.UniqueConstraint(
                fields=["elements", "element", "first", "last"],
                condition=models.Q(branch=None),
                name="a_figure_of_the_house_is_explained_once",
            ),
        ]
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
