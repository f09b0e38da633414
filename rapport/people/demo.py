"""The people of the demo town: the cast, whom everyone may be at one click, and a few colleagues."""

from dataclasses import dataclass, fields

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person, Role
from rapport.places.models import Branch


@dataclass(frozen=True)
class Cast:
    """Everybody by the name that tests, demo, docs and pictures use."""

    amina: Person
    ben: Person
    chen: Person
    dolores: Person
    desk: Person
    mona: Person
    ada: Person
    tara: Person


@dataclass(frozen=True)
class Part:
    """One of the cast: who they are, and what they do in the town."""

    key: str
    name: str
    does: str | Promise
    role: Role | None = None
    branch: str = ""
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


PARTS = [
    Part("amina", "Amina Haddad", _("a neighbour, who answers")),
    Part("ben", "Ben Okafor", _("program staff, who asks"), Role.PROGRAMMER),
    Part("chen", "Chen Wei", _("a volunteer, who helps"), Role.VOLUNTEER),
    Part("dolores", "Dolores Rivera", _("of the garden club, a partner"), Role.PARTNER, language="es"),
    Part("desk", "Desk of Riverside", _("who stands at the desk of Riverside Library"), Role.FRONTLINE, "riverside"),
    Part("mona", "Mona Lindqvist", _("the manager"), Role.MANAGER),
    Part("ada", "Ada Mensah", _("the administrator"), Role.ADMINISTRATOR),
    Part("tara", "Tara Novak", _("a trustee of the board"), Role.TRUSTEE),
]

_COLLEAGUES = [
    Part("yusuf", "Yusuf Demir", "", Role.FRONTLINE, "hillcrest"),
    Part("priya", "Priya Nair", "", Role.FRONTLINE, "mill-street"),
    Part("lucia", "Lucía Ortega", "", Role.PROGRAMMER, "mill-street", "es"),
    Part("samir", "سمير حداد", "", Role.VOLUNTEER, "hillcrest", "ar"),
]


@transaction.atomic
def fill() -> Cast:
    """Give everybody an account and their role; the branches stand already."""
    branches = {branch.slug: branch for branch in Branch.objects.all()}
    ada = _join(next(part for part in PARTS if part.key == "ada"), branches, by=None)
    people = {part.key: _join(part, branches, by=ada) for part in [*PARTS, *_COLLEAGUES]}
    EmailAddress.objects.filter(user__in=people.values()).update(verified=True)  # so that they may try passkeys too
    return Cast(**{field.name: people[field.name] for field in fields(Cast)})


def _join(part: Part, branches: dict[str, Branch], *, by: Person | None) -> Person:
    person = Person.objects.filter(email=part.email).first() or Person.objects.create_user(
        part.email, name=part.name, language=part.language
    )
    if part.role:
        person.appoint(part.role, by=by, branch=branches.get(part.branch))
    return person
