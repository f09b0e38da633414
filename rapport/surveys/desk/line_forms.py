"""The lines of a question as forms: what may be chosen, and what is rated."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.models import Dimension
from rapport.listening.photos import cleaned_photo
from rapport.surveys.methods import Kind, Question


class LineForm(forms.Form):
    """A row of a grid, or an aspect."""

    place = forms.IntegerField(label=gettext_lazy("Place"), min_value=1, max_value=999, required=False)
    words = forms.CharField(label=gettext_lazy("Words"), max_length=300, required=False)


class ChoiceForm(LineForm):
    is_other = forms.BooleanField(label=gettext_lazy("with a line for own words"), required=False)
    is_alone = forms.BooleanField(label=gettext_lazy("takes all others away"), required=False)
    band = forms.ChoiceField(label=gettext_lazy("Is the group"), required=False)
    picture = forms.FileField(label=gettext_lazy("Picture"), required=False)
    picture_words = forms.CharField(label=gettext_lazy("What the picture shows"), max_length=300, required=False)

    def __init__(self, *args: Any, question: Question, bands: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice = question.choice(str(self.initial.get("key", "")))
        if question.kind != Kind.MULTIPLE:
            del self.fields["is_alone"]
        if question.kind not in {Kind.SINGLE, Kind.MULTIPLE}:
            del self.fields["is_other"]
        if question.kind != Kind.PICTURE:
            del self.fields["picture"], self.fields["picture_words"]
        if not question.dimension:
            del self.fields["band"]
        else:
            own = str(self.initial.get("band", ""))
            extra = [(own, own)] if own and own not in dict(bands) else []
            self.fields["band"].choices = [("", _("none")), *extra, *bands]  # type: ignore[attr-defined]

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        return cleaned_photo(upload) if upload else None


def bands_of(dimension: str) -> list[tuple[str, str]]:
    found = Dimension.objects.filter(slug=dimension).prefetch_related("bands").first()
    return [(band.slug, str(band)) for band in found.bands.all()] if found else []


class LinesForm(forms.Form):
    """More lines at once: what is pasted becomes one line each."""

    more = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["more"].label, self.fields["more"].help_text = label, help_text


def in_place(forms: Iterable[Any]) -> list[Any]:
    """In the order that was asked for, without those whose words were taken out."""
    kept = [form for form in forms if form.cleaned_data["words"].strip()]
    return sorted(kept, key=lambda form: form.cleaned_data["place"] or 999)
