from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.desk.files import TableField, Uploaded
from rapport.community.models import Band
from rapport.community.topic_field import TopicField
from rapport.insight.methods.assessing.shelf_sample import how_many
from rapport.insight.models import MOST_DRAWN, AuditedItem, CollectionAudit, ItemCategory, ItemQuestion
from rapport.insight.models.audit_sheet import knows
from rapport.places.models import Branch
from rapport.ui.forms import WordsFormField

_MARGINS = ((0.05, 5), (0.1, 10), (0.15, 15))


class AuditForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=120)
    shelf = forms.CharField(
        label=gettext_lazy("Which shelf or list"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Such as: picture books, A to M. Take the list from your catalogue, in shelf order."),
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(),
        label=gettext_lazy("Branch"),
        required=False,
        empty_label=gettext_lazy("the whole library"),
    )
    questions = forms.ModelMultipleChoiceField(
        ItemQuestion.objects.all(), label=gettext_lazy("What is noted"), widget=forms.CheckboxSelectMultiple
    )
    shelf_size = forms.IntegerField(label=gettext_lazy("Items on the shelf list"), min_value=1, max_value=10_000_000)
    size = forms.IntegerField(
        label=gettext_lazy("Items to draw"),
        required=False,
        min_value=1,
        max_value=MOST_DRAWN,
        help_text=gettext_lazy(
            "Empty: as many as show a share to within ten in a hundred. A hundred items are an afternoon for two."
        ),
    )
    of_day = forms.DateField(label=gettext_lazy("As of"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None, *, branches: set[int] | None) -> None:
        super().__init__(data, initial={"of_day": timezone.localdate()})
        if branches is not None:
            field = self.fields["branch"]
            field.queryset, field.required = Branch.objects.filter(pk__in=branches), True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        items, size = told.get("shelf_size"), told.get("size")
        if items and size and size > items:
            self.add_error("size", _("There are only %(n)s items on the list. Draw at most as many.") % {"n": items})
        if items and not size and "size" not in self.errors:
            told["size"] = min(how_many(items), MOST_DRAWN)
        return told


def suggested(items: int) -> list[tuple[int, int]]:
    """How many to draw for each margin in a hundred."""
    return [(per_cent, how_many(items, margin)) for margin, per_cent in _MARGINS]


class AgainForm(forms.Form):
    shelf_size = forms.IntegerField(
        label=gettext_lazy("Items on the shelf list now"), min_value=1, max_value=10_000_000
    )
    of_day = forms.DateField(label=gettext_lazy("As of"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None, *, audit: CollectionAudit) -> None:
        super().__init__(data, initial={"of_day": timezone.localdate(), "shelf_size": audit.shelf_size})


class ItemForm(forms.Form):
    """One item on a phone: what it is first, then one list of boxes for each question."""

    name = forms.CharField(label=gettext_lazy("Call number or short title"), max_length=120, required=False)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1, max_value=9999, required=False)
    is_gone = forms.BooleanField(label=gettext_lazy("It cannot be found"), required=False)

    def __init__(self, data: Any = None, *, item: AuditedItem, questions: list[ItemQuestion]) -> None:
        held = {one.pk for one in item.categories.all()}
        told: dict[str, Any] = {name: getattr(item, name) for name in ("name", "year", "is_gone")}
        told |= {f"q{one.pk}": held for one in questions}
        super().__init__(data, initial=told | {"topic": item.topic_id})
        beside = [item.topic] if item.topic else []
        self.fields["topic"] = TopicField(beside=beside, empty_label=gettext_lazy("not noted"))
        for question in questions:
            self.fields[f"q{question.pk}"] = forms.ModelMultipleChoiceField(
                question.categories.all(),
                label=str(question),
                help_text=str(question.about),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["is_gone"] = self.fields.pop("is_gone")

    def said(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        chosen = [one for name in list(told) if name.startswith("q") for one in told.pop(name)]
        return {**told, "categories": chosen}


class SheetForm(forms.Form):
    file = TableField(
        label=gettext_lazy("Filled sheet"), help_text=gettext_lazy("CSV or XLSX with the columns of the sheet")
    )

    def clean_file(self) -> Uploaded:
        uploaded: Uploaded = self.cleaned_data["file"]
        if not knows(uploaded.grid):
            raise forms.ValidationError(_("The first row has no column “place”. Download the sheet and fill that in."))
        return uploaded


class QuestionForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What is noted of each item"), max_length=120)
    about = WordsFormField(label=gettext_lazy("How to tell"), long=True, required=False, max_length=1000)

    def __init__(self, data: Any = None, *, question: ItemQuestion | None = None) -> None:
        initial = {"name": question.name, "about": question.about} if question else {}
        super().__init__(data, initial=initial)


class CategoryForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What it is called"), max_length=120)
    band = forms.ModelChoiceField(
        Band.objects.select_related("dimension").order_by("dimension__order", "dimension_id", "order", "pk"),
        label=gettext_lazy("Beside the band of the profile"),
        required=False,
        empty_label=gettext_lazy("none: it is not compared"),
    )

    def __init__(self, data: Any = None, *, category: ItemCategory | None = None) -> None:
        initial = {"name": category.name, "band": category.band_id} if category else {}
        super().__init__(data, initial=initial, prefix=f"category-{category.pk}" if category else "category")
        self.fields["band"].label_from_instance = lambda band: f"{band.dimension}: {band}"  # type: ignore[attr-defined]
