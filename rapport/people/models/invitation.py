import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from rapport.lib.later import can_wait, later
from rapport.places.models import Branch

from .person import Person
from .role import Role


class MayNotInvite(Exception):
    """This person may not give that role (at that branch)."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    @transaction.atomic
    def invite(
        self, email: str, *, by: Person, role: Role, branch: Branch | None = None, name: str = ""
    ) -> "Invitation":
        """Write to a future colleague. An open invitation to the same role is replaced by the new one."""
        if not by.may_invite(role, branch):
            raise MayNotInvite
        email = email.strip().lower()
        for earlier in self.open().filter(email=email, role=role, branch=branch):
            earlier.withdraw()
        invitation = self.create(email=email, name=name, role=role, branch=branch, by=by)
        later(invitation.send)
        return invitation

    def open(self) -> "InvitationQuerySet":
        born = timezone.now() - timedelta(days=settings.HOUSE.keep_invitation_days)
        return self.filter(accepted_at=None, withdrawn_at=None, at__gt=born)


class Invitation(models.Model):
    """A letter to a future colleague: whoever shows its secret may take the role."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    secret = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_open(self) -> bool:
        return Invitation.objects.open().filter(pk=self.pk).exists()

    @property
    def last_day(self) -> datetime:
        return self.at + timedelta(days=settings.HOUSE.keep_invitation_days)

    @property
    def link(self) -> str:
        return settings.HOUSE.address + reverse("people:invitation", args=[self.secret])

    @can_wait
    def send(self) -> None:
        """Mail the link, in the language of the one invited where we know it, else of the one who invites."""
        if not self.is_open:
            return
        known = Person.objects.filter(email=self.email).first() or self.by
        with translation.override((known and known.language) or settings.LANGUAGE_CODE):
            subject = translation.gettext("You are invited to work with %(library)s") % {
                "library": settings.HOUSE.library
            }
            words = {"invitation": self, "library": settings.HOUSE.library}
            text = render_to_string("people/mail/invitation.txt", words)
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [self.email])

    @transaction.atomic
    def accept(self, *, by: Person) -> bool:
        """Give the role to the one who was invited, once; whether it was given now."""
        taken = Invitation.objects.open().filter(pk=self.pk).update(accepted_at=timezone.now())
        if taken:
            by.appoint(Role(self.role), branch=self.branch, by=self.by)
        return bool(taken)

    def withdraw(self) -> None:
        Invitation.objects.open().filter(pk=self.pk).update(withdrawn_at=timezone.now())
