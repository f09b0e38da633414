"""A mail address shown by a code that was sent there; the code is kept as a hash, and the address until it is used."""

import secrets
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rapport.messaging.models import Letter

if TYPE_CHECKING:
    from .process import Process

MINUTES = 20
MOST_TRIES = 5


class MailCodeQuerySet(models.QuerySet["MailCode"]):
    def in_use(self) -> "MailCodeQuerySet":
        return self.filter(used_at=None, at__gt=timezone.now() - timedelta(minutes=MINUTES))

    def too_old(self) -> "MailCodeQuerySet":
        return self.filter(at__lt=timezone.now() - timedelta(days=1))

    @transaction.atomic
    def send(self, process: "Process", email: str, *, language: str = "", wants_news: bool = False) -> "MailCode":
        """Write a letter with six figures to this address."""
        figures = f"{secrets.randbelow(1_000_000):06}"
        language = language if language in settings.HOUSE.languages else settings.LANGUAGE_CODE
        code = MailCode(process=process, email=email.strip().lower(), language=language, wants_news=wants_news)
        code.digest = code.digest_of(figures)
        code.save()
        with translation.override(language):
            words = {"process": process, "figures": figures, "minutes": MINUTES, "library": settings.HOUSE.library}
            Letter.objects.write(
                f"deciding.code:{code.pk}",
                subject=_("Your code from %(library)s") % words,
                text=render_to_string("deciding/letters/code.txt", words),
                language=language,
                email=code.email,
                branch=process.decision.branch,
            )
        return code


class MailCode(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey("deciding.Process", models.CASCADE, related_name="mail_codes")
    email = models.EmailField()
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    wants_news = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = MailCodeQuerySet.as_manager()

    def digest_of(self, figures: str) -> str:
        said = "".join(sign for sign in figures if sign.isdecimal())
        return salted_hmac("deciding.mail_code", f"{self.pk}:{said}", algorithm="sha256").hexdigest()

    def use(self, figures: str) -> bool:
        """Whether these are the figures; each try counts, and the right one counts once."""
        mine = MailCode.objects.in_use().filter(pk=self.pk)
        if not mine.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
            return False
        return bool(mine.filter(digest=self.digest_of(figures)).update(used_at=timezone.now()))

    @property
    def is_spent(self) -> bool:
        """Used, too old, or tried too often: a new one must be sent."""
        return not MailCode.objects.in_use().filter(pk=self.pk, tries__lt=MOST_TRIES).exists()
