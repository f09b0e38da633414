import secrets
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from rapport.listening.models import Channel
from rapport.loop.models import Speaker
from rapport.places.models import Branch
from rapport.surveys.methods import Page, columns_of_question

from .edition import Edition
from .invitation import Invitation
from .link import Link
from .response import Response

_CODE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I: people copy it from a slip


def new_sitting_code() -> str:
    return "".join(secrets.choice(_CODE) for _place in range(12))


class SittingQuerySet(models.QuerySet["Sitting"]):
    def whole(self) -> "SittingQuerySet":
        """With all that a page of it looks at."""
        return self.select_related(
            "survey__loop", "survey__opening", "survey__closing", "edition", "link", "branch", "invitation"
        )

    def too_old(self) -> "SittingQuerySet":
        return self.filter(touched_on__lt=timezone.localdate() - timedelta(days=settings.HOUSE.keep_sitting_days))


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
    is_doubtful = models.BooleanField(default=False)
    touched_on = models.DateField(default=timezone.localdate)

    objects = SittingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["touched_on"], name="sitting_by_day")]

    def __str__(self) -> str:
        return self.spoken_code

    @property
    def spoken_code(self) -> str:
        return "-".join((self.code[:4], self.code[4:8], self.code[8:]))

    @transaction.atomic
    def answer(self, page: Page, row: Mapping[str, Any]) -> None:
        """Keep these answers to a page, and what was answered elsewhere. Two at once do not undo each other."""
        kept = Sitting.objects.select_for_update().filter(pk=self.pk).first()
        if kept is None:
            return  # sent in meanwhile
        own = {column.name for question in page.questions for column in columns_of_question(question)}
        self.answers = {name: value for name, value in kept.answers.items() if name not in own} | dict(row)
        self.touched_on = timezone.localdate()
        self.save(update_fields=["answers", "touched_on"])

    def say_in(self, language: str) -> None:
        """Go on in another of the survey's languages."""
        self.language = language
        Sitting.objects.filter(pk=self.pk).update(language=language)

    @property
    def may_be_sent(self) -> bool:
        """While the survey is open; whoever is in the middle when it closes may still send theirs that day."""
        closing, closes_on = getattr(self.survey, "closing", None), self.survey.closes_on
        if closing is not None:
            return timezone.localdate(closing.at) == timezone.localdate()
        return self.survey.is_open or (closes_on is not None and self.touched_on <= closes_on == _yesterday())

    @transaction.atomic
    def send(self, row: Mapping[str, Any], *, speaker: Speaker | None = None) -> Response:
        """Hand the answers in; the sitting is gone with it. Raises as `ResponseQuerySet.take` does."""
        response = self.hand_in(row, speaker=speaker)
        self.delete()
        return response

    def hand_in(self, row: Mapping[str, Any], *, speaker: Speaker | None = None) -> Response:
        """What `send` does, where nothing of the sitting was kept."""
        return Response.objects.take(
            self.survey, row, edition=self.edition, channel=self.channel, language=self.language, key=self.key,
            branch=self.branch, link=self.link, invitation=self.invitation, speaker=speaker,
            is_doubtful=self.is_doubtful,
        )  # fmt: skip


def _yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
