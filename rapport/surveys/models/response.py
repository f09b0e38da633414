import random
import uuid
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, models, transaction
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

_AT_ONCE = 2000


class AlreadyAnswered(Exception):
    """The invitation was used before."""


def _hold_quotas(survey: "Survey") -> None:
    """Until this answer is in, no quota may be set: `Quota.set` locks the survey, and counts what came in before.

    Answers do not wait for each other. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM surveys_survey WHERE id = %s FOR KEY SHARE", [survey.pk])


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
        is_doubtful: bool = False,
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
            is_doubtful=is_doubtful,
        )  # fmt: skip
        try:
            with transaction.atomic():
                _hold_quotas(survey)
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
    is_doubtful = models.BooleanField(_("may come from a machine"), default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["survey", "on"], name="response_by_day")]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
