"""What the library promised to do, in public: whose promise, by when, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.translated import Words, WordsField, words
from rapport.loop.models import Loop, Turn
from rapport.loop.things import label_of, things, things_by_key
from rapport.people.models import Person
from rapport.places.models import Branch

from .decision import Decision

Said = Mapping[str, str] | str
REMIND_BEFORE = timedelta(days=14)


class AlreadySettled(Exception):
    """It was kept or given up before: what was said about it then stands."""


class Standing(models.TextChoices):
    """Where a commitment stands on a day. Nobody enters it: it follows from the days and from what was recorded."""

    RUNNING = "running", _("not due yet")
    MOVED = "moved", _("put off to a later day")
    LATE = "late", _("late")
    KEPT = "kept", _("kept")
    KEPT_LATER = "kept_later", _("kept, later than said")
    GIVEN_UP = "given_up", _("not kept")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def public(self) -> "CommitmentQuerySet":
        return self.filter(loop__is_public=True).exclude(
            decision__process__isnull=False, decision__process__opening=None
        )

    def reached_by(self, person: Person, permission: str) -> "CommitmentQuerySet":
        """Those at the branches where this person's role reaches, and those of the whole library."""
        branches = person.branches_where(permission)
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))

    def unsettled(self) -> "CommitmentQuerySet":
        return self.filter(keeping=None, giving_up=None)

    def late(self, on: date | None = None) -> "CommitmentQuerySet":
        return self.unsettled().filter(due__lt=on or timezone.localdate()).order_by("due", "pk")

    def soon_due(self, on: date | None = None) -> "CommitmentQuerySet":
        """Due within two weeks, the next one at the front."""
        today = on or timezone.localdate()
        return self.unsettled().filter(due__gte=today, due__lte=today + REMIND_BEFORE).order_by("due", "pk")

    def counted(self, on: date | None = None) -> "CommitmentQuerySet":
        """Those by which the library is measured: their first day has passed, or they were settled before it.

        A day that was put off does not take a promise out of the count.
        """
        passed = Q(first_due__lt=on or timezone.localdate())
        return self.filter(passed | Q(keeping__isnull=False) | Q(giving_up__isnull=False))

    def standing(self, standing: str, on: date | None = None) -> "CommitmentQuerySet":
        today = on or timezone.localdate()
        waiting = self.unsettled()
        match standing:
            case Standing.KEPT:
                return self.filter(keeping__on__lte=F("first_due"))
            case Standing.KEPT_LATER:
                return self.filter(keeping__on__gt=F("first_due"))
            case Standing.GIVEN_UP:
                return self.filter(giving_up__isnull=False)
            case Standing.LATE:
                return waiting.filter(due__lt=today)
            case Standing.MOVED:
                return waiting.filter(due__gte=today, due__gt=F("first_due"))
            case _:
                return waiting.filter(due__gte=today, due__lte=F("first_due"))

    def of(self, thing: models.Model) -> "CommitmentQuerySet":
        """Those that were made because of this thing: an answered proposal, a vote, a board's advice."""
        here = Origin.objects.filter(thing=label_of(thing), thing_key=thing.pk)
        return self.filter(pk__in=here.values("commitment"))

    @transaction.atomic
    def make(
        self,
        said: Said,
        *,
        owner: Person | None,
        due: date,
        by: Person,
        decision: Decision | None = None,
        branch: Branch | None = None,
        because_of: Iterable[models.Model] = (),
        milestones: Iterable[tuple[Said, date | None]] = (),
        owner_words: Said = "",
        at: datetime | None = None,
    ) -> "Commitment":
        """Promise something in public: what, whose, by when, and because of which things."""
        at = at or timezone.now()
        branch = branch or (decision.branch if decision else None)
        loop = decision.loop if decision else Loop.objects.begin(said, by=by, branch=branch, at=at)
        commitment = self.create(
            words=words(said), owner=owner, owner_words=words(owner_words), due=due, first_due=due,
            decision=decision, branch=branch, loop=loop, by=by, at=at,
        )  # fmt: skip
        commitment.come_from(because_of)
        for order, (step, day) in enumerate(milestones):
            commitment.milestones.create(words=words(step), due=day, order=order)
        commitment.tell(Turn.PLANNED, said, by=by, at=at)
        return commitment


class Commitment(models.Model):
    """One promise in public: kept, put off or given up, each with its reason; late it is by its day alone."""

    words = WordsField(_("what is promised"))
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    owner_words = WordsField(_("who answers for it"), blank=True)
    due = models.DateField(_("due"))
    first_due = models.DateField(_("day that was said first"))
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="commitments")
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    loop = models.ForeignKey(Loop, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("promised"), default=timezone.now)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["due"], name="commitment_by_due")]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        return str(self.words)

    def get_absolute_url(self) -> str:
        return reverse("deciding:commitment", args=[self.pk])

    # ── where it stands ──

    @property
    def kept(self) -> "Keeping | None":
        return getattr(self, "keeping", None)

    @property
    def given_up(self) -> "GivenUp | None":
        return getattr(self, "giving_up", None)

    @property
    def is_settled(self) -> bool:
        return self.kept is not None or self.given_up is not None

    @property
    def standing(self) -> Standing:
        if self.kept is not None:
            return Standing.KEPT if self.kept.on <= self.first_due else Standing.KEPT_LATER
        if self.given_up is not None:
            return Standing.GIVEN_UP
        if self.due < timezone.localdate():
            return Standing.LATE
        return Standing.MOVED if self.due > self.first_due else Standing.RUNNING

    @property
    def who(self) -> str:
        """Who answers for it, as the public reads it: a role, never the name of an account unless it was written."""
        return str(self.owner_words) or str(_("the library"))

    @property
    def reached(self) -> "tuple[int, int]":
        """How many milestones were reached, and of how many. From what was prefetched."""
        row = list(self.milestones.all())
        return sum(milestone.is_reached for milestone in row), len(row)

    @property
    def progress(self) -> int | None:
        """In percent; none where nobody wrote down milestones."""
        if self.kept is not None:
            return 100
        done, whole = self.reached
        return round(100 * done / whole) if whole else None

    def may_be_written_by(self, person: Person) -> bool:
        """Whoever sees to it may say what became of it; and those who may change decisions where it was made."""
        return person.pk == self.owner_id or person.has_perm("deciding.change", self)

    # ── what becomes of it ──

    def come_from(self, row: Iterable[models.Model]) -> None:
        """Note the things because of which it was made; whoever is heard on their threads hears of it too."""
        origins = [Origin(commitment=self, thing=label_of(thing), thing_key=thing.pk) for thing in row]
        Origin.objects.bulk_create(origins, ignore_conflicts=True)

    @transaction.atomic
    def keep(self, see: Said, *, by: Person, on: date | None = None, at: datetime | None = None) -> "Keeping":
        """Say that it was kept, and what there is to see. Raises AlreadySettled."""
        self._must_be_unsettled()
        at = at or timezone.now()
        on = on or timezone.localdate(at)
        keeping = Keeping.objects.create(commitment=self, words=words(see), on=on, by=by, at=at)
        others = Commitment.objects.unsettled().filter(loop=self.loop_id).exclude(pk=self.pk)
        self.tell(Turn.CAME_FURTHER if others.exists() else Turn.DELIVERED, see, by=by, at=at)
        return keeping

    @transaction.atomic
    def change(
        self, why: Said, *, by: Person, said: Said = "", due: date | None = None, at: datetime | None = None
    ) -> "Change":
        """Put new words or another day in the place of those that were promised; the old ones stay readable."""
        self._must_be_unsettled()
        found = Commitment.objects.get(pk=self.pk)
        at = at or timezone.now()
        change = found.changes.create(old_words=found.words, old_due=found.due, why=words(why), by=by, at=at)
        self.words, self.due = words(said) or found.words, due or found.due
        self.save(update_fields=["words", "due"])
        self.tell(Turn.CHANGED, why, by=by, at=at)
        return change

    @transaction.atomic
    def give_up(self, why: Said, *, by: Person, at: datetime | None = None) -> "GivenUp":
        """Say that it will not be kept, and why. Raises AlreadySettled."""
        self._must_be_unsettled()
        at = at or timezone.now()
        given_up = GivenUp.objects.create(commitment=self, why=words(why), by=by, at=at)
        self.tell(Turn.GIVEN_UP, why, by=by, at=at)
        return given_up

    def _must_be_unsettled(self) -> None:
        """Locks the row: of two who settle it at the same moment, one does."""
        locked = Commitment.objects.select_for_update(of=("self",)).filter(pk=self.pk)
        if not locked.exists() or not Commitment.objects.unsettled().filter(pk=self.pk).exists():
            raise AlreadySettled

    def tell(self, turn: Turn, said: Said, *, by: Person | None, at: datetime | None = None) -> None:
        """Record it on its own story and on those of the things that it came from; each who was heard is told once."""
        at = at or timezone.now()
        for loop in self.loops():
            loop.record(turn, _named(self.words, said), by=by, thing=self, at=at)

    def loops(self) -> list[Loop]:
        others = {loop.pk: loop for origin in self.origins_found() for loop in Loop.objects.of(origin)}
        others.pop(self.loop_id, None)
        return [self.loop, *others.values()]

    def origins_found(self) -> Iterator[models.Model]:
        """The things that it came from, as far as they are still there."""
        for origin in self.origins.all():
            if origin.thing in things:
                yield from things_by_key(origin.thing, [origin.thing_key]).values()


def _named(promise: Words, said: Said) -> dict[str, str]:
    """What happened, with the promise that it happened to: a story may have several."""
    told = words(said)
    if told == promise:
        return told
    codes = dict.fromkeys([*told, *promise])
    return {code: f"{promise.in_language(code)[0]}\n\n{told.in_language(code)[0]}" for code in codes}


class Origin(models.Model):
    """Because of what a commitment was made: a ruling's decision, an answered proposal, a vote, a board's advice."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="origins")
    thing = models.CharField(max_length=60)
    thing_key = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "thing", "thing_key"], name="commitment_origin_once")
        ]
        indexes = [models.Index(fields=["thing", "thing_key"], name="commitment_by_origin")]


class Keeping(models.Model):
    """It was kept: on which day, and what there is to see."""

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="keeping")
    words = WordsField(_("what there is to see"))
    on = models.DateField(_("kept on"), default=timezone.localdate)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("keeping of a commitment")
        verbose_name_plural = _("keepings of commitments")


class Change(models.Model):
    """New words or another day took the place of these, for this reason."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="changes")
    old_words = WordsField(_("what was promised before"))
    old_due = models.DateField(_("due before"))
    why = WordsField(_("why"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("change of a commitment")
        verbose_name_plural = _("changes of commitments")


class GivenUp(models.Model):
    """It will not be kept, and why."""

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="giving_up")
    why = WordsField(_("why it could not be kept"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("commitment given up")
        verbose_name_plural = _("commitments given up")
