from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Heard, Speaker
from rapport.people.models import Person
from rapport.people.privacy import Kept, kept
from rapport.ui import nav
from rapport.ui.nav import NavItem


def export_speaker(person: Person) -> list[dict[str, Any]]:
    owed = Heard.objects.filter(speaker__in=_speakers(person)).select_related("loop", "speaker")
    return [
        {
            "question": str(heard.loop.question),
            "email": heard.speaker.email,
            "phone": heard.speaker.phone,
            "since": heard.at.date().isoformat(),
            "stopped": heard.stopped_at is not None or heard.speaker.stopped_at is not None,
        }
        for heard in owed
    ]


def erase_speaker(person: Person) -> None:
    for speaker in _speakers(person):
        speaker.forget()


def _speakers(person: Person) -> list[Speaker]:
    return list(Speaker.objects.behind(person))


kept.add(
    Kept(
        name="loop.speaker",
        what=_("How we reach you to tell you what came of what you said"),
        why=_("So that everyone who spoke hears back"),
        until=_("Until you stop it, or some time after the last thing you said was answered"),
        export=export_speaker,
        erase=erase_speaker,
    )
)

nav.add(NavItem(face="foot", label=_("What became of it"), url_name="loop:loops", icon="route", order=40))
