"""Statements on paper: numbered sheets with three boxes each, entered by one person or by two."""

from collections.abc import Mapping

from django.db import IntegrityError, models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.people.models import Person
from rapport.places.models import Branch

from .conversation import Conversation
from .opinion_vote import OpinionVote
from .participant import Participant, ProofKind


class SheetAlreadyEntered(Exception):
    """This sheet is done, or this person has entered it."""


class OpinionPrint(models.Model):
    """Copies that were printed together: which numbers they have, and which statements stand on them."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="prints")
    first = models.PositiveIntegerField()
    copies = models.PositiveSmallIntegerField(_("copies"))
    language = models.CharField(_("language"), max_length=24)
    statements = models.JSONField(default=list)  # their numbers, in the order of the paper
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-first"]
        constraints = [models.UniqueConstraint(fields=["conversation", "first"], name="sheet_numbers_given_once")]
        verbose_name = _("printed opinion sheets")
        verbose_name_plural = _("printed opinion sheets")

    @staticmethod
    @transaction.atomic
    def make(
        conversation: Conversation,
        copies: int,
        *,
        language: str,
        statements: list[int],
        by: Person,
        branch: Branch | None = None,
    ) -> "OpinionPrint":
        """Take the next numbers for so many copies."""
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        last = conversation.prints.order_by("-first").first()
        entered = conversation.sheets.aggregate(last=Max("serial"))["last"] or 0
        first = max(last.first + last.copies if last else 1, entered + 1)
        return OpinionPrint.objects.create(
            conversation=conversation, first=first, copies=copies, language=language, statements=statements,
            branch=branch, by=by,
        )  # fmt: skip

    @property
    def last(self) -> int:
        return self.first + self.copies - 1

    @property
    def serials(self) -> range:
        return range(self.first, self.first + self.copies)

    @staticmethod
    def holding(conversation: Conversation, serial: int) -> "OpinionPrint | None":
        run = conversation.prints.filter(first__lte=serial).order_by("-first").first()
        return run if run and serial <= run.last else None


class OpinionSheet(models.Model):
    """One paper copy that came back. `entries` is emptied when its votes are taken."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="sheets")
    serial = models.PositiveIntegerField(_("number on the sheet"))
    language = models.CharField(max_length=24, blank=True)
    participant = models.OneToOneField(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    cells = models.PositiveIntegerField(default=0)  # compared
    differing = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["conversation", "serial"], name="opinion_sheet_once")]
        verbose_name = _("opinion sheet")
        verbose_name_plural = _("opinion sheets")

    def __str__(self) -> str:
        return str(self.serial)

    @staticmethod
    @transaction.atomic
    def enter(
        conversation: Conversation, serial: int, votes: Mapping[int, int], *, by: Person, language: str = ""
    ) -> "OpinionSheet":
        """Write down what a sheet says, by the numbers of its statements.

        Where two people enter each, it counts when both read the same. Raises SheetAlreadyEntered.
        """
        OpinionSheet.objects.get_or_create(conversation=conversation, serial=serial, defaults={"language": language})
        sheet = OpinionSheet.objects.select_for_update().get(conversation=conversation, serial=serial)
        turn = sheet.entries.count() + 1
        if sheet.settled_at or turn > (2 if conversation.is_doubled else 1):
            raise SheetAlreadyEntered
        read = {str(number): vote for number, vote in votes.items()}
        try:
            with transaction.atomic():
                sheet.entries.create(turn=turn, by=by, votes=read)
        except IntegrityError as problem:
            raise SheetAlreadyEntered from problem
        if not conversation.is_doubled or (turn == 2 and not sheet.differences()):
            sheet.settle(read)
        return sheet

    def differences(self) -> list[tuple[int, int | None, int | None]]:
        """The number of each statement that two people read differently, and what each read."""
        entries = [entry.votes for entry in self.entries.order_by("turn")]
        if len(entries) < 2:
            return []
        first, second = entries
        numbers = sorted({*first, *second}, key=int)
        return [(int(n), first.get(n), second.get(n)) for n in numbers if first.get(n) != second.get(n)]

    @transaction.atomic
    def settle(self, votes: Mapping[str, int]) -> None:
        """Its votes count from now on, as those of one more participant; of two who settle at once, one does."""
        apart, entered = self.differences(), self.entries.count()
        mine = OpinionSheet.objects.filter(pk=self.pk, settled_at=None)
        if not mine.update(settled_at=timezone.now()):
            raise SheetAlreadyEntered
        process = self.conversation.process
        someone = Participant.objects.join(process, channel=Channel.PAPER, language=self.language)
        someone.show(ProofKind.IN_PERSON, f"opinion-sheet:{self.conversation_id}:{self.serial}")
        keys = dict(self.conversation.statements.values_list("number", "pk"))
        taken = {keys[int(number)]: vote for number, vote in votes.items() if int(number) in keys}
        OpinionVote.objects.take(taken, participant=someone)
        cells = len(votes) if entered == 2 else 0
        OpinionSheet.objects.filter(pk=self.pk).update(participant=someone, cells=cells, differing=len(apart))
        self.entries.update(votes={})
        self.refresh_from_db()
        self.conversation.ask_for_drawing()


class OpinionEntry(models.Model):
    """What one person read on a sheet; the second entry is made blind, by somebody else."""

    sheet = models.ForeignKey(OpinionSheet, models.CASCADE, related_name="entries")
    turn = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    votes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "turn"], name="opinion_sheet_entered_once_a_turn"),
            models.UniqueConstraint(fields=["sheet", "by"], name="opinion_sheet_entered_by_two"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="opinion_sheet_entered_twice_at_most"),
        ]
        verbose_name = _("entry of an opinion sheet")
        verbose_name_plural = _("entries of opinion sheets")
