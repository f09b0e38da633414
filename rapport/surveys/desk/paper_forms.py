from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Survey
from rapport.surveys.tongues import tongues

MOST_COPIES = 200  # in one print: more would be a page that no browser likes


def _languages(survey: Survey) -> list[tuple[str, str]]:
    edition = survey.edition or survey.editions.last()
    return tongues(edition.questionnaire.languages) if edition else []


def _branches(person: Person) -> "forms.ModelChoiceField[Branch]":
    keys = person.branches_where("surveys.enter")
    rows = Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys)
    return forms.ModelChoiceField(rows, label=_("Library"), required=False, empty_label=_("none in particular"))


class PrintForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))
    copies = forms.IntegerField(
        label=_("Copies"),
        min_value=1,
        max_value=MOST_COPIES,
        initial=20,
        help_text=_("Each gets a number of its own, so that no sheet is entered twice or forgotten"),
    )

    def __init__(self, *args: Any, survey: Survey, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages(survey)  # type: ignore[attr-defined]
        self.fields["branch"] = _branches(person)


class ShareForm(forms.Form):
    share = forms.IntegerField(
        label=_("Of 100 sheets, how many are entered twice?"),
        min_value=0,
        max_value=100,
        help_text=_("100: each sheet, by two people. 10: one in ten, which shows how many errors there are. 0: none"),
    )


class NumberForm(forms.Form):
    """Which sheet lies on the table."""

    serial = forms.IntegerField(label=_("Number on the sheet"), min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, survey: Survey, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language of the sheet"), choices=_languages(survey))
        self.fields["branch"] = _branches(person)


class AskingForm(forms.Form):
    """Who sits at the desk, or is on the phone."""

    channel = forms.ChoiceField(label=_("They are"), choices=[("desk", _("at the desk")), ("phone", _("on the phone"))])

    def __init__(self, *args: Any, survey: Survey, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=_languages(survey))
        self.fields["branch"] = _branches(person)
