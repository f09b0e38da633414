from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.people.models import Person
from rapport.places.models import Branch


class OutreachQuerySet(models.QuerySet["Outreach"]):
    @transaction.atomic
    def note(self, *, by: Person, ideas: Iterable[str] = (), language: str, **facts: Any) -> "Outreach":
        """Write down an outing. Each idea that was heard there becomes a voice, which the inbox answers for."""
        made = self.create(by=by, **facts)
        made.hear(ideas, language=language, by=by)
        return made


class Outreach(models.Model):
    """An outing: a booth at the market, a table at the school. A ledger of its own; it enters no program count."""

    day = models.DateField(_("day"))
    place = models.CharField(_("where"), max_length=200)
    host = models.CharField(_("whose guests we were"), max_length=200, blank=True)
    branch = models.ForeignKey(
        Branch, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("branch")
    )
    audience = models.CharField(_("whom we met"), max_length=200, blank=True)
    languages = models.CharField(_("languages spoken"), max_length=200, blank=True)
    staff_hours = models.DecimalField(_("staff hours"), max_digits=6, decimal_places=2, null=True, blank=True)
    contacts = models.PositiveIntegerField(_("people we spoke with"), null=True, blank=True)
    cards = models.PositiveIntegerField(_("cards issued"), null=True, blank=True)
    items = models.PositiveIntegerField(_("things lent or given"), null=True, blank=True)
    notes = models.TextField(_("what helps next time"), max_length=2000, blank=True)
    follow_up = models.CharField(_("what is to be done"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    voices = models.ManyToManyField(Voice, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OutreachQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("outing")
        verbose_name_plural = _("outreach")

    def __str__(self) -> str:
        return self.place

    def hear(self, ideas: Iterable[str], *, language: str, by: Person) -> None:
        said = [idea.strip() for idea in ideas if idea.strip()]
        heard = [
            Voice(kind=VoiceKind.SUGGESTION, words=words, language=language, channel=Channel.DESK, branch=self.branch)
            for words in said
        ]
        self.voices.add(*[voice.save_as_heard() for voice in heard])
