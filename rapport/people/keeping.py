"""What people itself keeps about people, and for how long."""

from datetime import timedelta
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rapport.lib.later import can_wait
from rapport.people.models import Appointment, Invitation, Person

WARN_BEFORE = timedelta(days=30)
_AT_ONCE = 200

Rows = list[dict[str, Any]]


def export_account(person: Person) -> Rows:
    return [
        {
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "joined_on": person.joined_on.isoformat(),
            "seen_on": person.seen_on.isoformat() if person.seen_on else "",
            "other_addresses": _other_addresses(person),
            "ways_to_prove_it_is_you": [str(key.wrap()) for key in Authenticator.objects.filter(user=person)],
            "has_password": person.has_usable_password(),
        }
    ]


def _other_addresses(person: Person) -> list[str]:
    return list(EmailAddress.objects.filter(user=person).exclude(email=person.email).values_list("email", flat=True))


def erase_account(person: Person) -> None:
    person.delete()


def export_appointments(person: Person) -> Rows:
    return [
        {
            "role": str(appointment.get_role_display()),
            "branch": str(appointment.branch or ""),
            "since": appointment.at.isoformat(),
            "until": appointment.ended_at.isoformat() if appointment.ended_at else "",
            "given_by": str(appointment.by or ""),
        }
        for appointment in person.appointments.select_related("branch", "by")
    ]


def erase_appointments(person: Person) -> None:
    Appointment.objects.filter(person=person).delete()


def export_invitations(person: Person) -> Rows:
    return [
        {
            "role": str(invitation.get_role_display()),
            "branch": str(invitation.branch or ""),
            "at": invitation.at.isoformat(),
            "by": str(invitation.by or ""),
        }
        for invitation in Invitation.objects.filter(email=person.email).select_related("branch", "by")
    ]


def erase_invitations(person: Person) -> None:
    Invitation.objects.filter(email=person.email).delete()


def clean_invitations() -> int:
    """Invitations that were answered, withdrawn or ran out are no longer needed: the appointment says the rest."""
    then = timezone.now() - timedelta(days=settings.HOUSE.keep_invitation_days)
    return Invitation.objects.filter(at__lt=then).delete()[0]


def export_sessions(person: Person) -> Rows:
    return []  # a session says only which account it opens; there is nothing in it about the person


def erase_sessions(person: Person) -> None:
    """A session of an account that is gone opens nothing; the nightly clean-up takes it away in its time."""


def clean_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


@can_wait
def clean_idle_accounts() -> int:
    """Erase accounts that nobody used for so long, a month after we wrote to them. Who holds a role stays."""
    today = timezone.localdate()
    idle_since = today - timedelta(days=settings.HOUSE.keep_idle_account_days)
    _warn(_idle(idle_since + WARN_BEFORE).filter(warned_on=None))
    gone = 0
    for person in _idle(idle_since).filter(warned_on__lte=today - WARN_BEFORE).iterator(chunk_size=_AT_ONCE):
        person.erase()
        gone += 1
    return gone


def _idle(since: Any) -> QuerySet[Person]:
    holds_a_role = Appointment.objects.current().filter(person=OuterRef("pk"))
    seen = Person.objects.alias(last=Coalesce("seen_on", "joined_on"))
    return seen.filter(Q(last__lt=since), ~Exists(holds_a_role))


def _warn(people: QuerySet[Person]) -> None:
    for person in people.iterator(chunk_size=_AT_ONCE):
        with transaction.atomic():
            if Person.objects.filter(pk=person.pk, warned_on=None).update(warned_on=timezone.localdate()):
                transaction.on_commit(partial(_write_to, person))


def _write_to(person: Person) -> None:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject = _("Shall we keep your account at %(library)s?") % {"library": settings.HOUSE.library}
        day = timezone.localdate() + WARN_BEFORE
        words = {"person": person, "day": day, "library": settings.HOUSE.library, "address": settings.HOUSE.address}
        text = render_to_string("people/mail/idle.txt", words)
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
