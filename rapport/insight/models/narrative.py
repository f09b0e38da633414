from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.models import Heard, Loop, Speaker, Turn
from rapport.loop.things import things, things_by_key
from rapport.people.models import Person
from rapport.places.models import Branch

from .assessment import AlreadyPublished


class Section(models.TextChoices):
    """What a community narrative speaks of, in this order: aspirations, concerns, gifts, changes (Turning Outward)."""

    HOPES = "hopes", _("What people want their community to be")
    WORRIES = "worries", _("What worries them")
    HAVE = "have", _("What is there already")
    CHANGE = "change", _("What should change")
    SPOKE = "spoke", _("What people spoke of most")
    MISSING = "missing", _("Whom we have not heard")
    DONE = "done", _("What we did")

    @property
    def hint(self) -> str:
        return str(_HINTS[self])


_HINTS = {
    Section.HOPES: _("Begin with their words: what kind of place do they want to live in, and why does it matter?"),
    Section.WORRIES: _("What stands in the way, as they see it? Do not soften it."),
    Section.HAVE: _("Who and what could help, before anything new is begun?"),
    Section.CHANGE: _("What would have to happen, and what would people do themselves?"),
    Section.SPOKE: _("What came up again and again, and what is new?"),
    Section.MISSING: _("Say openly who is missing in this, and what you will do about it."),
    Section.DONE: _("What came of last year's? Say also what could not be done."),
}


class NeedState(models.TextChoices):
    OPEN = "open", _("still open")
    ANSWERED = "answered", _("answered")
    DROPPED = "dropped", _("given up")


class NarrativeQuerySet(models.QuerySet["Narrative"]):
    def public(self) -> "NarrativeQuerySet":
        return self.exclude(publication=None)

    @transaction.atomic
    def begin(self, year: int, *, by: Person, branch: Branch | None = None, at: datetime | None = None) -> "Narrative":
        """Begin the narrative of a year; anyone reads its story once it is published."""
        at = at or timezone.now()
        title = _title(year, branch)
        loop = Loop.objects.begin(title, by=by, branch=branch, is_public=False, at=at)
        narrative = self.create(year=year, branch=branch, title=title, loop=loop, by=by, at=at)
        loop.hang([narrative])
        narrative.parts.bulk_create(NarrativePart(narrative=narrative, section=section) for section in Section)
        return narrative


def _title(year: int, branch: Branch | None) -> dict[str, str]:
    from django.conf import settings
    from django.utils.translation import gettext, override

    said = {}
    for code in settings.HOUSE.languages:
        with override(code):
            place = f" · {branch}" if branch else ""
            said[code] = gettext("What our community told us in %(year)s") % {"year": year} + place
    return said


class Narrative(models.Model):
    """What a community said of itself in a year: written by a person, each fact with the thing that it rests on."""

    year = models.PositiveSmallIntegerField(_("year"))
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    title = WordsField(_("title"))
    loop = models.OneToOneField(Loop, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = NarrativeQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "branch", "pk"]
        verbose_name = _("community narrative")
        verbose_name_plural = _("community narratives")
        constraints = [
            models.UniqueConstraint(fields=["year", "branch"], name="narrative_once_a_year_and_branch"),
            models.UniqueConstraint(fields=["year"], condition=Q(branch=None), name="narrative_once_a_year"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("insight:narrative", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return hasattr(self, "publication")

    @property
    def days(self) -> tuple[datetime, datetime]:
        """From the first moment of the year to the first one of the next."""
        first = timezone.make_aware(datetime.combine(date(self.year, 1, 1), time()))
        return first, timezone.make_aware(datetime.combine(date(self.year + 1, 1, 1), time()))

    def before(self) -> "Narrative | None":
        """The published one of the same place, of the nearest earlier year."""
        earlier = Narrative.objects.public().filter(branch=self.branch_id, year__lt=self.year)
        return earlier.order_by("-year").first()

    def hold_open(self) -> None:
        """Let nobody publish it until this transaction ends. Raises AlreadyPublished where somebody did."""
        Narrative.objects.select_for_update().get(pk=self.pk)
        if NarrativePublication.objects.filter(narrative=self.pk).exists():
            raise AlreadyPublished

    @transaction.atomic
    def write(self, section: str, said: Mapping[str, str] | str) -> None:
        """A person's own words for a section. Raises AlreadyPublished."""
        self.hold_open()
        self.parts.update_or_create(section=section, defaults={"words": words(said)})

    @transaction.atomic
    def gather(self, facts: "Iterable[Statement]") -> int:
        """Put in the facts that are not there yet; what somebody took out stays out. Raises AlreadyPublished."""
        self.hold_open()
        known = set(self.statements.values_list("section", "thing", "thing_key"))
        new = [one for one in facts if (one.section, one.thing, one.thing_key) not in known]
        for one in new:
            one.narrative = self
        Statement.objects.bulk_create(new)
        return len(new)

    @transaction.atomic
    def leave_out(self, statement: "Statement", *, is_out: bool = True) -> None:
        """The fact is true and does not belong here, or does again. Raises AlreadyPublished."""
        self.hold_open()
        self.statements.filter(pk=statement.pk).update(is_out=is_out)

    @transaction.atomic
    def publish(
        self, summary: Mapping[str, str] | str, *, by: Person, at: datetime | None = None
    ) -> "NarrativePublication":
        """Let anyone read it, and tell those who spoke of its needs, once. Raises AlreadyPublished."""
        at = at or timezone.now()
        self.hold_open()
        publication = NarrativePublication.objects.create(narrative=self, summary=words(summary), by=by, at=at)
        Loop.objects.filter(pk=self.loop_id).update(is_public=True)
        self.loop.hear(self._speakers())
        self.loop.heard.update(at=at)
        self.loop.record(Turn.TAKEN_UP, publication.summary, by=by, thing=self, at=at)
        return publication

    def _speakers(self) -> "models.QuerySet[Speaker]":
        from .need import Need

        cited = self.statements.filter(thing="insight.need", is_out=False).values("thing_key")
        loops = Need.objects.filter(pk__in=cited, loop__is_public=True).values("loop")
        return Speaker.objects.filter(pk__in=Heard.objects.filter(loop__in=loops).values("speaker"))


class NarrativePart(models.Model):
    """A section of a narrative in a person's words; the facts stand below it."""

    narrative = models.ForeignKey(Narrative, models.CASCADE, related_name="parts")
    section = models.CharField(max_length=20, choices=Section.choices)
    words = WordsField(_("in our words"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("section of a narrative")
        verbose_name_plural = _("sections of narratives")
        constraints = [models.UniqueConstraint(fields=["narrative", "section"], name="section_once_in_narrative")]


class Statement(models.Model):
    """A fact in a narrative: in the words that the thing had then, with its figure, and which thing it rests on."""

    narrative = models.ForeignKey(Narrative, models.CASCADE, related_name="statements")
    section = models.CharField(max_length=20, choices=Section.choices)
    thing = models.CharField(max_length=60)
    thing_key = models.BigIntegerField()
    words = WordsField(_("what it says"))
    figure = models.PositiveIntegerField(null=True, blank=True)
    of = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=NeedState.choices, blank=True)
    is_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("statement of a narrative")
        verbose_name_plural = _("statements of narratives")
        constraints = [
            models.UniqueConstraint(
                fields=["narrative", "section", "thing", "thing_key"], name="thing_once_in_section_of_narrative"
            )
        ]

    def __str__(self) -> str:
        return str(self.words)

    def url(self, face: Any = "public") -> str:
        """Where the thing is read, "" where it is gone or nobody may read it."""
        found = things_by_key(self.thing, [self.thing_key]).get(self.thing_key) if self.thing in things else None
        return things.get(self.thing).url(found, face) if found else ""


class NarrativePublication(models.Model):
    """From now on anyone reads it, and it stays as it is."""

    narrative = models.OneToOneField(Narrative, models.CASCADE, related_name="publication")
    summary = WordsField(_("the year in short"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("publication of a narrative")
        verbose_name_plural = _("publications of narratives")
