"""What the balance of programs offers upward: its place at the desk, and what is kept of presenters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.people.privacy import Kept, kept
from rapport.programs.models import SelfDescription
from rapport.ui import nav
from rapport.ui.nav import NavItem

nav.add(
    NavItem(
        face="desk",
        label=_("Whom our programs are for"),
        url_name="programs:desk-balance",
        icon="scale",
        stage="deliver",
        order=40,
        permission="programs.see",
    )
)


def _export(person: Person) -> list[dict[str, Any]]:
    found = SelfDescription.objects.filter(presenter__person=person)
    return [row for one in found for row in one.rows()]


def _erase(person: Person) -> None:
    SelfDescription.objects.filter(presenter__person=person).delete()


kept.add(
    Kept(
        name="programs.self_descriptions",
        what=_("What you said of yourself as somebody who leads programs"),
        why=_("So that we see in sums whether those who lead our programs are as varied as those who live here."),
        until=_("Until you take it back, or three years after you last led something."),
        export=_export,
        erase=_erase,
        clean=SelfDescription.objects.forget_old,
    )
)
