"""Letters to the authors of what was hidden or sent back: the reason, and how to set it right."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from rapport.deciding.models import Doing, Moderation, Participant
from rapport.deciding.models.proposal import speakers_behind
from rapport.loop.models import Speaker
from rapport.messaging.models import Letter


@transaction.atomic
def tell_moderation(done: Moderation) -> None:
    """Write to everyone who wrote it and can be reached. Run twice, it writes nothing more."""
    for speaker in speakers_behind(_authors(done)):
        if speaker.can_be_reached:
            _write(done, speaker)


def _authors(done: Moderation) -> list[Participant]:
    if done.proposal is not None:
        return list(done.proposal.author_participants().select_related("speaker", "person"))
    writer = done.comment.participant if done.comment else None
    return [writer] if writer else []


def _write(done: Moderation, speaker: Speaker) -> None:
    proposal = done.proposal or (done.comment.proposal if done.comment else None)
    if proposal is None:
        return
    with translation.override(speaker.language):
        words = {
            "done": done,
            "is_sent_back": done.doing == Doing.SENT_BACK,
            "proposal": proposal,
            "comment": done.comment,
            "name": speaker.name,
            "library": settings.HOUSE.library,
            "mine_url": settings.HOUSE.address + reverse("deciding:my-proposals", args=[proposal.collection_id]),
        }
        Letter.objects.write(
            f"moderation:{done.pk}:{speaker.pk}",
            subject=_("About what you wrote to %(library)s") % words,
            text=render_to_string("deciding/letters/moderation.txt", words),
            language=speaker.language,
            speaker=speaker,
            branch=proposal.branch,
            stop_url=settings.HOUSE.address + reverse("messaging:stop", args=[speaker.secret]),
        )
