"""Who wants a program that has no date yet. They hear of its first date before others do."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.lib.translated import WordsField
from rapport.loop.models import Speaker
from rapport.people.models import Person

from .program import Program
from .session import Session

HEAD_START = timedelta(days=2)


class InterestListQuerySet(models.QuerySet["InterestList"]):
    def open(self) -> "InterestListQuerySet":
        return self.filter(closed_at=None)


class InterestList(models.Model):
    """A program that is not planned yet is shown to everyone, and they may say that they would come."""

    program = models.OneToOneField(Program, models.CASCADE, related_name="interest_list")
    words = WordsField(_("what you would like to know from people"), blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = InterestListQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("interest list")
        verbose_name_plural = _("interest lists")

    def join(self, speaker: Speaker, note: str = "") -> "Interest":
        """Whoever joins twice stands there once, with what was said last."""
        return self.interests.update_or_create(speaker=speaker, defaults={"note": note[:300]})[0]

    def close(self) -> None:
        InterestList.objects.filter(pk=self.pk, closed_at=None).update(closed_at=timezone.now())

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Interest(models.Model):
    list = models.ForeignKey(InterestList, models.CASCADE, related_name="interests")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="+")
    note = models.CharField(_("what would suit you"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["list", "speaker"], name="interested_once")]
        verbose_name = _("interest")
        verbose_name_plural = _("interests")


class HeadStartQuerySet(models.QuerySet["HeadStart"]):
    @transaction.atomic
    def give(self, session: Session, *, by: Person, until: datetime | None = None) -> "HeadStart":
        """Offer this date first to those on the list of its program: they get a letter, and some time before others."""
        start = self.create(session=session, by=by, until=until or timezone.now() + HEAD_START)
        later(start.write_letters)
        return start


class HeadStart(models.Model):
    """Until then only those who were on the interest list may take a place."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="head_start")
    until = models.DateTimeField(_("until"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = HeadStartQuerySet.as_manager()

    class Meta:
        verbose_name = _("head start")
        verbose_name_plural = _("head starts")

    @can_wait
    def write_letters(self) -> None:
        from rapport.programs.proposing.letters import offer_first

        for interest in self.interests().select_related("speaker"):
            offer_first(self, interest)

    def interests(self) -> "models.QuerySet[Interest]":
        return Interest.objects.filter(list__program=self.session.program_id)

    def key_for(self, interest: Interest) -> str:
        """What the letter's address carries: whoever opens it need not sign in."""
        return signer().sign(f"{self.pk}:{interest.pk}")

    def lets_in(self, *, key: str = "", person: Person | None = None) -> bool:
        """Whether somebody may take a place now: everyone once it is over, before only those on the list."""
        if self.until <= timezone.now():
            return True
        if person is not None and self.interests().filter(speaker__in=Speaker.objects.behind(person)).exists():
            return True
        try:
            start, _colon, interest = signer().unsign(key).partition(":")
        except BadSignature:
            return False
        return start == str(self.pk) and self.interests().filter(pk=interest).exists()


def signer() -> Signer:
    return Signer(salt="programs.head-start")
