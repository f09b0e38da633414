"""The forms of a needs assessment. Hardly anything is required: what is unknown never blocks."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.insight.models import (
    AssessedNeed,
    Assessment,
    AssessmentSource,
    Asset,
    FieldNote,
    Finding,
    Member,
    Need,
    Theme,
)
from rapport.listening.looking import LookedThrough
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Survey
from rapport.ui.context import own_name
from rapport.ui.forms import WordsFormField


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AssessmentForm(forms.ModelForm):  # type: ignore[type-arg]
    title = WordsFormField(label=gettext_lazy("What you want to find out"), max_length=200)
    decision = WordsFormField(
        label=gettext_lazy("The decision that it informs"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("If nothing is to be decided, ask yourself whether people's time is well spent"),
    )

    class Meta:
        model = Assessment
        fields = ["title", "decision", "topic", "branch", "level", "lead", "begins_on", "ends_on", "next_on"]
        widgets = {"begins_on": _day(), "ends_on": _day(), "next_on": _day()}

    def __init__(self, *args: Any, branches: set[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branch: Any = self.fields["branch"]
        branch.label, branch.empty_label = _("Where"), _("the library as a whole")
        if branches is not None:
            branch.queryset, branch.required = Branch.objects.filter(pk__in=branches), True
        lead: Any = self.fields["lead"]
        lead.queryset, lead.empty_label = Person.objects.staff(), _("nobody yet")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("begins_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first. Please look again."))
        return told


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of an assessment; `assessment` says what can be chosen."""

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        self.narrow()

    def narrow(self) -> None:
        """Leave only what belongs to this assessment to be chosen."""

    def _choose(self, name: str, rows: QuerySet[Any], *, boxes: bool = False, nothing: str = "–") -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        if boxes:
            field.widget = forms.CheckboxSelectMultiple(choices=field.widget.choices)
        else:
            field.empty_label = nothing


def _needs(assessment: Assessment) -> QuerySet[Need]:
    needs = Need.objects.all()
    return (
        needs.filter(branch__in=[assessment.branch_id]) | needs.filter(branch=None) if assessment.branch_id else needs
    )


class SourceForm(RowForm):
    title = WordsFormField(label=gettext_lazy("Title"), max_length=200)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AssessmentSource
        fields = [
            "kind", "title", "survey", "themes", "purpose", "audience", "instrument", "languages", "mode", "place",
            "begins_on", "ends_on", "collected_by", "recruitment", "incentive", "invited", "responded", "usable",
            "consent_version", "limits", "keep_until",
        ]  # fmt: skip
        widgets = {
            "begins_on": _day(),
            "ends_on": _day(),
            "keep_until": _day(),
            "limits": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "limits": gettext_lazy(
                "Who was not reached, what was not asked: said openly, it makes the rest believable"
            ),
            "keep_until": gettext_lazy("Notes of this source are removed in the night after it"),
        }

    def narrow(self) -> None:
        place = self.assessment.branch_id
        self._choose("survey", Survey.objects.of_branches({place} if place else None), nothing=_("none of our surveys"))
        self._choose("themes", Theme.objects.current(), boxes=True)
        languages: Any = self.fields["languages"]
        languages.choices = [(code, own_name(code)) for code in settings.HOUSE.languages]


class NoteForm(RowForm):
    class Meta:
        model = FieldNote
        fields = ["source", "words", "language", "place", "on", "may_be_quoted"]
        widgets = {"words": forms.Textarea(attrs={"rows": 6}), "on": _day()}
        help_texts = {"words": gettext_lazy("No names, and nothing by which somebody could be recognised")}

    def narrow(self) -> None:
        self._choose("source", self.assessment.sources.all(), nothing=_("choose a source"))
        codes = [(code, own_name(code)) for code in settings.HOUSE.languages]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=codes)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."))
        return day


class FindingForm(LookedThrough, RowForm):
    sentence = WordsFormField(label=gettext_lazy("What you found, in one sentence"), max_length=400)
    dissent = WordsFormField(
        label=gettext_lazy("Who sees it otherwise, and why"), max_length=600, required=False, long=True
    )

    class Meta:
        model = Finding
        fields = ["sentence", "strength", "sources", "need", "dissent"]

    def narrow(self) -> None:
        self._choose("sources", self.assessment.sources.all(), boxes=True)
        self._choose("need", _needs(self.assessment), nothing=_("none of the needs"))


class AssetForm(LookedThrough, RowForm):
    words = WordsFormField(label=gettext_lazy("What there is already"), max_length=300)

    class Meta:
        model = Asset
        fields = ["kind", "words", "needs"]

    def narrow(self) -> None:
        self._choose("needs", _needs(self.assessment), boxes=True)


class PriorityNeedForm(LookedThrough, RowForm):
    dissent = WordsFormField(
        label=gettext_lazy("Who would put it elsewhere, and why"), max_length=600, required=False, long=True
    )

    class Meta:
        model = AssessedNeed
        fields = ["need", "dissent"]

    def narrow(self) -> None:
        taken = self.assessment.priorities.exclude(pk=self.instance.pk).values("need")
        self._choose("need", _needs(self.assessment).exclude(pk__in=taken), nothing=_("choose a need"))


class MemberForm(RowForm):
    class Meta:
        model = Member
        fields = ["person"]

    def narrow(self) -> None:
        taken = self.assessment.members.values("person")
        self._choose("person", Person.objects.staff().exclude(pk__in=taken), nothing=_("choose somebody"))


class QuoteForm(LookedThrough):
    words = forms.CharField(
        label=gettext_lazy("The quote, in their own words"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands among the voices, without a name, and can be part of a theme"),
    )


class PublicationForm(LookedThrough):
    summary = WordsFormField(
        label=gettext_lazy("What we found, in short"),
        max_length=1500,
        long=True,
        help_text=gettext_lazy("Everyone who was heard is told this, once"),
    )
    limits = WordsFormField(
        label=gettext_lazy("What this cannot say"),
        max_length=1500,
        long=True,
        help_text=gettext_lazy("Whom you did not reach, and how sure you are"),
    )
    next_steps = WordsFormField(
        label=gettext_lazy("What happens next"),
        max_length=1500,
        long=True,
        help_text=gettext_lazy("Who decides what, and by when people will hear"),
    )
