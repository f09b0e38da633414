from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CleanUp(models.Model):
    """One night's work on one kind of record: how many were removed, and nothing about whom."""

    name = models.CharField(_("kind of record"), max_length=80)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    removed = models.PositiveIntegerField(_("removed"))

    class Meta:
        ordering = ["-at", "name"]
        verbose_name = _("clean-up")
        verbose_name_plural = _("clean-ups")
