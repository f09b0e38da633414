"""Advisory boards: what a board is for, who asks to join it, who sits on it and since when."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.lib.translated import WordsField
from rapport.listening.models import Channel
from rapport.listening.models.voice import new_code
from rapport.loop.models import Speaker
from rapport.people.models import Person
from rapport.places.models import Branch


class BoardKind(models.TextChoices):
    TEEN = "teen", _("Teen board")
    COMMUNITY = "community", _("Community board")
    FRIENDS = "friends", _("Friends of the library")


class BoardFull(Exception):
    """As many sit on it as its charter has places for."""


class AlreadyApplied(Exception):
    """This person's application is waiting already, or they sit on the board."""


class BoardQuerySet(models.QuerySet["Board"]):
    def open(self) -> "BoardQuerySet":
        return self.filter(ended_on=None)

    def reached_by(self, person: Person, permission: str) -> "BoardQuerySet":
        branches = person.branches_where(permission)
        return self if branches is None else self.filter(Q(branch__in=branches) | Q(branch=None))


class Board(models.Model):
    """People who advise the library again and again, and its charter: what they are promised for it."""

    kind = models.CharField(_("what kind"), max_length=12, choices=BoardKind.choices)
    name = WordsField(_("name"))
    purpose = WordsField(_("what it is for"))
    size = models.PositiveSmallIntegerField(_("places"))
    meets = WordsField(_("how often it meets"), blank=True)
    promise = WordsField(_("what is promised for its advice"))
    answer_days = models.PositiveSmallIntegerField(_("days until advice is answered"), default=30)
    term_months = models.PositiveSmallIntegerField(_("months of a term"), default=12)
    decider = WordsField(_("who decides who joins"), blank=True)
    takes_applications = models.BooleanField(_("takes applications"), default=True)
    asks_for_guardian = models.BooleanField(_("asks the under-aged for a parent’s contact"), default=False)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    since = models.DateField(_("since"), default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="board_has_places")]
        verbose_name = _("advisory board")
        verbose_name_plural = _("advisory boards")

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("deciding:board", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    def free_places(self) -> int:
        return max(0, self.size - self.terms.filter(is_open=True).count())

    @transaction.atomic
    def apply(
        self,
        why: str,
        *,
        name: str,
        channel: str = Channel.WEB,
        person: Person | None = None,
        email: str = "",
        phone: str = "",
        language: str = "",
        guardian: str = "",
        by: Person | None = None,
    ) -> "Application":
        """Ask to join. Raises AlreadyApplied where this person waits for an answer or is a member."""
        speaker = Speaker.objects.reached_at(person=person, email=email, phone=phone, language=language, name=name)
        if speaker is not None and self.terms.filter(is_open=True, speaker=speaker).exists():
            raise AlreadyApplied
        try:
            with transaction.atomic():
                return self.applications.create(
                    name=name, why=why, speaker=speaker, person=person, channel=channel,
                    language=language or settings.LANGUAGE_CODE, guardian=guardian, by=by,
                )  # fmt: skip
        except IntegrityError:
            raise AlreadyApplied from None

    @transaction.atomic
    def seat(
        self,
        name: str,
        *,
        by: Person | None,
        since: date | None = None,
        speaker: Speaker | None = None,
        person: Person | None = None,
        **fields: Any,
    ) -> "Term":
        """Begin somebody's term. Locks the board: of those who take the last place at one moment, one gets it.

        Raises BoardFull, or AlreadyApplied where their term is running.
        """
        locked = Board.objects.select_for_update().get(pk=self.pk)
        if locked.free_places() < 1:
            raise BoardFull
        since = since or timezone.localdate()
        try:
            with transaction.atomic():
                return self.terms.create(
                    name=name, speaker=speaker, person=person, by=by, since=since,
                    until=_months_after(since, locked.term_months), **fields,
                )  # fmt: skip
        except IntegrityError:
            raise AlreadyApplied from None


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    next_month = (first + timedelta(days=32)).replace(day=1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), next_month - timedelta(days=1))


class ApplicationQuerySet(models.QuerySet["Application"]):
    def waiting(self) -> "ApplicationQuerySet":
        return self.filter(is_waiting=True).order_by("at", "pk")


class Application(models.Model):
    """Somebody asks to join a board. What they wrote is read by staff only; each gets an answer with a reason."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="applications")
    name = models.CharField(_("name"), max_length=120)
    why = models.TextField(_("why they would like to join"), blank=True)
    guardian = models.CharField(_("how to reach a parent"), max_length=200, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    code = models.CharField(max_length=8, unique=True, default=new_code)  # to ask at the desk with
    is_waiting = models.BooleanField(default=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "speaker"],
                condition=Q(is_waiting=True, speaker__isnull=False),
                name="applies_once_at_a_time",
            )
        ]
        verbose_name = _("application")
        verbose_name_plural = _("applications")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("deciding:application", args=[self.secret])

    @property
    def answered(self) -> "ApplicationAnswer | None":
        return getattr(self, "answer", None)

    @transaction.atomic
    def accept(self, reason: str, *, by: Person) -> "ApplicationAnswer":
        """They join from today on. Raises BoardFull; the database keeps the first of two answers."""
        term = self.board.seat(self.name, by=by, speaker=self.speaker, person=self.person)
        return self._answer(reason, term=term, by=by)

    @transaction.atomic
    def decline(self, reason: str, *, by: Person) -> "ApplicationAnswer":
        return self._answer(reason, term=None, by=by)

    def _answer(self, reason: str, *, term: "Term | None", by: Person) -> "ApplicationAnswer":
        answer = ApplicationAnswer.objects.create(
            application=self, is_accepted=term is not None, reason=reason, term=term, by=by
        )
        Application.objects.filter(pk=self.pk).update(is_waiting=False, guardian="")
        later(answer.tell)
        return answer


class ApplicationAnswer(models.Model):
    """Whether somebody joins, with the reason that they read."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="answer")
    term = models.OneToOneField("deciding.Term", models.SET_NULL, null=True, blank=True, related_name="+")
    is_accepted = models.BooleanField()
    reason = models.TextField(_("reason"), max_length=2000)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    @can_wait
    def tell(self) -> None:
        from rapport.deciding.board_letters import address, tell

        asked = self.application
        tell(
            asked.speaker, f"application:{asked.pk}", "deciding/boards/answer.txt",
            lambda: gettext("Your application: %(board)s") % {"board": asked.board}, branch=asked.board.branch,
            answer=self, application=asked, board=asked.board, url=address(asked.get_absolute_url()),
        )  # fmt: skip


class TermQuerySet(models.QuerySet["Term"]):
    def running(self) -> "TermQuerySet":
        return self.filter(is_open=True)


class Term(models.Model):
    """Somebody sits on a board: since when, until when, and why it ended. Their name is public only if they wish so."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="terms")
    name = models.CharField(_("name"), max_length=120)
    is_named = models.BooleanField(_("their name may be read by anyone"), default=False)
    role = WordsField(_("what they do on it"), blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"))
    is_open = models.BooleanField(default=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "speaker"],
                condition=Q(is_open=True, speaker__isnull=False),
                name="one_open_term_for_a_member",
            ),
            models.UniqueConstraint(
                fields=["board", "person"],
                condition=Q(is_open=True, person__isnull=False),
                name="one_open_term_for_an_account",
            ),
        ]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Its last day has passed, and nobody has said yet whether it goes on."""
        return self.is_open and self.until < timezone.localdate()

    @transaction.atomic
    def renew(self, until: date, *, by: Person) -> "Renewal":
        renewal = Renewal.objects.create(term=self, was_until=self.until, until=until, by=by)
        Term.objects.filter(pk=self.pk, is_open=True).update(until=until)
        return renewal

    @transaction.atomic
    def end(self, reason: str, *, by: Person, on: date | None = None) -> "TermEnd":
        """They leave; the place is free. The database keeps the first of two who say so."""
        ending = TermEnd.objects.create(term=self, reason=reason, on=on or timezone.localdate(), by=by)
        Term.objects.filter(pk=self.pk).update(is_open=False)
        return ending


class Renewal(models.Model):
    term = models.ForeignKey(Term, models.CASCADE, related_name="renewals")
    was_until = models.DateField()
    until = models.DateField(_("until"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class TermEnd(models.Model):
    """Why somebody left. For staff and the member only."""

    term = models.OneToOneField(Term, models.CASCADE, related_name="ending")
    reason = models.CharField(_("why"), max_length=300)
    on = models.DateField(_("on"), default=timezone.localdate)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
