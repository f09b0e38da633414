from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person

from .participant import Participant
from .proposal import Proposal


class Version(models.Model):
    """What a proposal said from a moment on, and why it was changed."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField()
    why = models.TextField(_("why it was changed"), blank=True)
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="version_numbered_once")]
        verbose_name = _("version")
        verbose_name_plural = _("versions")


class Meaning(models.Model):
    """What a proposal means, as numbers that can be compared across languages; made from its words at any time."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="meaning")
    vector = models.BinaryField()
