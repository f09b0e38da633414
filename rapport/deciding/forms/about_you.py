from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Band, Dimension
from rapport.deciding.models import Participant, Process, SelfDescription


def questions(process: Process) -> "dict[str, forms.ModelChoiceField[Band]]":
    """One for each dimension that the process asks about; nobody has to answer any."""
    return {
        f"about_{one.slug}": forms.ModelChoiceField(
            one.bands.all(), label=str(one), required=False, empty_label=_("I would rather not say")
        )
        for one in process.asks.prefetch_related("bands")
    }


class AboutYouForm(forms.Form):
    def __init__(self, data: Any = None, *, process: Process, participant: Participant | None = None) -> None:
        super().__init__(data)
        self.asked = list(process.asks.all())
        self.fields.update(questions(process))
        said = SelfDescription.objects.filter(participant=participant) if participant else ()
        told = {one.dimension_id: one.band_id for one in said}
        for one in self.asked:
            self.fields[f"about_{one.slug}"].initial = told.get(one.pk)

    def told(self) -> dict[Dimension, Band | None]:
        return told_in(self.cleaned_data, self.asked)


def told_in(given: dict[str, Any], asked: list[Dimension]) -> dict[Dimension, Band | None]:
    return {one: given.get(f"about_{one.slug}") for one in asked}
