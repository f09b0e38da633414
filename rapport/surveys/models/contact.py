import random
import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Heard, Speaker

if TYPE_CHECKING:
    from .survey import Survey


class ContactQuerySet(models.QuerySet["Contact"]):
    def leave(self, survey: "Survey", *, language: str, **given: Any) -> "Contact":
        """Keep an address apart from all answers; who wants news is owed the end of the survey's story.

        The contact does not say more than the month: a day with one answer would name them. So that the row that says
        what they are owed does not tell the day either by its neighbours, it is written later (`hear`).
        """
        month = timezone.localdate().replace(day=1)
        return self.create(survey=survey, language=language, month=month, **given)

    @transaction.atomic
    def hear(self) -> int:
        """Owe their news to all who left an address in a month that is past or for a survey that is over."""
        today = timezone.localdate()
        over = Q(survey__closing__isnull=False) | Q(survey__closes_on__lt=today)
        waiting = self.filter(over | Q(month__lt=today.replace(day=1)), wants_news=True, is_heard=False)
        contacts = list(waiting.select_related("survey__loop"))
        random.SystemRandom().shuffle(contacts)
        for contact in contacts:
            contact.hear()
        self.filter(pk__in=[contact.pk for contact in contacts]).update(is_heard=True)
        return len(contacts)

    def too_old(self) -> "ContactQuerySet":
        then = timezone.localdate() - timedelta(days=settings.HOUSE.keep_survey_contact_days)
        return self.filter(month__lt=then.replace(day=1))


class Contact(models.Model):
    """An address left after answering, for a talk, a prize or news of the results. No key leads to the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(max_length=24)
    wants_news = models.BooleanField(_("tell me what came of it"), default=False)
    wants_talk = models.BooleanField(_("you may ask me more"), default=False)
    wants_prize = models.BooleanField(_("I take part in the draw"), default=False)
    is_heard = models.BooleanField(default=False)  # news are owed to them by a row of the loop
    month = models.DateField()  # its first day: when it came in is nobody's business

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name or self.email or self.phone

    def hear(self) -> None:
        is_new = not Speaker.objects.filter(email=self.email.lower(), phone="" if self.email else self.phone).exists()
        language = self.language.split("-")[0]
        speaker = Speaker.objects.reached_at(email=self.email, phone=self.phone, name=self.name, language=language)
        if speaker is None:
            return
        self.survey.loop.hear([speaker])
        begun = timezone.make_aware(datetime.combine(self.month, time()))
        Heard.objects.filter(loop=self.survey.loop_id, speaker=speaker, at__gt=begun).update(at=begun)
        if is_new:
            Speaker.objects.filter(pk=speaker.pk).update(since=self.month)
