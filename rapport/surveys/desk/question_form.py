"""The form of one question: its own fields, its choices and lines, its condition and its rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.models import Dimension
from rapport.surveys.desk.wording import KINDS
from rapport.surveys.methods import CHOOSING, RATING, Kind, Question, editing
from rapport.surveys.methods.conditions import day_of

_FAMILIES = (
    (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING, Kind.PICTURE),
    (Kind.SHORT, Kind.LONG),
    (Kind.SCALE, Kind.SMILEY),
)
_BOUNDS = {
    Kind.NUMBER: (gettext_lazy("Smallest number"), gettext_lazy("Largest number")),
    Kind.DATE: (gettext_lazy("First day"), gettext_lazy("Last day")),
    Kind.SHORT: (gettext_lazy("Fewest characters"), gettext_lazy("Most characters")),
    Kind.LONG: (gettext_lazy("Fewest characters"), gettext_lazy("Most characters")),
    Kind.MULTIPLE: (gettext_lazy("Fewest answers"), gettext_lazy("Most answers")),
    Kind.RANKING: (gettext_lazy("Fewest put in order"), gettext_lazy("Most put in order")),
}
_LONG = forms.Textarea(attrs={"rows": 2})


def kinds_like(kind: Kind) -> tuple[Kind, ...]:
    """Those that a question of this kind may become without losing what it has."""
    return next((family for family in _FAMILIES if kind in family), (kind,))


class QuestionForm(forms.Form):
    """What a question has besides its choices and lines; only the fields that its kind knows."""

    words = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        error_messages={"required": gettext_lazy("Write what you want to ask.")},
    )
    help = forms.CharField(label=gettext_lazy("Help below it"), max_length=1000, required=False, widget=_LONG)
    kind = forms.ChoiceField(label=gettext_lazy("Answered by"))
    faces = forms.TypedChoiceField(
        label=gettext_lazy("Faces"), coerce=int, choices=[(3, gettext_lazy("three")), (5, gettext_lazy("five"))]
    )
    low = forms.IntegerField(label=gettext_lazy("Scale from"), min_value=0, max_value=1)
    high = forms.IntegerField(label=gettext_lazy("to"), min_value=2, max_value=10)
    low_words = forms.CharField(label=gettext_lazy("The lowest means"), max_length=120, required=False)
    middle_words = forms.CharField(label=gettext_lazy("The middle means"), max_length=120, required=False)
    high_words = forms.CharField(label=gettext_lazy("The highest means"), max_length=120, required=False)
    may_not_apply = forms.BooleanField(label=gettext_lazy("People may say “does not apply to me”"), required=False)
    is_whole = forms.BooleanField(label=gettext_lazy("Whole numbers only"), required=False)
    least = forms.CharField(max_length=20, required=False)
    most = forms.CharField(max_length=20, required=False)
    is_shuffled = forms.BooleanField(
        label=gettext_lazy("Shuffle the answers for each person"),
        required=False,
        help_text=gettext_lazy("What stands first is chosen more often; “other” and “none” stay at the end"),
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("It has to be answered"),
        required=False,
        help_text=gettext_lazy("Only where the rest makes no sense without it: each such question costs answers"),
    )
    why_required = forms.CharField(label=gettext_lazy("Why it has to be answered"), max_length=300, required=False)
    dimension = forms.ChoiceField(
        label=gettext_lazy("It is about the person who answers"),
        required=False,
        help_text=gettext_lazy("Then answers can be shown by it, and weighed to your community"),
    )

    def __init__(self, data: Any = None, *, question: Question, language: str) -> None:
        super().__init__(data, initial=_initial(question, language))
        self.question, self.language = question, language
        for name in set(self.fields) - _fields_of(question.kind):
            del self.fields[name]
        self._fit()

    def _fit(self) -> None:
        kind = self.question.kind
        if "kind" in self.fields:
            self.fields["kind"].choices = [(one, KINDS[one]) for one in kinds_like(kind)]  # type: ignore[attr-defined]
        for name, label in zip(("least", "most"), _BOUNDS.get(kind, ()), strict=False):
            self.fields[name].label = label
            if kind == Kind.DATE:
                self.fields[name].help_text = _("As 2026-05-31, or “today”")
        if "dimension" in self.fields:
            known = {one.slug: str(one) for one in Dimension.objects.all()} or {}
            mine = {self.question.dimension: self.question.dimension} if self.question.dimension else {}
            self.fields["dimension"].choices = [("", _("no")), *({**mine, **known}).items()]  # type: ignore[attr-defined]
        if kind == Kind.INFORMATION:
            self.fields["words"].label = _("Words to read")
        if kind == Kind.CONSENT:
            self.fields["words"].label = _("What people agree to")

    def clean_least(self) -> str:
        return self._bound("least")

    def clean_most(self) -> str:
        return self._bound("most")

    def _bound(self, name: str) -> str:
        said = str(self.cleaned_data[name]).strip()
        if not said:
            return ""
        if self.question.kind == Kind.DATE:
            if day_of(said) is None:
                raise forms.ValidationError(_("Write the day as 2026-05-31, or “today”."))
            return said
        try:
            return f"{float(said.replace(',', '.')):g}"
        except ValueError:
            raise forms.ValidationError(_("Write a number here, or leave it empty.")) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("is_required") and not given.get("why_required", "").strip():
            self.add_error("why_required", _("Tell people why: they are kinder to a question that has a reason."))
        return given

    def put_into(self, question: Question) -> None:
        given = self.cleaned_data
        for name in ("is_whole", "is_shuffled", "is_required", "may_not_apply", "least", "most", "dimension"):
            if name in given:
                setattr(question, name, given[name])
        for name in ("words", "help", "why_required"):
            if name in given:
                editing.set_words(getattr(question, name), self.language, given[name])
        if "kind" in given:
            question.kind = Kind(given["kind"])
        self._put_scale(question, given)

    def _put_scale(self, question: Question, given: dict[str, Any]) -> None:
        if "low" in given:
            question.low, question.high = given["low"], given["high"]
        if "faces" in given:
            question.low, question.high = 1, given["faces"]
        for name, step in _named_steps(question).items():
            if name in given:
                words = dict(question.ends.get(step, {}))
                editing.set_words(words, self.language, given[name])
                question.ends = {key: said for key, said in {**question.ends, step: words}.items() if said}


def _fields_of(kind: Kind) -> set[str]:
    names = {"words", "help"}
    if len(kinds_like(kind)) > 1:
        names |= {"kind"}
    if kind != Kind.INFORMATION:
        names |= {"is_required", "why_required"}
    if kind in _BOUNDS:
        names |= {"least", "most"}
    if kind in CHOOSING:
        names |= {"is_shuffled"}
    if kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.PLACE}:
        names |= {"dimension"}
    if kind in RATING:
        names |= {"may_not_apply", "low_words", "middle_words", "high_words"}
        names |= {"faces"} if kind == Kind.SMILEY else {"low", "high"}
    return names | ({"is_whole"} if kind == Kind.NUMBER else set())


def _named_steps(question: Question) -> dict[str, str]:
    middle = (question.low + question.high) // 2
    return {"low_words": str(question.low), "middle_words": str(middle), "high_words": str(question.high)}


def _initial(question: Question, language: str) -> dict[str, Any]:
    own = ("kind", "low", "high", "may_not_apply", "is_whole", "least", "most", "is_shuffled", "is_required")
    said = {name: getattr(question, name).get(language, "") for name in ("words", "help", "why_required")}
    steps = {name: question.ends.get(step, {}).get(language, "") for name, step in _named_steps(question).items()}
    faces = {"faces": question.high, "dimension": question.dimension}
    return {name: getattr(question, name) for name in own} | said | steps | faces


class MustForm(forms.Form):
    must_words = forms.CharField(
        label=gettext_lazy("What people read where it does not hold"), max_length=300, required=False
    )
