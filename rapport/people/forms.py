from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Appointment, Person, Role
from rapport.people.models.role import GIVEN
from rapport.places.models import Branch
from rapport.ui.forms import Sentence

WHOLE = _("the whole library")
ROLES = [(role.value, role.label) for role in GIVEN]


class MyForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the library speaks to somebody: by which name, in which language."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("as my browser asks for")), *settings.LANGUAGES],
        help_text=_("Pages and letters come in this language."),
    )

    class Meta:
        model = Person
        fields = ("name", "language")
        labels = {"name": _("What may we call you?")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class AppointmentForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Where"), required=False, empty_label=WHOLE)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InvitationForm(forms.Form):
    """Offers only what the one who invites may give."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"))
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Where"), required=False, empty_label=WHOLE)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in by.roles_to_invite()]  # type: ignore[attr-defined]
        mine = by.branches_where("people.invite")
        if mine is not None:
            self.fields["branch"] = forms.ModelChoiceField(Branch.objects.filter(pk__in=mine), label=_("Where"))

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class PeopleFilters(Sentence):
    role = forms.ChoiceField(label=_("who are"), choices=[("", _("anybody")), *ROLES])
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("at"), empty_label=_("any branch"))

    def narrow_role(self, rows: Any, role: str) -> Any:
        return rows.filter(pk__in=Appointment.objects.current().filter(role=role).values("person"))

    def narrow_branch(self, rows: Any, branch: Branch) -> Any:
        return rows.filter(pk__in=Appointment.objects.current().filter(branch=branch).values("person"))


class ErasureForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, erase my account"),
        error_messages={"required": _("Please tick the box, so that nothing is erased by mistake.")},
    )
