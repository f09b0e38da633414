"""Rows that the house's own machinery needs; none of them knows a person."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def recent(self) -> "HeartbeatQuerySet":
        return self.filter(at__gte=timezone.now() - timedelta(seconds=settings.HOUSE.worker_silence))


class Heartbeat(models.Model):
    """A worker that is alive says so every few seconds."""

    worker = models.CharField(primary_key=True, max_length=64)
    since = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = HeartbeatQuerySet.as_manager()


class Repetition(models.Model):
    """The newest turn of one entry of the schedule that has been put on the queue."""

    name = models.CharField(primary_key=True, max_length=120)
    turn = models.DateTimeField()


class Attempts(models.Model):
    """How often somebody (a keyed hash) did something in one stretch of time."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField(default=1)
    until = models.DateTimeField(db_index=True)


class UsedProof(models.Model):
    """A solved challenge counts once."""

    nonce = models.CharField(primary_key=True, max_length=32)
    until = models.DateTimeField(db_index=True)
