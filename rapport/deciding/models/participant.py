"""Who takes part, as far as it must be known: once each, by whatever way they come."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Optional

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.listening.models.voice import new_code
from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.places.models import Branch

if TYPE_CHECKING:
    from .process import Process


class Tier(models.TextChoices):
    """How sure the library is that somebody takes part once, from the least to the most."""

    ANYONE = "anyone", _("anyone, without being asked who they are")
    REACHED = "reached", _("whoever shows a mail address, or the code of something that they told us")
    CARD = "card", _("whoever shows a library card; its number is not kept")
    ON_SITE = "on_site", _("whoever got a code card or a paper from us in person")

    @property
    def rank(self) -> int:
        return list(Tier).index(self)

    def is_met_by(self, shown: "Tier") -> bool:
        return shown.rank >= self.rank


class ProofKind(models.TextChoices):
    ACCOUNT = "account", _("an account")
    MAIL = "mail", _("a mail address")
    VOICE = "voice", _("the code of something told us")
    CARD = "card", _("a library card")
    CODE_CARD = "code_card", _("a code card")
    IN_PERSON = "in_person", _("came in person")

    @property
    def tier(self) -> Tier:
        return _TIERS[self]


_TIERS = {
    ProofKind.ACCOUNT: Tier.REACHED,
    ProofKind.MAIL: Tier.REACHED,
    ProofKind.VOICE: Tier.REACHED,
    ProofKind.CARD: Tier.CARD,
    ProofKind.CODE_CARD: Tier.ON_SITE,
    ProofKind.IN_PERSON: Tier.ON_SITE,
}


class TierNotMet(Exception):
    """This act wants a proof that the participant has not shown; `wanted` says which."""

    def __init__(self, wanted: Tier) -> None:
        super().__init__(wanted)
        self.wanted = wanted


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def join(
        self,
        process: "Process",
        *,
        channel: str = Channel.WEB,
        person: Person | None = None,
        **fields: object,
    ) -> "Participant":
        """Somebody new takes part; a person with an account is one participant, however often they come."""
        if person is None:
            return self.create(process=process, channel=channel, **fields)
        participant, is_new = self.get_or_create(
            process=process, person=person, defaults={"channel": channel, "name": person.name, **fields}
        )
        if is_new:
            return participant.show(ProofKind.MAIL, person.email, also=[(ProofKind.ACCOUNT, str(person.pk))])
        return participant

    def who_showed(self, process: "Process", kind: ProofKind, value: str) -> Optional["Participant"]:
        """The participant who has shown this before, if anybody did."""
        return self.filter(proofs__process=process, proofs__kind=kind, proofs__digest=digest(process, value)).first()


class Participant(models.Model):
    """Somebody who takes part in a process: with an account, by a code, on paper, at the desk or by phone.

    Staff see how many there are and by which way they came; what somebody voted in secret is never tied to them.
    """

    process = models.ForeignKey("deciding.Process", models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name that others may read"), max_length=80, blank=True)
    code = models.CharField(max_length=8, unique=True, default=new_code)  # to come back with, from any device
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.ANYONE)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12, blank=True)
    since = models.DateField(default=timezone.localdate)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "person"], condition=Q(person__isnull=False), name="takes_part_once"
            )
        ]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    def show(self, kind: ProofKind, value: str, *, also: Iterable[tuple[ProofKind, str]] = ()) -> "Participant":
        """Note a proof, as a keyed hash and never as such; whoever showed the same before is the same participant.

        Answers with the one who holds the proof: this one, or the one who came first.
        """
        for one, shown in [(kind, value), *also]:
            holder = self._hold(one, shown)
            if holder != self:
                return holder
        return self

    def _hold(self, kind: ProofKind, value: str) -> "Participant":
        try:
            with transaction.atomic():
                Proof.objects.create(
                    participant=self, process=self.process, kind=kind, digest=digest(self.process, value)
                )
        except IntegrityError:
            holder = Participant.objects.who_showed(self.process, kind, value)
            if holder is None:
                raise
            return holder
        if kind.tier.rank > Tier(self.tier).rank:
            self.tier = kind.tier
            self.save(update_fields=["tier"])
        return self

    def meets(self, tier: str) -> bool:
        return Tier(tier).is_met_by(Tier(self.tier))

    def must_meet(self, tier: str) -> None:
        """Raises TierNotMet."""
        if not self.meets(tier):
            raise TierNotMet(Tier(tier))

    @transaction.atomic
    def absorb(self, other: "Participant") -> None:
        """They were one all the time: what the other did is this one's, as far as it was not done twice.

        Where both have voted, both ballots lie in the urn and nobody can take one out: then the other stays.
        """
        for relation in Participant._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel):
                _move(relation, other, self)
        Participant.objects.filter(pk=self.pk).update(
            tier=max(self.tier, other.tier, key=lambda tier: Tier(tier).rank),
            speaker=self.speaker_id or other.speaker_id,
            name=self.name or other.name,
        )
        self.refresh_from_db()
        if not other.has_voted():
            other.delete()

    def has_voted(self) -> bool:
        from .ballot import Turnout  # it needs this module first

        return Turnout.objects.filter(participant=self).exists()

    @transaction.atomic
    def claim(self, person: Person) -> "Participant":
        """Somebody who took part without an account says: that was me. Answers with the one who is left."""
        known = Participant.objects.filter(process=self.process, person=person).first()
        if known is None:
            Participant.objects.filter(pk=self.pk).update(person=person, name=self.name or person.name)
            self.refresh_from_db()
            holder = self.show(ProofKind.MAIL, person.email, also=[(ProofKind.ACCOUNT, str(person.pk))])
        else:
            holder = known
        if holder != self:
            holder.absorb(self)
        return holder

    @property
    def spoken_code(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"

    def hear(self, speaker: Speaker | None) -> None:
        """They want to be told what comes of it."""
        if speaker is None:
            return
        Participant.objects.filter(pk=self.pk).update(speaker=speaker)
        self.process.decision.loop.hear([speaker])


def _move(relation: "models.ManyToOneRel", before: Participant, after: Participant) -> None:
    name = relation.field.name
    rows = relation.related_model._base_manager
    for key in rows.filter(**{name: before}).values_list("pk", flat=True):
        with suppress(IntegrityError), transaction.atomic():
            rows.filter(pk=key).update(**{name: after})


def digest(process: "Process", value: str) -> str:
    """A keyed hash that is another one in every process, so what was shown in two of them cannot be compared."""
    return salted_hmac("deciding.proof", f"{process.pk}:{value.strip().casefold()}", algorithm="sha256").hexdigest()


class Proof(models.Model):
    """That somebody showed something which only one person has; the database lets nobody show it as two people."""

    process = models.ForeignKey("deciding.Process", models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=12, choices=ProofKind.choices)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "kind", "digest"], name="shown_by_one_participant")]


class CodeCard(models.Model):
    """A printed card with a code, for people without e-mail and for children: who has it may take part, once."""

    process = models.ForeignKey("deciding.Process", models.CASCADE, related_name="code_cards")
    code = models.CharField(max_length=8, unique=True, default=new_code)
    batch = models.CharField(_("for whom"), max_length=80, blank=True)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("code card")
        verbose_name_plural = _("code cards")

    def __str__(self) -> str:
        return self.code

    @property
    def spoken_code(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"

    @staticmethod
    @transaction.atomic
    def deal(
        process: "Process", copies: int, *, by: Person, batch: str = "", branch: Branch | None = None
    ) -> "list[CodeCard]":
        """Make so many new cards, to be printed and handed out."""
        cards = [CodeCard(process=process, batch=batch, branch=branch, by=by) for _copy in range(copies)]
        return CodeCard.objects.bulk_create(cards, batch_size=500)

    @staticmethod
    def stop_batch(process: "Process", batch: str) -> int:
        """Nobody comes in by these cards any more; whoever has come in stays."""
        cards = CodeCard.objects.filter(process=process, batch=batch, stopped_at=None)
        return cards.update(stopped_at=timezone.now())

    def take_part(self, *, channel: str = Channel.WEB, language: str = "") -> Participant:
        """The participant behind this card; the same one whenever it is shown."""
        known = Participant.objects.who_showed(self.process, ProofKind.CODE_CARD, self.code)
        if known is not None:
            return known
        with transaction.atomic():
            new = Participant.objects.join(self.process, channel=channel, branch=self.branch, language=language)
            holder = new.show(ProofKind.CODE_CARD, self.code)
            if holder != new:  # shown twice at the same moment
                new.delete()
            return holder
