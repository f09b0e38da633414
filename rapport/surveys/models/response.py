import random
import secrets
import uuid
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.listening.models import Channel
from rapport.loop.models import Speaker
from rapport.places.models import Branch

from .edition import Edition
from .invitation import Invitation
from .link import Link
from .quota import Quota

if TYPE_CHECKING:
    from .survey import Survey

_CODE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I: people copy it from a slip
_AT_ONCE = 2000


class AlreadyAnswered(Exception):
    """The invitation was used before."""


def new_sitting_code() -> str:
    return "".join(secrets.choice(_CODE) for _place in range(12))


class ResponseQuerySet(models.QuerySet["Response"]):
    def take(
        self,
        survey: "Survey",
        row: Mapping[str, Any],
        *,
        edition: Edition,
        channel: str,
        language: str,
        key: uuid.UUID | None = None,
        branch: Branch | None = None,
        link: Link | None = None,
        invitation: Invitation | None = None,
        speaker: Speaker | None = None,
        on: date | None = None,
    ) -> "Response":
        """The one door through which every answer comes in, from the web, a kiosk, paper or a file.

        The same `key` is the same answer: sent twice, it is taken once. All or nothing: raises QuotaFull where no more
        answers of this kind are wanted, AlreadyAnswered where the invitation was used before.
        """
        key = key or uuid.uuid4()
        response = Response(
            pk=key, survey=survey, edition=edition, answers=dict(row), on=on or timezone.localdate(), channel=channel,
            language=language, branch=branch, link=link, speaker=speaker if survey.is_named else None,
            stratum=invitation.stratum if invitation else "",
        )  # fmt: skip
        try:
            with transaction.atomic():
                response.save(force_insert=True)
                if invitation is not None and not invitation.spend():
                    raise AlreadyAnswered
                for quota in Quota.objects.touched_by(survey, row, branch=branch, language=language):
                    quota.take()
        except IntegrityError:
            return self.get(pk=key)
        if response.speaker is not None:
            survey.loop.hear([response.speaker])
        return response

    @transaction.atomic
    def shuffle(self, survey: "Survey") -> int:
        """Write the answers of past days anew in an order by chance, so that nothing tells who came before whom.

        A random key alone is not enough: tables keep rows in the order in which they came.
        """
        past = list(self.filter(survey=survey, is_shuffled=False, on__lt=timezone.localdate()))
        random.SystemRandom().shuffle(past)
        for start in range(0, len(past), _AT_ONCE):
            self.filter(pk__in=[response.pk for response in past[start : start + _AT_ONCE]]).delete()
        for response in past:
            response.is_shuffled = True
        self.bulk_create(past, batch_size=_AT_ONCE)
        return len(past)


class Response(models.Model):
    """What one person answered. No name, no address, no hour; by default nothing leads from it to anyone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="responses")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="responses")
    answers = models.JSONField(default=dict)
    on = models.DateField(default=timezone.localdate)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=24)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    link = models.ForeignKey(Link, models.SET_NULL, null=True, blank=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True, related_name="+")
    stratum = models.CharField(max_length=80, blank=True)  # the part of the sample; never the invitation itself
    is_shuffled = models.BooleanField(default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["survey", "on"], name="response_by_day")]
        verbose_name = _("response")
        verbose_name_plural = _("responses")


class Sitting(models.Model):
    """Somebody's way through the questions, kept until they send it in, so that they can go on later by its code."""

    survey = models.ForeignKey("surveys.Survey", models.CASCADE, related_name="sittings")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_sitting_code)
    key = models.UUIDField(default=uuid.uuid4)  # of the response that it will be
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=24)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    branch = models.ForeignKey(Branch, models.SET_NULL, null=True, blank=True, related_name="+")
    link = models.ForeignKey(Link, models.SET_NULL, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, blank=True, related_name="+")
    touched_on = models.DateField(default=timezone.localdate)

    class Meta:
        indexes = [models.Index(fields=["touched_on"], name="sitting_by_day")]

    @property
    def spoken_code(self) -> str:
        return "-".join((self.code[:4], self.code[4:8], self.code[8:]))

    @transaction.atomic
    def send(self, row: Mapping[str, Any], *, speaker: Speaker | None = None) -> Response:
        """Hand the answers in; the sitting is gone with it. Raises as `ResponseQuerySet.take` does."""
        response = Response.objects.take(
            self.survey, row, edition=self.edition, channel=self.channel, language=self.language, key=self.key,
            branch=self.branch, link=self.link, invitation=self.invitation, speaker=speaker,
        )  # fmt: skip
        self.delete()
        return response


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

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
