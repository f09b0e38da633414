from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from rapport.surveys.letters import PLACES
from rapport.surveys.models import LetterWords

_LARGEST = 10 * 1024 * 1024
_FILE_HELP = _("CSV or XLSX. Columns: email, name, language, branch, reference; only those that you have")


def _small_enough(file: "UploadedFile[Any] | None") -> "UploadedFile[Any] | None":
    if file and (file.size or 0) > _LARGEST:
        raise forms.ValidationError(_("This file is larger than 10 MB."))
    return file


class PeopleForm(forms.Form):
    """People to be asked by name: pasted, or in a file."""

    text = forms.CharField(
        label=_("Paste a list"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=1_500_000,
        help_text=_("One person a line, such as: noor@example.org; Noor; ar; Riverside"),
    )
    file = forms.FileField(label=_("or choose a file"), required=False, help_text=_FILE_HELP)

    def clean_file(self) -> "UploadedFile[Any] | None":
        return _small_enough(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("text", "").strip() and not given.get("file"):
            raise forms.ValidationError(_("Paste a list, or choose a file."))
        return given


class DrawForm(forms.Form):
    """People drawn at random from a list of all whom the survey is about."""

    file = forms.FileField(label=_("The list of all"), help_text=_FILE_HELP)
    n = forms.IntegerField(label=_("How many are drawn"), min_value=1, max_value=1_000_000)
    column = forms.CharField(
        label=_("In parts by this column"),
        required=False,
        max_length=80,
        help_text=_("Such as district: each part is drawn by itself, so that none is forgotten by chance"),
    )
    is_equal = forms.ChoiceField(
        label=_("How many of each part"),
        required=False,
        choices=[("", _("as many as it has people, in proportion")), ("equal", _("the same number of each"))],
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=80,
        help_text=_("Any words. It is kept and may be published: the same list and seed draw the same people"),
    )

    def clean_file(self) -> "UploadedFile[Any] | None":
        return _small_enough(self.cleaned_data["file"])


class SendingForm(forms.Form):
    from_on = forms.DateField(
        label=_("From which day on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RemindersForm(forms.Form):
    reminders = forms.IntegerField(label=_("How many reminders"), min_value=0, max_value=5)
    days_between_reminders = forms.IntegerField(label=_("Days between them"), min_value=1, max_value=60)


class LetterForm(forms.Form):
    """The words of one letter in one language. Empty: the usual words."""

    kind = forms.ChoiceField(label=_("Letter"), choices=LetterWords.Kind.choices, widget=forms.HiddenInput)
    language = forms.CharField(max_length=24, widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Letter"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "{name}, {title}, {library}, {purpose}, {link}, {last_day} and {decline} are filled for each person"
        ),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if text and "{link}" not in text:
            raise forms.ValidationError(_("Without {link} nobody finds the survey."))
        if text and "{decline}" not in text:
            raise forms.ValidationError(_("Without {decline} nobody can ask to be left alone."))
        rest = text
        for place in PLACES:
            rest = rest.replace(f"{{{place}}}", "")
        if "{" in rest or "}" in rest:
            raise forms.ValidationError(_("There is something in braces that we cannot fill."))
        return text
