"""What a spreadsheet of earlier years says: counted with the rest, without inventing dates that nobody wrote down."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.places.models import Branch

from .offered import Band, Setting


class PastSheetQuerySet(models.QuerySet["PastSheet"]):
    def waiting(self) -> "PastSheetQuerySet":
        return self.filter(taken_at=None)


class PastSheet(models.Model):
    """A spreadsheet that somebody brought: how it is read, until its rows are taken; then where they came from."""

    name = models.CharField(_("file"), max_length=200)
    grid = models.JSONField(default=list)  # the rows until they are taken
    columns = models.JSONField(default=dict)  # what each column means
    places = models.JSONField(default=dict)  # what the file calls a place: a branch's slug, "online", "elsewhere"
    audiences = models.JSONField(default=dict)  # what the file calls those it is for: a band
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)  # rows that came
    known = models.PositiveIntegerField(default=0)  # rows that had been brought before
    refused = models.JSONField(default=list)  # row number and why

    objects = PastSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("sheet of past counts")
        verbose_name_plural = _("sheets of past counts")

    def __str__(self) -> str:
        return self.name


class PastCountQuerySet(models.QuerySet["PastCount"]):
    def to_be_looked_at(self) -> "PastCountQuerySet":
        """Those for whom a rule alone said whom they were for first."""
        return self.filter(is_unclear=True, settled_by=None)


class PastCount(models.Model):
    """One row: so many dates of one kind, on a day or in a month, and how many came to all of them."""

    sheet = models.ForeignKey(PastSheet, models.CASCADE, related_name="counts")
    mark = models.CharField(max_length=64, unique=True)  # what the row says, and how often it was said before it
    title = models.CharField(_("what"), max_length=300)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=200, blank=True)  # as the file calls it
    setting = models.CharField(_("where"), max_length=20, choices=Setting.choices, default=Setting.ONSITE)
    audience = models.CharField(_("for whom first"), max_length=20, choices=Band.choices)
    audience_words = models.CharField(max_length=300, blank=True)  # as the file says it
    is_unclear = models.BooleanField(default=False)
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    events = models.PositiveIntegerField(_("dates"), default=1)
    attendance = models.PositiveIntegerField(_("came"), null=True, blank=True)  # None: not counted

    objects = PastCountQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="past_ends_after_its_start")]
        indexes = [models.Index(fields=["first"], name="past_count_by_day")]
        verbose_name = _("past count")
        verbose_name_plural = _("past counts")

    def __str__(self) -> str:
        return self.title

    @property
    def series(self) -> str:
        """What stays the same from month to month, so that a course can be seen."""
        return f"{self.place or self.branch or self.get_setting_display()}: {self.title}"

    @property
    def where(self) -> str:
        return str(self.branch or self.place or self.get_setting_display())
