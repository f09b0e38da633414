"""Several proposals become one, or one becomes several: with the consent of their authors, and everyone is told."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Turn
from rapport.people.models import Person

from .amendment import AlreadyAnswered
from .authorship import Authorship
from .collection import Collection
from .participant import Participant
from .proposal import Proposal, ProposalState
from .support import Support, recount

Text = tuple[str, str]  # a title, and the words


class NotToBeMerged(Exception):
    """One of them is not public, of another place, or waits for the consent to something else already."""


class MergingState(models.TextChoices):
    WAITING = "waiting", _("waiting for the authors")
    DONE = "done", _("done")
    DECLINED = "declined", _("an author said no")
    CALLED_OFF = "called_off", _("called off")


class MergingQuerySet(models.QuerySet["Merging"]):
    @transaction.atomic
    def propose(self, sources: Sequence[Proposal], results: Sequence[Text], *, by: Person, why: str = "") -> "Merging":
        """Ask the authors. Two or more into one, or one into two or more. Raises NotToBeMerged, ValueError."""
        if not (len(sources) >= 2 and len(results) == 1) and not (len(sources) == 1 and len(results) >= 2):
            raise ValueError("Several become one, or one becomes several")
        locked = list(Proposal.objects.select_for_update().filter(pk__in=[s.pk for s in sources]).order_by("pk"))
        if len({one.collection_id for one in locked}) != 1 or not all(one.is_public for one in locked):
            raise NotToBeMerged
        merging = self.create(collection=locked[0].collection, by=by, why=why)
        try:
            with transaction.atomic():
                merging.parts.bulk_create([MergingPart(merging=merging, proposal=one) for one in locked])
        except IntegrityError as problem:
            raise NotToBeMerged from problem
        merging.results.bulk_create(
            [
                MergingResult(merging=merging, title=title, words=said, order=n)
                for n, (title, said) in enumerate(results)
            ]
        )
        return merging


class Merging(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="mergings")
    why = models.TextField(_("why"), blank=True)
    state = models.CharField(max_length=10, choices=MergingState.choices, default=MergingState.WAITING)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MergingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merging")
        verbose_name_plural = _("mergings")

    @property
    def is_split(self) -> bool:
        return len(self.results.all()) > 1

    @property
    def is_waiting(self) -> bool:
        return self.state == MergingState.WAITING

    @property
    def still_to_consent(self) -> "list[MergingPart]":
        return [part for part in self.parts.all() if part.consented_at is None]

    @transaction.atomic
    def consent(
        self,
        proposal: Proposal,
        *,
        by: Participant | None = None,
        entered_by: Person | None = None,
        at: datetime | None = None,
    ) -> bool:
        """An author agrees, for the proposal; `entered_by` notes what one of them said to a colleague.

        With the last consent it happens; says whether it has. Raises NotYours, AlreadyAnswered.
        """
        merging = self._locked()
        if by is not None:
            proposal.must_be_by(by)
        elif entered_by is None:
            raise ValueError("Somebody consents")
        merging.parts.filter(proposal=proposal, consented_at=None).update(
            consented_at=at or timezone.now(), consented_by=by, entered_by=entered_by
        )
        if merging.parts.filter(consented_at=None).exists():
            return False
        merging._happen(at or timezone.now())
        self.refresh_from_db()
        return True

    @transaction.atomic
    def refuse(self, proposal: Proposal, *, by: Participant) -> None:
        """An author does not want it: everything stays as it is. Raises NotYours, AlreadyAnswered."""
        merging = self._locked()
        proposal.must_be_by(by)
        merging._end(MergingState.DECLINED)
        self.refresh_from_db()

    @transaction.atomic
    def call_off(self) -> None:
        self._locked()._end(MergingState.CALLED_OFF)
        self.refresh_from_db()

    def _locked(self) -> "Merging":
        merging = Merging.objects.select_for_update().get(pk=self.pk)
        if not merging.is_waiting:
            raise AlreadyAnswered
        return merging

    def _end(self, state: MergingState, at: datetime | None = None) -> None:
        self.state, self.settled_at = state, at or timezone.now()
        self.save(update_fields=["state", "settled_at"])
        if state != MergingState.DONE:
            self.parts.update(is_live=False)

    def _happen(self, at: datetime) -> None:
        keys = self.parts.values_list("proposal", flat=True)
        sources = list(Proposal.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk"))
        if not all(source.is_public for source in sources):
            raise NotToBeMerged
        for source in sources:
            source.state = ProposalState.MERGED
            source.save(update_fields=["state"])
        made = [self._make(result, sources, at) for result in self.results.all()]
        self._tell(sources, made, at)
        self._end(MergingState.DONE, at)

    def _make(self, result: "MergingResult", sources: Sequence[Proposal], at: datetime) -> Proposal:
        first = sources[0]
        new = Proposal.objects.create(
            collection=self.collection,
            language=first.language,
            title={first.language: result.title},
            words={first.language: result.words},
            category=first.category,
            branch=first.branch if len({source.branch_id for source in sources}) == 1 else None,
            channel=first.channel,
            at=at,
        )
        _carry_authors(new, sources)
        new.appear(at=at)
        _carry_supports(new, sources)
        MergingResult.objects.filter(pk=result.pk).update(proposal=new)
        return new

    def _tell(self, sources: Sequence[Proposal], made: Sequence[Proposal], at: datetime) -> None:
        from rapport.deciding.said import in_all_languages

        def said() -> str:
            before = ", ".join(f"“{source.title}”" for source in sources)
            after = ", ".join(f"“{new.title}”" for new in made)
            words = {"before": before, "after": after}
            return str(_("From %(before)s came %(after)s. Your support went along.") % words)

        for source in sources:
            if source.loop is not None:
                source.loop.record(Turn.WENT_ON, in_all_languages(said), by=self.by, thing=source, at=at)
                source.loop.close(by=self.by, at=at)
                for new in made:
                    if new.loop is not None:
                        new.loop.hang([source])
                        new.loop.hear([heard.speaker for heard in source.loop.heard.select_related("speaker")])


def _carry_authors(new: Proposal, sources: Iterable[Proposal]) -> None:
    for source in sources:
        for one in source.authorships.all():
            Authorship.objects.get_or_create(
                proposal=new, participant=one.participant, defaults={"name": one.name, "at": one.at}
            )


def _carry_supports(new: Proposal, sources: Iterable[Proposal]) -> None:
    """Whoever supported two of them supports the new one once."""
    carried = [
        Support(
            proposal=new,
            participant_id=support.participant_id,
            channel=support.channel,
            entered_by_id=support.entered_by_id,
            is_proven=support.is_proven,
            sheet_mark=support.sheet_mark,
            is_carried=True,
            at=support.at,
        )
        for source in sources
        for support in source.supports.all()
    ]
    Support.objects.bulk_create(carried, ignore_conflicts=True, batch_size=500)
    recount(new)


class MergingPart(models.Model):
    """One of the proposals that it is made of, and whether its authors agreed."""

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="parts")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="merging_parts")
    is_live = models.BooleanField(default=True)  # until it is declined or called off
    consented_at = models.DateTimeField(null=True, blank=True)
    consented_by = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(is_live=True), name="in_one_merging_at_a_time"
            )
        ]


class MergingResult(models.Model):
    """What comes of it: the words that the authors agree to, and the proposal once they have."""

    merging = models.ForeignKey(Merging, models.CASCADE, related_name="results")
    title = models.CharField(_("title"), max_length=200)
    words = models.TextField(_("words"))
    order = models.PositiveSmallIntegerField(default=0)
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="made_by")

    class Meta:
        ordering = ["order", "pk"]
