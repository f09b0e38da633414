"""A program that a neighbour or a partner proposes. It is a voice, so whoever proposes hears what came of it."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.insight.models import Need
from rapport.listening.models import Status, Voice
from rapport.loop.models import Loop, Turn
from rapport.people.models import Person

from .offered import Band
from .program import Program


class ProgramProposalQuerySet(models.QuerySet["ProgramProposal"]):
    def waiting(self) -> "ProgramProposalQuerySet":
        return self.filter(program=None, refusal=None, voice__held_at=None)

    def held(self) -> "ProgramProposalQuerySet":
        return self.filter(voice__held_at__isnull=False)


class ProgramProposal(models.Model):
    """What it would be, for whom, who would lead it, and what it needs."""

    voice = models.OneToOneField(Voice, models.CASCADE, related_name="+")
    title = models.CharField(_("what would you call it"), max_length=200)
    audience = models.CharField(_("for whom first"), max_length=20, choices=Band.choices, default=Band.GENERAL)
    why = models.TextField(_("why it matters"), blank=True)
    leads = models.CharField(_("who would lead it"), max_length=300, blank=True)
    gives = models.CharField(_("what you would bring"), max_length=500, blank=True)
    takes = models.CharField(_("what the library would give"), max_length=500, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    program = models.OneToOneField(Program, models.SET_NULL, null=True, blank=True, related_name="proposed")
    at = models.DateTimeField(default=timezone.now)

    objects = ProgramProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("proposed program")
        verbose_name_plural = _("proposed programs")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programs:desk-proposal", args=[self.pk])

    @property
    def refused(self) -> "ProposalRefusal | None":
        return getattr(self, "refusal", None)

    @property
    def is_waiting(self) -> bool:
        return self.program_id is None and self.refused is None

    @transaction.atomic
    def take_up(self, *, by: Person, need: Need | None, said: str = "", **facts: Any) -> Program:
        """Make a draft of it. Whoever proposed it is told, and hears of every turn from now on."""
        proposal = ProgramProposal.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not proposal.is_waiting:
            raise ValueError("Somebody has dealt with it already")
        title: Mapping[str, str] = {self.voice.language: self.title}
        about = {self.voice.language: self.voice.words_for_others.removeprefix(self.title).strip()}
        fields = {"audience": self.audience, "branch": self.voice.branch, "about": about, **facts}
        program = Program.objects.plan(title, by=by, need=need, **fields)
        loop = program.loop or self._new_loop(program, by)
        loop.hang([self.voice])
        loop.hear([self.voice.speaker] if self.voice.speaker else [])
        ProgramProposal.objects.filter(pk=self.pk).update(program=program)
        self.program = program
        self.voice.move(Status.PLANNED, by=by)
        if said:
            self.voice.answer(said, by=by)
        return program

    def _new_loop(self, program: Program, by: Person) -> Loop:
        loop = Loop.objects.begin(program.title, by=by, branch=program.branch)
        loop.record(Turn.PLANNED, program.title, by=by, thing=program)
        program.loop = loop
        program.save(update_fields=["loop"])
        return loop

    @transaction.atomic
    def decline(self, why: str, *, by: Person) -> "ProposalRefusal":
        """Say no, with the reason that its proposer reads."""
        refusal = ProposalRefusal.objects.create(proposal=self, why=why, by=by)
        self.voice.move(Status.DECLINED, by=by, reason=why)
        self.voice.answer(why, by=by)
        return refusal


class ProposalRefusal(models.Model):
    proposal = models.OneToOneField(ProgramProposal, models.CASCADE, related_name="refusal")
    why = models.TextField(_("reason"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refusal of a proposed program")
        verbose_name_plural = _("refusals of proposed programs")
