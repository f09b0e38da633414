import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Heard, Speaker

if TYPE_CHECKING:
    from .survey import Survey


class ContactQuerySet(models.QuerySet["Contact"]):
    @transaction.atomic
    def leave(self, survey: "Survey", *, language: str, **given: Any) -> "Contact":
        """Keep an address apart from all answers; who wants news is owed the end of the survey's story.

        Neither the contact nor what follows from it says more than the month: a day with one answer would name them.
        """
        month = timezone.localdate().replace(day=1)
        contact = self.create(survey=survey, language=language, month=month, **given)
        if contact.wants_news:
            contact.hear()
        return contact

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
