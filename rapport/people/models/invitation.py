import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.places.models import Branch

from .person import Person
from .role import Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
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

    @transaction.atomic
    def accept(self, *, by: Person) -> None:
        """Give the role to the one who was invited, once."""
        taken = Invitation.objects.open().filter(pk=self.pk).update(accepted_at=timezone.now())
        if taken:
            by.appoint(Role(self.role), branch=self.branch, by=self.by)

    def withdraw(self) -> None:
        Invitation.objects.open().filter(pk=self.pk).update(withdrawn_at=timezone.now())
