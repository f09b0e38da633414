from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.bank.starters import STARTERS
from rapport.surveys.models import Survey
from rapport.ui.context import own_name
from rapport.ui.forms import RadioCards, WordsFormField


def branch_field(person: Person, permission: str = "surveys.change") -> "forms.ModelChoiceField[Branch]":
    """The branches that somebody may write for; whoever writes for one has to name it."""
    branches = person.branches_where(permission)
    rows = Branch.objects.all() if branches is None else Branch.objects.filter(pk__in=branches)
    return forms.ModelChoiceField(
        rows, label=_("Where"), required=branches is not None, empty_label=_("the library as a whole")
    )


class NewForm(forms.Form):
    start = forms.ChoiceField(
        label=_("Begin with"),
        choices=[(one.slug, one.name) for one in STARTERS],
        widget=RadioCards(
            notes={one.slug: one.note for one in STARTERS}, icons={one.slug: one.icon for one in STARTERS}
        ),
    )
    copy = forms.ModelChoiceField(
        Survey.objects.none(),
        label=_("or copy an earlier survey"),
        required=False,
        empty_label=_("no, begin with what is chosen above"),
        help_text=_("Its questions and settings come along, its answers do not"),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("People read it on posters. Leave it empty to keep the title of what you begin with"),
    )
    purpose = WordsFormField(
        label=_("What will be decided by it?"),
        required=False,
        max_length=500,
        help_text=_("One sentence, shown before the first question: people answer when they see what for"),
    )
    language = forms.ChoiceField(
        label=_("Written in"),
        choices=lazy(lambda: [(code, own_name(code)) for code in settings.HOUSE.languages], list)(),
        help_text=_("Other languages are added beside it, side by side"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy"].queryset = Survey.objects.reached_by(person)  # type: ignore[attr-defined]
        self.fields["branch"] = branch_field(person)


class ClosingForm(forms.Form):
    why = forms.CharField(
        label=_("Why now?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence is enough; it stays with the survey"),
    )


class ReopeningForm(forms.Form):
    closes_on = forms.DateField(
        label=_("New last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty to close it yourself"),
    )
    why = forms.CharField(label=_("Why is it opened again?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day
