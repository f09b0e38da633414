from functools import cached_property
from typing import Any, Optional

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.people.permissions import roles_that_may
from rapport.people.privacy import kept
from rapport.places.models import Branch

from .role import DESK, GIVEN, MANAGERS_INVITE, STAFF, Role


class LastAdministrator(Exception):
    """A house needs somebody who can open it: the last administrator can neither leave nor be sent away."""


class PersonManager(BaseUserManager["Person"]):
    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """The address counts as unproved until a code that was mailed to it comes back."""
        from allauth.account.models import EmailAddress  # it needs our own model first

        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, primary=True)
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email=(email or "").strip().lower())

    def staff(self) -> "models.QuerySet[Person]":
        now_held = Appointment.objects.current().filter(role__in=STAFF)
        return self.filter(is_active=True, pk__in=now_held.values("person")).order_by("name", "pk")


class Person(AbstractBaseUser):
    """One account for patron and staff: what somebody may do comes from the roles that they hold."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(default=timezone.localdate)
    seen_on = models.DateField(null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)  # told that an account nobody uses will be erased

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email.split("@")[0]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def appoint(self, role: Role, *, by: Optional["Person"], branch: Branch | None = None) -> "Appointment":
        """Give the role, for one branch or (without one) for the whole system; held already, nothing changes."""
        appointment, _new = Appointment.objects.current().get_or_create(
            person=self, role=role, branch=branch, defaults={"by": by}
        )
        self.__dict__.pop("appointments_held", None)
        return appointment

    def arrive(self) -> None:
        """Note the day of a sign-in; that is all we keep of it."""
        Person.objects.filter(pk=self.pk).update(seen_on=timezone.localdate(), warned_on=None)

    @transaction.atomic
    def erase(self) -> None:
        """Take this person out of everything, the areas above first, the account last."""
        for appointment in Appointment.objects.current().filter(person=self, role=Role.ADMINISTRATOR):
            appointment.make_sure_somebody_stays()
        for record in reversed(list(kept)):
            record.erase(self)

    def may_invite(self, role: Role, branch: Branch | None) -> bool:
        """Administrators invite to any role; managers to those who work beside them, in their own branches."""
        if not self.has_perm("people.invite") or role not in self.roles_to_invite():
            return False
        mine = self.branches_where("people.invite")
        return mine is None or (branch is not None and branch.pk in mine)

    def roles_to_invite(self) -> list[Role]:
        return list(GIVEN) if Role.ADMINISTRATOR in self.roles else list(MANAGERS_INVITE)

    @cached_property
    def appointments_held(self) -> list["Appointment"]:
        return list(Appointment.objects.current().filter(person=self))

    @property
    def roles(self) -> frozenset[Role]:
        given = {Role(appointment.role) for appointment in self.appointments_held} if self.pk else set()
        return frozenset({Role.PATRON, *given})

    @property
    def is_staff(self) -> bool:
        return not STAFF.isdisjoint(self.roles)

    @property
    def sees_desk(self) -> bool:
        return not DESK.isdisjoint(self.roles)

    def has_perm(self, permission: str, thing: object | None = None) -> bool:
        """May this person do that (to this thing)? A role held for one branch counts for that branch's things."""
        if not self.is_active:
            return False
        allowed = roles_that_may(permission)
        if Role.PATRON in allowed:
            return True
        held = [appointment for appointment in self.appointments_held if appointment.role in allowed]
        if thing is None:
            return bool(held)
        branch = getattr(thing, "branch_id", None)
        return any(appointment.branch_id in {None, branch} or branch is None for appointment in held)

    def branches_where(self, permission: str) -> set[int] | None:
        """The keys of the branches for which this person may do that; None is all of them."""
        allowed = roles_that_may(permission)
        keys = {appointment.branch_id for appointment in self.appointments_held if appointment.role in allowed}
        return None if None in keys else {key for key in keys if key is not None}


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> "AppointmentQuerySet":
        return self.filter(ended_at=None)


class Appointment(models.Model):
    """Somebody holds a role: since when, given by whom, for which branch (none is the whole system)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(ended_at=None, branch=None), name="role_held_once_for_all"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "branch"], condition=Q(ended_at=None), name="role_held_once_in_branch"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())

    @transaction.atomic
    def end(self, *, by: Person | None) -> None:
        """Take the role back. Raises LastAdministrator where nobody would be left to open the house."""
        if self.role == Role.ADMINISTRATOR:
            self.make_sure_somebody_stays()
        ended = Appointment.objects.current().filter(pk=self.pk)
        ended.update(ended_at=timezone.now(), ended_by=by)
        self.refresh_from_db()

    def make_sure_somebody_stays(self) -> None:
        """Locks all administrators of the whole house, so that two of them cannot leave at the same moment."""
        everyone = Appointment.objects.current().filter(role=Role.ADMINISTRATOR, branch=None, person__is_active=True)
        keys = list(everyone.select_for_update(of=("self",)).order_by("pk").values_list("pk", "person_id"))
        if self.branch_id is None and all(person == self.person_id for _key, person in keys):
            raise LastAdministrator
