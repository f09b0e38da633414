"""The form of one question: its own fields, its choices and lines, its condition and its rule."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.models import Dimension
from rapport.listening.photos import cleaned_photo
from rapport.surveys.desk.condition_form import ConditionForm, columns_before
from rapport.surveys.desk.wording import KINDS
from rapport.surveys.methods import CHOOSING, RATING, Choice, Kind, Line, Question, Questionnaire, editing
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

    words = forms.CharField(label=gettext_lazy("Question"), max_length=1000, required=False, widget=_LONG)
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


class QuestionEditor:
    """All forms of one question together. `question()` is what they say, once they are valid."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        question: Question,
        data: Any = None,
        files: Any = None,
        *,
        taken: Iterable[str] = (),
    ) -> None:
        self.before, self.questionnaire = question, questionnaire
        self.language = questionnaire.languages[0]
        self.taken = set(taken)  # codes of earlier editions, which would bring their answers along
        self.form = QuestionForm(data, question=question, language=self.language)
        self.choices = self._choice_forms(data, files) if question.kind in CHOOSING else []
        is_grid = question.kind == Kind.GRID
        self.rows = self._line_forms("row", question.rows, data) if is_grid else []
        self.aspects = self._line_forms("aspect", question.aspects, data) if is_grid else []
        self.more = self._more_forms(data)
        self.when = self._condition("when", data, itself=False)
        self.must = self._condition("must", data, itself=True)
        self.must_words = MustForm(data, initial={"must_words": question.must_words.get(self.language, "")})

    def _choice_forms(self, data: Any, files: Any) -> list[ChoiceForm]:
        bands = bands_of(self.before.dimension) if self.before.dimension else []
        return [
            ChoiceForm(
                data,
                files,
                prefix=f"choice{n}",
                question=self.before,
                bands=bands,
                initial={
                    "key": choice.code,
                    "place": n,
                    "words": choice.words.get(self.language, ""),
                    "is_other": choice.is_other,
                    "is_alone": choice.is_alone,
                    "band": choice.band,
                    "picture_words": choice.picture_words.get(self.language, ""),
                },
            )
            for n, choice in enumerate(self.before.choices, 1)
        ]

    def _line_forms(self, name: str, lines: list[Line], data: Any) -> list[LineForm]:
        return [
            LineForm(
                data,
                prefix=f"{name}{n}",
                initial={"key": line.key, "place": n, "words": line.words.get(self.language, "")},
            )
            for n, line in enumerate(lines, 1)
        ]

    def _more_forms(self, data: Any) -> dict[str, LinesForm]:
        kind = self.before.kind
        if kind in CHOOSING:
            label = _("Add answers") if self.before.choices else _("Answers")
            return {"choices": LinesForm(data, prefix="choices", label=label, help_text=_("One line each"))}
        if kind == Kind.GRID:
            return {
                "rows": LinesForm(data, prefix="rows", label=_("Add things to rate"), help_text=_("One line each")),
                "aspects": LinesForm(
                    data,
                    prefix="aspects",
                    label=_("Add what each is rated for"),
                    help_text=_("One line each. Leave it empty to rate each thing once"),
                ),
            }
        return {}

    def _condition(self, name: str, data: Any, *, itself: bool) -> ConditionForm:
        columns = columns_before(self.questionnaire, self.before.key, itself=itself)
        condition = self.before.must if itself else self.before.when
        own = self.before.key if itself else ""
        return ConditionForm(data, condition=condition, columns=columns, language=self.language, prefix=name, own=own)

    @property
    def parts(self) -> list[forms.Form]:
        lines: list[forms.Form] = [*self.choices, *self.rows, *self.aspects, *self.more.values()]
        return [self.form, *lines, self.when, self.must, self.must_words]

    def is_valid(self) -> bool:
        wrong = [part for part in self.parts if not part.is_valid()]  # each is asked, so that each says what is wrong
        return not wrong

    def question(self) -> Question:
        question = deepcopy(self.before)
        self.form.put_into(question)
        question.choices = self._choices()
        question.rows = self._lines(self.rows, self.before.rows, "rows")
        question.aspects = self._lines(self.aspects, self.before.aspects, "aspects")
        question.when, question.must = self.when.read(), self.must.read()
        editing.set_words(question.must_words, self.language, self.must_words.cleaned_data["must_words"])
        return question

    def uploads(self) -> dict[str, Any]:
        """New pictures by the code of the choice that they belong to."""
        return {
            form.initial["key"]: form.cleaned_data["picture"]
            for form in self.choices
            if form.cleaned_data.get("picture")
        }

    def _choices(self) -> list[Choice]:
        kept = []
        for form in _in_place(self.choices):
            given = form.cleaned_data
            choice = deepcopy(form.choice)
            if choice is None:
                continue
            editing.set_words(choice.words, self.language, given["words"])
            for name in ("is_other", "is_alone", "band"):
                if name in given:
                    setattr(choice, name, given[name])
            editing.set_words(choice.picture_words, self.language, given.get("picture_words", ""))
            kept.append(choice)
        return kept + [Choice(code=line.key, words=line.words) for line in self._added("choices", self.before.choices)]

    def _lines(self, line_forms: list[LineForm], before: list[Line], name: str) -> list[Line]:
        known = {line.key: line for line in before}
        kept = []
        for form in _in_place(line_forms):
            line = deepcopy(known[form.initial["key"]])
            editing.set_words(line.words, self.language, form.cleaned_data["words"])
            kept.append(line)
        return kept + self._added(name, before)

    def _added(self, name: str, before: Iterable[Choice | Line]) -> list[Line]:
        if name not in self.more:
            return []
        taken = self.taken | {one.code if isinstance(one, Choice) else one.key for one in before}
        return editing.lines(self.more[name].cleaned_data["more"], self.language, taken)


class MustForm(forms.Form):
    must_words = forms.CharField(
        label=gettext_lazy("What people read where it does not hold"), max_length=300, required=False
    )


def _in_place(forms: Iterable[Any]) -> list[Any]:
    """In the order that was asked for, without those whose words were taken out."""
    kept = [form for form in forms if form.cleaned_data["words"].strip()]
    return sorted(kept, key=lambda form: form.cleaned_data["place"] or 999)
