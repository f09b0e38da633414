from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .participant import Participant
from .proposal import Proposal


class LastAuthor(Exception):
    """A proposal has an author: the last one can withdraw it, but not leave it."""


class Authorship(models.Model):
    """That somebody wrote a proposal, or writes it together with others."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="authorships")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    name = models.CharField(_("how you are named to others"), max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "participant"], name="author_once")]
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")

    def __str__(self) -> str:
        return self.name or str(_("somebody"))

    @classmethod
    @transaction.atomic
    def accept(cls, proposal: Proposal, code: str, participant: Participant, *, name: str = "") -> Self | None:
        """Somebody who was shown the code writes with the authors from now on; a wrong code does nothing."""
        if code.replace("-", "").upper() != proposal.code:
            return None
        authorship, is_new = cls.objects.get_or_create(
            proposal=proposal, participant=participant, defaults={"name": name}
        )
        if is_new:
            proposal.hear([participant])
        return authorship

    @transaction.atomic
    def leave(self) -> None:
        """Raises LastAuthor."""
        Proposal.objects.select_for_update().get(pk=self.proposal_id)
        if not Authorship.objects.filter(proposal=self.proposal_id).exclude(pk=self.pk).exists():
            raise LastAuthor
        self.delete()
