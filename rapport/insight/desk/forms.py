from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapport.insight.models import Evidence, EvidenceKind, NeedKind, Priority, Source, Theme, Weights
from rapport.listening.looking import LookedThrough
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Survey
from rapport.ui.forms import WordsFormField


class LabelForm(LookedThrough):
    label = WordsFormField(label=_("Name"), max_length=120, required=False)

    @property
    def is_sent(self) -> bool:
        return any(self.add_prefix(f"label_{code}") in self.data for code in settings.HOUSE.languages)


class ThemeNameForm(LookedThrough):
    label = WordsFormField(label=_("Name"), max_length=120)


class ProposalForm(forms.Form):
    since = forms.DateField(label=_("All voices since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    wanted = forms.IntegerField(
        label=_("How many groups?"),
        required=False,
        min_value=2,
        max_value=30,
        help_text=_("Leave it empty, and the house finds out how many lie apart most clearly"),
    )


class MergingForm(forms.Form):
    other = forms.ModelChoiceField(Theme.objects.none(), label=_("Merge into"), empty_label=_("choose a theme"))

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Theme.objects.current().exclude(pk=theme.pk)  # type: ignore[attr-defined]


class NeedForm(LookedThrough):
    sentence = WordsFormField(
        label=_("In one sentence, as people would say it"),
        max_length=300,
        help_text=_("Everyone who spoke of it reads this sentence. Say what people need, not what you will do."),
    )
    kind = forms.ChoiceField(label=_("It is"), choices=NeedKind.choices)
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Where"), required=False, empty_label=_("the library as a whole")
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.current(), label=_("Themes that speak of it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, branches: set[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if branches is not None:
            field = self.fields["branch"]
            field.queryset, field.required = Branch.objects.filter(pk__in=branches), True  # type: ignore[attr-defined]


class SentenceForm(LookedThrough):
    sentence = WordsFormField(label=_("In one sentence"), max_length=300)
    kind = forms.ChoiceField(label=_("It is"), choices=NeedKind.choices)


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody yet"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.staff()  # type: ignore[attr-defined]


class AttachForm(forms.Form):
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Themes"), widget=forms.SelectMultiple(attrs={"size": 8})
    )

    def __init__(self, *args: Any, without: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.current().exclude(pk__in=without)  # type: ignore[attr-defined]


class EvidenceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Evidence
        fields = ["source", "kind", "words", "count", "cites", "survey", "on", "is_against"]
        widgets = {"on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"cites": _("A report, a table, an address: so that anyone can look it up")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in Source.choices if value != Source.VOICES]
        self.fields["source"] = forms.ChoiceField(label=_("Source"), choices=choices)
        kinds = [("", _("as its source is")), *EvidenceKind.choices]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind of evidence"), choices=kinds, required=False)
        survey: Any = self.fields["survey"]
        survey.label, survey.empty_label = _("A survey here that it comes from"), _("none")
        survey.help_text = _("Then the page says who answered it, by what they said of themselves")
        survey.queryset = Survey.objects.exclude(opening=None)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("source") == Source.OTHER and not told.get("kind"):
            self.add_error("kind", _("Say of another source which kind of evidence it is."))
        return told

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day


class PriorityForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Priority
        fields = ["size", "equity", "fit", "effort", "reasons"]
        widgets = {"reasons": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reasons": _("Anyone at the desk can read them, and so can the next one who scores")}

    def __init__(self, *args: Any, weights: Weights | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weights = weights or Weights.objects.at()
        for name, weight in weights.table.items():
            label = getattr(Priority._meta.get_field(name), "verbose_name", name)
            self.fields[name] = forms.TypedChoiceField(
                label=str(label).capitalize(),
                choices=[("", "–"), *((n, n) for n in range(1, 6))],
                coerce=int,
                help_text=_("1 is little, 5 is much; counts %(weight)s of %(all)s")
                % {"weight": weight, "all": weights.total},
            )
