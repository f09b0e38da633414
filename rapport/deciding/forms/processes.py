from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from rapport.community.models import Dimension
from rapport.deciding.models import Decision, Phase, PhaseKind, Process, Promise, Tier
from rapport.deciding.models.document import KINDS, LARGEST
from rapport.deciding.starters import STARTERS
from rapport.insight.models import Need
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Survey
from rapport.ui.context import own_name
from rapport.ui.forms import RadioCards, WordsFormField


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def branch_field(person: Person) -> "forms.ModelChoiceField[Branch]":
    """The branches that somebody may decide for; whoever works for one has to name it."""
    keys = person.branches_where("deciding.change")
    rows = Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys)
    return forms.ModelChoiceField(
        rows, label=_("Where"), required=keys is not None, empty_label=_("the library as a whole")
    )


class StarterForm(forms.Form):
    """For a question that was asked already."""

    starter = forms.ChoiceField(
        label=_("Begin with"),
        choices=[(one.slug, one.name) for one in STARTERS],
        widget=RadioCards(
            notes={one.slug: one.note for one in STARTERS}, icons={one.slug: one.icon for one in STARTERS}
        ),
    )
    first = day_field(_("First day"), initial=timezone.localdate)

    def clean_first(self) -> Any:
        day = self.cleaned_data["first"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day


class NewProcessForm(StarterForm):
    question = WordsFormField(
        label=_("What is the question?"), max_length=300, help_text=_("As you would ask it over the counter")
    )
    need = forms.ModelChoiceField(
        Need.objects.all(),
        label=_("Which need does it answer?"),
        required=False,
        empty_label=_("none that we wrote down"),
    )
    field_order = ["starter", "question", "need", "branch", "first"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"] = branch_field(person)
        self.order_fields(self.field_order)


class SettingsForm(forms.Form):
    question = WordsFormField(label=_("What is the question?"), max_length=300)
    promise = forms.ChoiceField(
        label=_("What do we promise?"), choices=Promise.choices, widget=RadioCards,
        help_text=_("It stays as it is once people have seen it."),
    )  # fmt: skip
    open_words = WordsFormField(
        label=_("What is open?"), long=True, required=False, help_text=_("What people can still change")
    )
    closed_words = WordsFormField(
        label=_("What is not open?"), long=True, required=False, help_text=_("Money, law, safety: say it now")
    )
    decider = WordsFormField(label=_("Who decides?"), max_length=200)
    by_when = day_field(_("By when?"))
    budget = forms.DecimalField(
        label=_("Money for it"), min_value=0, max_digits=12, decimal_places=2, required=False, localize=True
    )
    join_tier = forms.ChoiceField(
        label=_("Who may say something?"), choices=Tier.choices, widget=forms.RadioSelect,
        help_text=_("Ask for as little as you can: each question at the door keeps somebody out."),
    )  # fmt: skip
    vote_tier = forms.ChoiceField(
        label=_("Who may vote?"), choices=Tier.choices, widget=forms.RadioSelect,
        help_text=_("It stays as it is once a ballot is in."),
    )  # fmt: skip
    asks = forms.ModelMultipleChoiceField(
        Dimension.objects.filter(counts_households=False),
        label=_("What may people say of themselves?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody has to. It shows who is missing while it is still open; ask only what you will act on."),
    )
    OF_DECISION = ("question", "promise", "open_words", "closed_words", "decider", "by_when")

    @classmethod
    def of(cls, process: Process, data: Any = None) -> "SettingsForm":
        decision: Decision = process.decision
        initial = {name: getattr(decision, name) for name in cls.OF_DECISION}
        initial |= {name: getattr(process, name) for name in ("budget", "join_tier", "vote_tier")}
        initial["asks"] = process.asks.all()
        form = cls(data, initial=initial)
        for name, is_fixed in (
            ("promise", process.is_public),
            ("join_tier", process.has_votes()),
            ("vote_tier", process.has_votes()),
        ):
            form.fields[name].disabled = is_fixed
        return form

    def changes(self) -> dict[str, Any]:
        """As `Process.change` takes them."""
        given = dict(self.cleaned_data)
        return {"decision": {name: given.pop(name) for name in self.OF_DECISION}, **given}


class PhaseForm(forms.Form):
    kind = forms.ChoiceField(label=_("What happens?"), choices=PhaseKind.choices)
    title = WordsFormField(
        label=_("Title"), max_length=120, required=False, help_text=_("Without one, the words above are shown")
    )
    about = WordsFormField(label=_("What it is about"), max_length=400, required=False, long=True)
    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    surveys = forms.ModelMultipleChoiceField(
        Survey.objects.none(), label=_("Surveys in this phase"), required=False, widget=forms.CheckboxSelectMultiple
    )
    why = WordsFormField(
        label=_("Why other days?"), max_length=400, required=False,
        help_text=_("Needed once the phase has begun; everybody can read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, process: Process, person: Person, phase: Phase | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(process, phase))
        super().__init__(*args, **kwargs)
        self.fields["surveys"].queryset = _surveys(person, phase)  # type: ignore[attr-defined]  # a ModelChoiceField
        if phase is None or not phase.has_begun:
            del self.fields["why"]
        if not self.fields["surveys"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["surveys"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", _("It ends before it begins."))
        return given


def _initial(process: Process, phase: Phase | None) -> dict[str, Any]:
    if phase is None:
        before = process.phases.last()
        first = before.last_day + timedelta(days=1) if before else timezone.localdate()
        return {"first": first, "last": first + timedelta(days=13)}
    own = {name: getattr(phase, name) for name in ("kind", "title", "about")}
    return {
        **own,
        "first": timezone.localdate(phase.opens_at),
        "last": phase.last_day,
        "surveys": phase.surveys.all(),
    }


def _surveys(person: Person, phase: Phase | None) -> Any:
    mine = Survey.objects.reached_by(person, "surveys.see").filter(closing=None)
    return mine | Survey.objects.filter(pk__in=phase.surveys.values("pk")) if phase else mine


class DocumentForm(forms.Form):
    title = WordsFormField(label=_("What is it called?"), max_length=200)
    language = forms.ChoiceField(
        label=_("Written in"),
        choices=lazy(
            lambda: [("", _("more than one language")), *((code, own_name(code)) for code in _codes())], list
        )(),
        required=False,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, ODT, ODS, DOCX, XLSX, CSV or TXT, up to 20 MB. People read PDF most easily."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        kind = Path(file.name).suffix.lower().lstrip(".")
        if kind not in KINDS or not _is(kind, file):
            raise forms.ValidationError(_("This is none of the kinds that we take. A PDF is best."))
        if file.size > LARGEST:
            raise forms.ValidationError(_("It is larger than 20 MB. Make a smaller PDF of it."))
        return file


def _codes() -> list[str]:
    return list(settings.HOUSE.languages)


def _is(kind: str, file: Any) -> bool:
    """Whether its first bytes are those of its kind: a name is quickly changed."""
    head = file.read(8)
    file.seek(0)
    if kind == "pdf":
        return bool(head.startswith(b"%PDF-"))
    if kind in {"odt", "ods", "docx", "xlsx"}:
        return bool(head.startswith(b"PK\x03\x04"))
    return b"\x00" not in head
