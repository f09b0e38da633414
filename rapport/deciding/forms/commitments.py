from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import Decision
from rapport.listening.photos import cleaned_photo
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.forms import WordsFormField

from .days import day_field


class CommitmentForm(forms.Form):
    """What is promised, whose it is, by when, and the steps on the way."""

    said = WordsFormField(
        label=_("What do we promise?"),
        max_length=300,
        help_text=_("So that a neighbour can see for themselves whether it was kept: “three benches in the shade”"),
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("Of which decision?"), required=False, empty_label=_("none")
    )
    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Branch"), required=False, empty_label=_("the whole library, or the decision’s")
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who sees to it?"), help_text=_("They are reminded before it is due")
    )
    owner_words = WordsFormField(
        label=_("Who answers for it, in public?"),
        required=False,
        max_length=120,
        help_text=_("A role is enough: the children’s librarian"),
    )
    due = day_field(label=_("By when?"))
    steps = forms.CharField(
        label=_("Steps on the way"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("One a line. People hear of each that is made."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = by.branches_where("deciding.change")
        fields: dict[str, Any] = self.fields
        decisions, branches = Decision.objects.open(), Branch.objects.all()
        if mine is not None:
            decisions = decisions.filter(Q(branch__in=mine) | Q(branch=None))
            branches = branches.filter(pk__in=mine)
        fields["decision"].queryset, fields["branch"].queryset = decisions, branches
        fields["owner"].queryset = Person.objects.staff()

    def clean_due(self) -> Any:
        day = self.cleaned_data["due"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day

    def clean_steps(self) -> list[tuple[str, None]]:
        return [(line.strip()[:300], None) for line in self.cleaned_data["steps"].splitlines() if line.strip()][:30]


class MilestoneForm(forms.Form):
    said = WordsFormField(label=_("Step on the way"), max_length=300)
    due = day_field(label=_("By when?"), required=False)


class _PastDay(forms.Form):
    on = day_field(label=_("On which day?"), initial=timezone.localdate)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Say it once it has happened."))
        return day


class ReachingForm(_PastDay):
    """A milestone was reached."""

    note = WordsFormField(label=_("What is there to see?"), required=False, long=True, max_length=1000)
    picture = forms.FileField(
        label=_("A picture"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    picture_words = WordsFormField(
        label=_("What the picture shows"), required=False, max_length=200, help_text=_("For those who cannot see it.")
    )
    field_order = ("note", "on", "picture", "picture_words")

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        return cleaned_photo(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("picture") and not found.get("picture_words"):
            self.add_error("picture_words", _("Say in a few words what the picture shows."))
        return found


class KeepingForm(_PastDay):
    see = WordsFormField(
        label=_("What is there to see?"), long=True, max_length=2000, help_text=_("Everyone who was heard reads this")
    )
    field_order = ("see", "on")


class ChangeForm(forms.Form):
    """Other words, another day, or both; and why."""

    why = WordsFormField(label=_("Why does it change?"), long=True, max_length=2000)
    due = day_field(label=_("The new day"), required=False)
    said = WordsFormField(
        label=_("The new words"), required=False, max_length=300, help_text=_("Leave empty what stays as it is")
    )

    def clean_due(self) -> Any:
        day = self.cleaned_data["due"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("due") and not found.get("said") and not self.errors:
            raise forms.ValidationError(_("Give a new day, new words, or both."))
        return found


class GivingUpForm(forms.Form):
    why = WordsFormField(
        label=_("Why can it not be kept?"),
        long=True,
        max_length=2000,
        help_text=_("Plainly, and with what happens instead if anything does"),
    )
