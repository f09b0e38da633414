from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from rapport.listening.models import Channel, Voice, VoiceKind
from rapport.places.models import Branch


@pytest.mark.django_db
def test_a_clean_up_that_is_tried_out_leaves_the_pictures(riverside: Branch, at_once: Any, settings: Any) -> None:
    said = {"kind": VoiceKind.CONCERN, "words": "Look", "language": "en", "channel": Channel.WEB, "branch": riverside}
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_photo_days + 1)
    voice = Voice(spoken_at=then, **said).save_as_heard()
    voice.photo.save("gate.jpg", ContentFile(b"picture"))

    with at_once():
        call_command("clean_up", "--dry-run")
    assert voice.photo.storage.exists(voice.photo.name)

    with at_once():
        call_command("clean_up")
    assert not voice.photo.storage.exists(voice.photo.name)
