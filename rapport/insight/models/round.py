from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel, Voice, VoiceQuerySet
from rapport.people.models import Person


class Round(models.Model):
    """A span of days in which people were listened to, so that the themes of one can be laid beside another's."""

    name = models.CharField(_("name"), max_length=80)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    channel = models.CharField(_("only by"), max_length=20, choices=Channel.choices, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["first", "pk"]
        verbose_name = _("round of listening")
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="round_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.name

    def voices(self) -> VoiceQuerySet:
        found = Voice.objects.in_hand().filter(
            spoken_at__gte=_midnight(self.first), spoken_at__lt=_midnight(self.last + timedelta(days=1))
        )
        return found.filter(channel=self.channel) if self.channel else found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
