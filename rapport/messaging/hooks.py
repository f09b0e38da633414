from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rapport.loop.models import Speaker
from rapport.messaging.models import Letter, LetterState
from rapport.messaging.post import clean_letters
from rapport.people.guards import allow
from rapport.people.models import Person, Role
from rapport.people.models.role import STAFF
from rapport.people.privacy import Kept, kept
from rapport.ui import nav
from rapport.ui.nav import NavItem


def letters_to(person: Person) -> QuerySet[Letter]:
    return Letter.objects.filter(Q(speaker__in=Speaker.objects.behind(person)) | Q(email=person.email))


def export_letters(person: Person) -> list[dict[str, Any]]:
    return [
        {"subject": letter.subject, "text": letter.text, "written_at": letter.at.isoformat(), "state": letter.state}
        for letter in letters_to(person)
    ]


def erase_letters(person: Person) -> None:
    """The rows stay without words, so that nothing is written a second time."""
    letters = letters_to(person)
    keys = list(letters.values_list("pk", flat=True))
    unsettled = [LetterState.WAITING, LetterState.DOUBTFUL, LetterState.TO_CALL]
    Letter.objects.filter(pk__in=keys, state__in=unsettled).update(state=LetterState.STOPPED)
    Letter.objects.filter(pk__in=keys).update(text="", email="", subject="", stop_url="", speaker=None)


allow("messaging.see_letters", {Role.MANAGER, Role.ADMINISTRATOR})
allow("messaging.call", STAFF)
nav.add(
    NavItem(
        face="desk",
        label=_("Letters"),
        url_name="messaging:letters",
        icon="mail",
        stage="house",
        order=30,
        permission="messaging.call",
    )
)
kept.add(
    Kept(
        name="messaging.letter",
        what=_("The letters that we sent you"),
        why=_("So that each is sent once, and we can help when one goes astray"),
        until=_("Some time after they were sent; then their words and your address are removed"),
        export=export_letters,
        erase=erase_letters,
        clean=clean_letters,
        days=lambda: settings.HOUSE.keep_letter_days,
    )
)
