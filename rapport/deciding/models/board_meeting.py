"""A board's meetings: when and where, who came, and the minutes, which anyone may read once they were approved."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import WordsField, words
from rapport.loop.things import label_of, things, things_by_key
from rapport.people.models import Person

from .board import Board, Term


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def coming(self, now: datetime | None = None) -> "MeetingQuerySet":
        return self.filter(starts_at__gte=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now: datetime | None = None) -> "MeetingQuerySet":
        return self.filter(starts_at__lt=now or timezone.now()).order_by("-starts_at", "-pk")

    def without_minutes(self) -> "MeetingQuerySet":
        return self.past().filter(minutes__approval=None)


class Meeting(models.Model):
    """A board comes together. Anyone may know when and where, and what it is about."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("when"))
    place = WordsField(_("where"))
    agenda = WordsField(_("what it is about"), blank=True)
    papers = WordsField(_("to read before"), blank=True)
    guests = models.PositiveSmallIntegerField(_("guests"), null=True, blank=True)  # not counted is not zero
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("meeting of a board")
        verbose_name_plural = _("meetings of boards")

    def __str__(self) -> str:
        return f"{self.board}, {timezone.localdate(self.starts_at):%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("deciding:board-meeting", args=[self.board_id, self.pk])

    @property
    def is_over(self) -> bool:
        return self.starts_at < timezone.now()

    @property
    def written(self) -> "Minutes | None":
        return getattr(self, "minutes", None)

    @property
    def public_minutes(self) -> "Minutes | None":
        return self.written if self.written and self.written.approved else None

    @transaction.atomic
    def note_who_came(self, came: Iterable[int], *, guests: int | None, by: Person) -> None:
        """Of those who were members on that day, these terms were there. Noted again, it is written over."""
        here = set(came)
        for term in self.invited():
            Attendance.objects.update_or_create(meeting=self, term=term, defaults={"came": term.pk in here, "by": by})
        Meeting.objects.filter(pk=self.pk).update(guests=guests)

    def invited(self) -> "models.QuerySet[Term]":
        """Those whose term had begun on that day and had not ended."""
        day = timezone.localdate(self.starts_at)
        return self.board.terms.filter(since__lte=day).exclude(ending__on__lt=day)

    @transaction.atomic
    def write_minutes(self, said: Mapping[str, str] | str, *, by: Person) -> "Minutes":
        """Write or write over, as long as nobody has approved them. Raises MinutesApproved."""
        found = Minutes.objects.select_for_update(of=("self",)).filter(meeting=self).first()
        if found is not None and found.approved:
            raise MinutesApproved
        return Minutes.objects.update_or_create(
            meeting=self, defaults={"words": words(said), "by": by, "at": timezone.now()}
        )[0]

    def link(self, row: Iterable[models.Model]) -> None:
        """What the minutes are about: decisions, proposals, votes."""
        mentions = [Mention(meeting=self, thing=label_of(thing), thing_key=thing.pk) for thing in row]
        Mention.objects.bulk_create(mentions, ignore_conflicts=True)

    def spoken_of(self, face: str = "public") -> list[tuple[str, str, str]]:
        """The kind of each thing that they spoke of, its words, and its page; what has no page here is left out."""
        found = []
        for mention in self.mentions.all():
            if mention.thing in things:
                kind = things.get(mention.thing)
                for thing in things_by_key(mention.thing, [mention.thing_key]).values():
                    found.append(
                        (str(kind.name), str(thing), kind.public(thing) if face == "public" else kind.desk(thing))
                    )
        return [one for one in found if one[2]]


class MinutesApproved(Exception):
    """Approved minutes stay as they were approved."""


class Attendance(models.Model):
    """Whether a member was at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    term = models.ForeignKey(Term, models.CASCADE, related_name="attendance")
    came = models.BooleanField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "term"], name="noted_once_at_a_meeting")]


class Minutes(models.Model):
    """What was said and agreed at a meeting."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    words = WordsField(_("minutes"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    @property
    def approved(self) -> "Approval | None":
        return getattr(self, "approval", None)

    def approve(self, *, by: Person) -> "Approval":
        """The board agreed to them: from now on anyone may read them, and nobody changes them."""
        return Approval.objects.create(minutes=self, by=by)


class Approval(models.Model):
    minutes = models.OneToOneField(Minutes, models.CASCADE, related_name="approval")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Mention(models.Model):
    """A meeting spoke of a thing."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="mentions")
    thing = models.CharField(max_length=60)
    thing_key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "thing", "thing_key"], name="mentioned_once")]
        indexes = [models.Index(fields=["thing", "thing_key"], name="mention_by_thing")]
