"""Ballots on paper: numbered when they are printed, read by two people, settled, counted or spoiled."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Count as HowMany
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch

from .ballot import AlreadyVoted, Ballot
from .component import NotOpen
from .count import Count
from .participant import Participant, ProofKind
from .poll import Poll

_TRIES = 5


class AlreadyRead(Exception):
    """This paper needs nothing more from this person: it is settled, or they read it themselves."""


class Spoiled(models.TextChoices):
    """Why a paper does not count."""

    UNCLEAR = "unclear", _("one cannot tell what is meant")
    TOO_MANY = "too_many", _("more marks than allowed")
    KNOWN = "known", _("it says whose it is")
    COPY = "copy", _("it is not a paper that we printed")
    TORN = "torn", _("it was given back, and another handed out")


class BallotPrintQuerySet(models.QuerySet["BallotPrint"]):
    def holding(self, serial: int) -> "BallotPrint | None":
        """The copies among which this number was printed."""
        return self.filter(first__lte=serial, first__gt=serial - F("copies")).first()


class BallotPrint(models.Model):
    """Numbered ballots that were printed: which numbers, in which language. Who got which is written nowhere."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="prints")
    language = models.CharField(_("language"), max_length=24)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    first = models.PositiveIntegerField()
    copies = models.PositiveIntegerField(_("copies"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = BallotPrintQuerySet.as_manager()

    class Meta:
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["poll", "first"], name="ballots_numbered_once")]
        verbose_name = _("print of ballots")
        verbose_name_plural = _("prints of ballots")

    @classmethod
    def make(
        cls, poll: Poll, *, language: str, copies: int, by: Person | None, branch: Branch | None = None
    ) -> "BallotPrint":
        """Take the next numbers; of two who print at once, each gets their own. What is printed is fixed.

        Raises NotOpen once it has been counted.
        """
        for _try in range(_TRIES):
            try:
                with transaction.atomic():
                    Poll.objects.select_for_update().get(pk=poll.pk)
                    if Count.objects.filter(poll=poll).exists():
                        raise NotOpen
                    poll.fix_rules()
                    last = poll.prints.aggregate(last=Max(F("first") + F("copies") - 1))["last"] or 0
                    return cls.objects.create(
                        poll=poll, first=last + 1, language=language, copies=copies, by=by, branch=branch
                    )
            except IntegrityError:
                continue
        raise RuntimeError("The numbers of the ballots were taken again and again")

    @property
    def last(self) -> int:
        return self.first + self.copies - 1

    @property
    def serials(self) -> range:
        return range(self.first, self.last + 1)


class PaperBallotQuerySet(models.QuerySet["PaperBallot"]):
    def settled(self) -> "PaperBallotQuerySet":
        return self.exclude(settled_on=None)

    def counted(self) -> "PaperBallotQuerySet":
        return self.settled().filter(spoiled="")

    def for_a_second_pair_of_eyes(self, person: Person) -> "PaperBallotQuerySet":
        """Read once by somebody else, to be read a second time."""
        return self.read_once().exclude(pk__in=PaperReading.objects.filter(by=person).values("paper"))

    def read_once(self) -> "PaperBallotQuerySet":
        return self._read(1)

    def to_be_settled(self) -> "PaperBallotQuerySet":
        """Read twice, and not the same."""
        return self._read(2)

    def _read(self, times: int) -> "PaperBallotQuerySet":
        return self.filter(settled_on=None).alias(n=HowMany("readings")).filter(n=times)


class PaperBallot(models.Model):
    """One paper that came back. What it says is here only until two people agree on it; then it is in the urn."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="paper_ballots")
    serial = models.PositiveIntegerField(_("number on the ballot"))
    language = models.CharField(_("language"), max_length=24, blank=True)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    spoiled = models.CharField(_("why it does not count"), max_length=10, choices=Spoiled.choices, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PaperBallotQuerySet.as_manager()

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["poll", "serial"], name="paper_ballot_once")]
        verbose_name = _("ballot on paper")
        verbose_name_plural = _("ballots on paper")

    def __str__(self) -> str:
        return str(self.serial)

    @classmethod
    def of(cls, poll: Poll, serial: int) -> "PaperBallot":
        """The ballot with this number, kept from now on. Raises NotOpen where none was printed, or all is counted."""
        printed = BallotPrint.objects.filter(poll=poll).holding(serial)
        if printed is None or Count.objects.filter(poll=poll).exists():
            raise NotOpen
        known = {"language": printed.language, "branch": printed.branch}
        return cls.objects.get_or_create(poll=poll, serial=serial, defaults=known)[0]

    def may_be_read_by(self, person: Person) -> bool:
        if self.settled_on:
            return False
        readers = list(self.readings.values_list("by", flat=True))
        return len(readers) < 2 and person.pk not in readers

    @transaction.atomic
    def read(self, marks: Mapping[str, Any], *, by: Person, spoiled: str = "") -> "PaperReading":
        """Write down what the paper says, blind to what the other wrote. Two that agree settle it.

        Raises AlreadyRead where this person may not, or need not.
        """
        paper = PaperBallot.objects.select_for_update().get(pk=self.pk)
        if not paper.may_be_read_by(by):
            raise AlreadyRead
        try:
            with transaction.atomic():
                reading = paper.readings.create(
                    turn=paper.readings.count() + 1, by=by, marks={} if spoiled else dict(marks), spoiled=spoiled
                )
        except IntegrityError as problem:
            raise AlreadyRead from problem
        if reading.turn == 2 and paper.agrees:
            paper.settle(reading, by=by)
        self.refresh_from_db()
        return reading

    @property
    def agrees(self) -> bool:
        first, second = self.readings.order_by("turn")
        return (first.marks, first.spoiled) == (second.marks, second.spoiled)

    @transaction.atomic
    def settle(self, right: "PaperReading", *, by: Person) -> bool:
        """Put it into the urn as this reading says, and empty the readings. Of two who settle at once, one does.

        Whoever filled it in is a participant by paper; what the ballot said nothing here knows any more.
        """
        settled = {"settled_on": timezone.localdate(), "settled_by": by, "spoiled": right.spoiled}
        if not PaperBallot.objects.filter(pk=self.pk, settled_on=None).update(**settled):
            return False
        if not right.spoiled:
            self._into_the_urn(right.marks)
        self.readings.update(marks={}, spoiled="")
        return True

    def _into_the_urn(self, marks: Mapping[str, Any]) -> None:
        process = self.poll.process
        voter = Participant.objects.join(
            process, channel=Channel.PAPER, branch=self.branch, language=self.language[:12]
        )
        holder = voter.show(ProofKind.IN_PERSON, f"ballot {self.poll_id} {self.serial}")
        if holder != voter:
            raise AlreadyVoted
        Ballot.objects.take(self.poll, marks, participant=voter)

    @transaction.atomic
    def begin_anew(self) -> None:
        """Both readings are wrong: forget them, and let two people read the paper again."""
        if PaperBallot.objects.select_for_update().filter(pk=self.pk, settled_on=None).exists():
            self.readings.all().delete()


class PaperReading(models.Model):
    """What one person read on a paper. The second is made blind, and never by the first's hand."""

    paper = models.ForeignKey(PaperBallot, models.CASCADE, related_name="readings")
    turn = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    marks = models.JSONField(default=dict)
    spoiled = models.CharField(max_length=10, choices=Spoiled.choices, blank=True)

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "turn"], name="paper_read_once_a_turn"),
            models.UniqueConstraint(fields=["paper", "by"], name="paper_read_by_two_people"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="paper_read_twice_at_most"),
        ]
        verbose_name = _("reading of a ballot on paper")
        verbose_name_plural = _("readings of ballots on paper")


class PapersStillOut(Exception):
    """Some papers are read once, or not the same way twice: they are settled before it is counted."""


class PapersIn(models.Model):
    """Somebody said that all papers are in: how many were handed out, so that everybody can see whether some lack."""

    poll = models.OneToOneField(Poll, models.CASCADE, related_name="papers_in")
    handed_out = models.PositiveIntegerField(_("handed out"))
    note = models.TextField(_("what is to be said of it"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("end of the paper ballots")
        verbose_name_plural = _("ends of the paper ballots")

    @classmethod
    def say(cls, poll: Poll, *, handed_out: int, by: Person, note: str = "") -> "PapersIn":
        """Raises PapersStillOut, or IntegrityError where a colleague said so already."""
        with transaction.atomic():
            if poll.paper_ballots.filter(settled_on=None).exists():
                raise PapersStillOut
            return cls.objects.create(poll=poll, handed_out=handed_out, by=by, note=note)
