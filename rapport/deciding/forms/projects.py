from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rapport.deciding.models import BudgetBallot, Check, Option, Poll, Project, Proposal
from rapport.listening.photos import cleaned_photo
from rapport.ui.forms import RadioCards, WordsFormField

LINES = 8


class ProjectForm(forms.Form):
    """What it is, in pictures and words, and which ideas it came from."""

    title = WordsFormField(label=_("What is it called?"), max_length=120)
    about = WordsFormField(
        label=_("What is it?"), long=True, max_length=600, required=False,
        help_text=_("Two or three short sentences that a child can read"),
    )  # fmt: skip
    ideas = forms.ModelMultipleChoiceField(
        Proposal.objects.none(),
        label=_("Which ideas is it made of?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their authors see how it goes on, can write notes, and are told what becomes of it"),
    )
    picture = forms.FileField(
        label=_("Picture"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    picture_words = WordsFormField(
        label=_("What does the picture show?"), max_length=200, required=False,
        help_text=_("For those who hear the page instead of seeing it"),
    )  # fmt: skip

    def __init__(self, *args: Any, poll: Poll, project: Project | None = None, **kwargs: Any) -> None:
        if project is not None:
            kwargs["initial"] = {
                "title": project.title, "about": project.about, "picture_words": project.picture_words,
                "ideas": list(project.ideas.all()),
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        ideas = Proposal.objects.filter(collection__phase__process=poll.phase.process_id).public()
        self.fields["ideas"].queryset = ideas  # type: ignore[attr-defined]  # a field of models
        if not ideas.exists():
            del self.fields["ideas"]

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        return cleaned_photo(upload) if upload else None


class EstimateForm(forms.Form):
    """What it costs, line by line; empty lines are left out."""

    who = forms.CharField(
        label=_("Who worked it out?"),
        required=False,
        max_length=120,
        help_text=_("A builder, a shop, the town's gardener"),
    )

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(project.estimated.lines.all()) if project and project.estimated else []
        for n in range(max(LINES, len(known) + 2)):
            line = known[n] if n < len(known) else None
            self.fields[f"what_{n}"] = forms.CharField(
                label=_("What"), required=False, max_length=160, initial=str(line.words) if line else ""
            )
            self.fields[f"amount_{n}"] = forms.DecimalField(
                label=_("How much"), required=False, min_value=Decimal("0.01"), max_digits=10, decimal_places=2,
                initial=line.amount if line else None,
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        numbers = range(sum(name.startswith("what_") for name in self.fields))
        return [(self[f"what_{n}"], self[f"amount_{n}"]) for n in numbers]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for what, amount in self.rows:
            if said.get(what.name) and said.get(amount.name) is None and amount.name not in self.errors:
                self.add_error(amount.name, _("How much does this cost?"))
            if said.get(amount.name) is not None and not said.get(what.name):
                self.add_error(what.name, _("What is this for?"))
        if not self.errors and not self.lines:
            raise forms.ValidationError(_("Write at least one line: what, and how much."))
        return said

    @property
    def lines(self) -> list[tuple[str, Decimal]]:
        said = self.cleaned_data
        return [(said[what.name], said[amount.name]) for what, amount in self.rows if said.get(what.name)]


class ChecksForm(forms.Form):
    """Each criterion with yes or no, and why; what is left open is looked at later."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(project.poll.criteria.all())
        known = {check.criterion_id: check for check in project.checks.all()}
        for one in self.criteria:
            check: Check | None = known.get(one.pk)
            self.fields[f"met_{one.pk}"] = forms.ChoiceField(
                label=str(one), required=False, widget=forms.RadioSelect,
                choices=[("yes", _("Yes")), ("no", _("No")), ("", _("not looked at yet"))],
                initial="" if check is None else "yes" if check.is_met else "no",
            )  # fmt: skip
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Why"), required=False, max_length=500, initial=str(check.reason) if check else ""
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for one in self.criteria:
            if said.get(f"met_{one.pk}") == "no" and not said.get(f"reason_{one.pk}"):
                self.add_error(f"reason_{one.pk}", _("Say why not: its authors read it."))
        return said

    def keep(self, project: Project, *, by: Any) -> None:
        for one in self.criteria:
            if met := self.cleaned_data[f"met_{one.pk}"]:
                reason = self.cleaned_data[f"reason_{one.pk}"]
                project.check_criterion(one, is_met=met == "yes", reason=reason, by=by)


class RefusalForm(forms.Form):
    reason = WordsFormField(
        label=_("Why can nobody vote on it?"), long=True,
        help_text=_("Everybody can read this, and those who had the idea are told it"),
    )  # fmt: skip


class NoteForm(forms.Form):
    words = forms.CharField(label=_("A note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CriterionForm(forms.Form):
    words = WordsFormField(
        label=_("Criterion"),
        max_length=200,
        help_text=_("As a sentence that is true of a project: “It stands on our ground.”"),
    )


class BudgetRulesForm(forms.ModelForm[Poll]):
    """The rules of a budget, which are published before anybody votes."""

    class Meta:
        model = Poll
        fields = ("budget", "budget_ballot", "least", "most", "budget_rule", "completion")
        labels = {
            "budget": _("How much money is there?"),
            "budget_ballot": _("How do people vote?"),
            "least": _("At least so many projects"),
            "most": _("At most so many projects (or points)"),
            "budget_rule": _("By which rule is it counted?"),
            "completion": _("What becomes of money that is left over?"),
        }
        help_texts = {
            "budget_ballot": _("For children, and on paper, choosing is easiest"),
            "completion": _("Only for Equal Shares"),
        }
        widgets = {"budget_ballot": RadioCards, "budget_rule": RadioCards, "completion": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("budget"):
            self.add_error("budget", _("Say how much there is."))
        chooses = said.get("budget_ballot") in {BudgetBallot.APPROVAL, BudgetBallot.KNAPSACK}
        if chooses and said.get("most") and (said.get("least") or 0) > said["most"]:
            self.add_error("least", _("This is more than the most that may be chosen."))
        return said


class OverrideForm(forms.Form):
    option = forms.ModelChoiceField(
        Option.objects.none(), label=_("Which project?"), empty_label=None, widget=forms.RadioSelect
    )
    reason = WordsFormField(
        label=_("Why?"), long=True,
        help_text=_("It stands beside the result with your name, and everyone who spoke of it is told"),
    )  # fmt: skip

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].queryset = poll.options.filter(override=None)  # type: ignore[attr-defined]  # of models


class PromisesForm(forms.Form):
    due = forms.DateField(label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}))
    owner_words = WordsFormField(label=_("Who answers for it?"), max_length=120, required=False)


class ExampleForm(forms.Form):
    file = forms.FileField(
        label=_("A file of Pabulib"), help_text=_("It ends in .pb. Ages and sexes in it are not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pb,text/plain"}),
    )  # fmt: skip
