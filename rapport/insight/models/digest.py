from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.listening.models import Voice, VoiceQuerySet
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.context import own_name

from .theme import Theme

if TYPE_CHECKING:
    from rapport.insight.methods.themes.weekly import Line, Week

_MOST_NAMED = 3  # in a sentence
RATE = 0.1  # the share of lines that may be false alarms


class Trend(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    ROSE = "rose", gettext_lazy("rose")
    FELL = "fell", gettext_lazy("fell")


class DigestQuerySet(models.QuerySet["Digest"]):
    @transaction.atomic
    def write(self, week: date, found: "Week") -> "tuple[Digest, bool]":
        """What changed in the week of this Monday; says whether it is new. A week is written once."""
        told = {"voices": found.voices, "tested": found.tested, "is_too_early": found.is_too_early, "rate": RATE}
        digest, is_new = self.get_or_create(week=week, defaults=told)
        if is_new:
            DigestLine.objects.bulk_create(_line(digest, order, line) for order, line in enumerate(found.lines))
        return digest, is_new


def _line(digest: "Digest", order: int, line: "Line") -> "DigestLine":
    cell = line.cell
    return DigestLine(
        digest=digest,
        order=order,
        trend=Trend.NEW if line.is_new else Trend.ROSE if line.is_rise else Trend.FELL,
        theme_id=cell.theme,
        phrase=cell.phrase[:200],
        branch_id=cell.branch,
        spoken_in=cell.spoken_in,
        count=line.count,
        expected=line.expected,
        p=line.p,
        q=line.q,
        history=line.history,
        low=line.low,
        high=line.high,
        voices=line.keys,
    )


class Digest(models.Model):
    """What rose, fell or is new in one week, among what people said. Each week has one, and it never changes."""

    week = models.DateField(gettext_lazy("week"), unique=True)  # its Monday
    voices = models.PositiveIntegerField()
    tested = models.PositiveIntegerField()
    rate = models.FloatField()
    is_too_early = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-week"]
        verbose_name = gettext_lazy("digest of a week")

    def __str__(self) -> str:
        return _("%(first)s to %(last)s") % {
            "first": date_format(self.week, "j F"),
            "last": date_format(self.last_day, "j F Y"),
        }

    def get_absolute_url(self) -> str:
        return reverse("insight:desk-digest", args=[self.pk])

    @property
    def last_day(self) -> date:
        return self.week + timedelta(days=6)

    @property
    def one_in(self) -> int:
        """The share of false alarms as people say it: one in ten."""
        return round(1 / self.rate)

    def lines_for(self, person: Person) -> "list[DigestLine]":
        """Those of the house and of this person's branches, surest first."""
        reach = person.branches_where("insight.see")
        lines = self.lines.select_related("theme", "branch")
        return list(lines if reach is None else lines.filter(Q(branch=None) | Q(branch__in=reach)))

    def summary(self, lines: "Sequence[DigestLine]") -> str:
        """The week in a sentence: what rose, what fell, and what is new."""
        if self.is_too_early:
            return _("It is too early to tell: what is usual shows after eight weeks with voices.")
        told = {"n": number_format(self.voices)}
        if not lines:
            return (
                ngettext(
                    "A quiet week: %(n)s voice, and nothing beyond what chance does.",
                    "A quiet week: %(n)s voices, and nothing beyond what chance does.",
                    self.voices,
                )
                % told
            )
        parts = [part for trend in (Trend.ROSE, Trend.FELL, Trend.NEW) if (part := _part(trend, lines))]
        said = ngettext("Of %(n)s voice: %(what)s.", "Of %(n)s voices: %(what)s.", self.voices)
        return said % {**told, "what": get_text_list(parts, _("and"))}


def _part(trend: Trend, lines: "Sequence[DigestLine]") -> str:
    names = [line.what for line in lines if line.trend == trend]
    if not names:
        return ""
    more = len(names) - _MOST_NAMED
    if more > 0:
        names = [*names[:_MOST_NAMED], ngettext("%(n)s more", "%(n)s more", more) % {"n": more}]
    said = {
        Trend.ROSE: ngettext("%(what)s rose", "%(what)s rose", len(names)),
        Trend.FELL: ngettext("%(what)s fell", "%(what)s fell", len(names)),
        Trend.NEW: ngettext("%(what)s is new", "%(what)s are new", len(names)),
    }[trend]
    return said % {"what": get_text_list(names, _("and"))}


class DigestLineQuerySet(models.QuerySet["DigestLine"]):
    def about(self, themes: Iterable[Theme]) -> "DigestLineQuerySet":
        return self.filter(theme__in=themes).select_related("digest", "branch")


class DigestLine(models.Model):
    """One thing that changed: a theme (everywhere, at a branch, or in a language), or a phrase."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    trend = models.CharField(max_length=8, choices=Trend.choices)
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="+")
    phrase = models.CharField(max_length=200, blank=True)
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    spoken_in = models.CharField(max_length=12, blank=True)  # the language that the voices are in
    count = models.PositiveIntegerField()
    expected = models.FloatField()
    p = models.FloatField()
    q = models.FloatField()  # the share of false alarms among the lines up to this one
    history = models.JSONField(default=list)  # counts of a year of weeks and of this week
    low = models.JSONField(default=list)  # between which they usually lie
    high = models.JSONField(default=list)
    voices = models.JSONField(default=list)  # keys of the voices behind it

    objects = DigestLineQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__isnull=False) ^ ~Q(phrase=""), name="digest_line_has_a_theme_or_a_phrase"
            ),
            models.UniqueConstraint(fields=["digest", "order"], name="digest_line_has_its_place"),
        ]
        verbose_name = gettext_lazy("line of a digest")

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return reverse("insight:desk-digest-line", args=[self.digest_id, self.pk])

    @property
    def what(self) -> str:
        """What it is about: “Open on Sundays”, at Riverside or in Arabic."""
        name = _("“%(words)s”") % {"words": self.theme or self.phrase}
        if self.branch:
            return _("%(what)s at %(place)s") % {"what": name, "place": self.branch}
        if self.spoken_in:
            return _("%(what)s among voices in %(language)s") % {"what": name, "language": own_name(self.spoken_in)}
        return name

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        told = {"what": self.what, "n": self.count, "usual": self.about_expected}
        if self.trend == Trend.NEW:
            said = ngettext(
                "%(what)s is new: %(n)s person spoke of it.", "%(what)s is new: %(n)s people spoke of it.", self.count
            )
        elif self.trend == Trend.ROSE:
            said = ngettext(
                "%(what)s rose: %(n)s person spoke of it, where %(usual)s would be usual.",
                "%(what)s rose: %(n)s people spoke of it, where %(usual)s would be usual.",
                self.count,
            )
        elif not self.count:
            said = _("%(what)s fell silent: nobody spoke of it, where %(usual)s would be usual.")
        else:
            said = ngettext(
                "%(what)s fell: %(n)s person spoke of it, where %(usual)s would be usual.",
                "%(what)s fell: %(n)s people spoke of it, where %(usual)s would be usual.",
                self.count,
            )
        return said % told

    @property
    def about_expected(self) -> str:
        """As people say it: "about 4", and "less than 1" for a few tenths."""
        if self.expected < 1:
            return _("less than 1")
        return _("about %(n)s") % {"n": number_format(round(self.expected))}

    @property
    def chance_one_in(self) -> int:
        """In one of so many weeks chance alone would do this."""
        return round(1 / max(self.p, 1e-9))

    def its_voices(self) -> VoiceQuerySet:
        """Exactly those it was counted from, of which some may have been erased or merged since."""
        keys: Sequence[int] = self.voices
        return Voice.objects.filter(pk__in=keys)


class DigestReader(models.Model):
    """Somebody of the staff asked to get the digest of each week by mail."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("reader of the digest by mail")

    def __str__(self) -> str:
        return str(self.person)
