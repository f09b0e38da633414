"""Letters to those who see to a promise: once before its day, and once when it has passed."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.deciding.models import Commitment
from rapport.lib.later import can_wait
from rapport.messaging.models import Letter


@can_wait
def remind_owners() -> None:
    """Each morning. A day that was put off is reminded of anew; run twice, nothing is written twice."""
    for commitment in Commitment.objects.soon_due().exclude(owner=None).select_related("owner", "branch"):
        _remind(commitment, is_late=False)
    for commitment in Commitment.objects.late().exclude(owner=None).select_related("owner", "branch"):
        _remind(commitment, is_late=True)


def _remind(commitment: Commitment, *, is_late: bool) -> None:
    owner = commitment.owner
    if owner is None or not owner.is_active:
        return
    language = owner.language or settings.LANGUAGE_CODE
    with translation.override(language):
        words = {
            "commitment": commitment,
            "is_late": is_late,
            "library": settings.HOUSE.library,
            "url": settings.HOUSE.address + reverse("deciding:desk-commitment", args=[commitment.pk]),
        }
        subject = _("Late: %(promise)s") if is_late else _("Soon due: %(promise)s")
        Letter.objects.write(
            f"commitment:{commitment.pk}:{'late' if is_late else 'due'}:{commitment.due.isoformat()}",
            subject=subject % {"promise": commitment},
            text=render_to_string("deciding/commitments/reminder.txt", words),
            language=language,
            email=owner.email,
            branch=commitment.branch,
        )
