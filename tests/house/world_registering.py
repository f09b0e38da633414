"""What stands behind the addresses of registration: a household with a place, and a draw."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapport.programs.models import Registration, RegistrationRules, Seating, Session

if TYPE_CHECKING:
    from tests.house.world import World


def _seating(world: "World") -> Seating:
    """The session of the world takes registrations from the first time that somebody asks for it."""
    session = Session.objects.get(pk=world.session.pk)
    if session.rules is None:
        session.rules = RegistrationRules.objects.create(name="By lot", order="lottery", opens_days=400)
        session.capacity = 20
        session.save()
    seating = Seating.objects.open_for(session)
    assert seating is not None
    return seating


def _registration(world: "World") -> Registration:
    if (there := Registration.objects.exclude(sent_at=None).filter(seats__isnull=False).first()) is not None:
        return there
    form = Registration.objects.hold([_seating(world)], 1, language="en")
    form.send([("Luz", None)], name="Rosa", email="rosa@example.org")
    return form


def _form(world: "World") -> Registration:
    return Registration.objects.hold([_seating(world)], 1, language="en")


def _rules() -> RegistrationRules:
    question = {"id": "1", "label": {"en": "Anything?"}, "kind": "text", "options": [], "required": False}
    rules = RegistrationRules.objects.filter(name__icontains="Courses").first()
    return rules or RegistrationRules.objects.create(name="Courses", questions=[question])


REGISTERING_SAMPLES: "dict[str, Callable[[World], Any]]" = {
    "registrations": lambda world: _registration(world).pk,
    "registrations/key": lambda world: _registration(world).key,
    "registration-rules": lambda world: _rules().pk,
    "questions/asked": lambda world: "1",
    "draws": lambda world: _seating(world).pk,
}
