"""Rules of registration under a name, and the questions that their form asks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.programs.models import RegistrationRules
from rapport.programs.models.ruling import Followed, change_rules, foresee_rules
from rapport.programs.registering.questions import label_of, options_of
from rapport.ui.forms import WordsFormField

_MOST_QUESTIONS = 12


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]
    name = WordsFormField(label=gettext_lazy("What are these rules called?"), max_length=120)

    class Meta:
        model = RegistrationRules
        fields = [
            "name", "way", "opens_days", "first_days", "closes_hours", "most_heads", "age_from", "age_to", "grown_ups",
            "minimum", "walk_ins", "needs_approval", "waitlist", "order", "draw_days", "offer_hours", "confirm_hours",
            "no_shows", "grace_hours", "pause_days",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("age_from"), given.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", _("This is younger than the age above."))
        return given


class QuestionForm(forms.Form):
    label = WordsFormField(label=gettext_lazy("What do you ask?"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("How is it answered?"),
        choices=[("text", gettext_lazy("in words")), ("yes", gettext_lazy("yes or no")),
                 ("choice", gettext_lazy("one of several"))],
    )  # fmt: skip
    options = WordsFormField(
        label=gettext_lazy("The answers to choose from"), long=True, required=False, max_length=1000,
        help_text=gettext_lazy("One on each line, in the same order in every language"),
    )  # fmt: skip
    required = forms.BooleanField(label=gettext_lazy("It must be answered"), required=False)
    only_if = forms.ChoiceField(label=gettext_lazy("Only if"), required=False)

    def __init__(self, data: Any = None, *, rules: RegistrationRules) -> None:
        super().__init__(data, auto_id="question-%s")
        self.fields["only_if"].choices = [("", _("always")), *_answers(rules)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        lines = {code: text.splitlines() for code, text in (given.get("options") or {}).items() if text}
        first: list[str] = next(iter(lines.values()), [])
        self.choices = [
            {code: texts[place].strip() for code, texts in lines.items() if place < len(texts)}
            for place in range(len(first))
        ]
        if given.get("kind") == "choice" and len(self.choices) < 2:
            self.add_error("options", _("Write at least two answers, each on its own line."))
        return given

    def question(self, key: str) -> dict[str, Any]:
        given = self.cleaned_data
        after, _sign, answer = given["only_if"].partition("=")
        return {
            "id": key, "label": dict(given["label"]), "kind": given["kind"], "required": given["required"],
            "options": self.choices if given["kind"] == "choice" else [], "after": after, "is": answer,
        }  # fmt: skip


def _answers(rules: RegistrationRules) -> list[tuple[str, str]]:
    """What can be answered to the questions that are there, as conditions for the next one."""
    said = []
    for question in rules.questions:
        choices = options_of(question) if question["kind"] == "choice" else []
        if question["kind"] == "yes":
            choices = [("yes", _("yes")), ("no", _("no"))]
        for value, words in choices:
            name = _("“%(question)s” is answered with “%(answer)s”") % {"question": label_of(question), "answer": words}
            said.append((f"{question['id']}={value}", name))
    return said


@staff_may("programs.see")
def all_rules(request: PersonRequest) -> HttpResponse:
    page = {"all_rules": RegistrationRules.objects.all(), "may": request.user.has_perm("programs.change")}
    return render(request, "programs/desk/registering/all_rules.html", page)


@staff_may("programs.change")
def new(request: PersonRequest) -> HttpResponse:
    form = RulesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rules = form.save()
        messages.success(request, _("Kept. Choose these rules for a program, a series or a date."))
        return redirect("programs:desk-rules-one", rules.pk)
    page = {"form": form}
    return render(request, "programs/desk/registering/rules.html", page, status=422 if form.errors else 200)


@staff_may("programs.change")
def one(request: PersonRequest, pk: int) -> HttpResponse:
    rules = get_object_or_404(RegistrationRules, pk=pk)
    form = RulesForm(request.POST or None, instance=rules)
    seen: list[Followed] = []
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        seen = foresee_rules(changed)
        if not seen or "sure" in request.POST:
            change_rules(changed)
            messages.success(request, _("Changed. It holds for every date with these rules."))
            return redirect("programs:desk-rules-one", pk)
    return _shown(request, rules, seen, form=form)


def _shown(
    request: PersonRequest, rules: RegistrationRules, seen: Sequence[Followed] = (), **forms_in: Any
) -> HttpResponse:
    rows = [(question, label_of(question), options_of(question)) for question in rules.questions]
    page = {"rules": rules, "seen": seen, "questions": rows, "form": RulesForm(instance=rules),
            "question_form": QuestionForm(rules=rules), **forms_in}  # fmt: skip
    wrong = any(form.errors for form in forms_in.values())
    return render(request, "programs/desk/registering/rules.html", page, status=422 if wrong else 200)


@staff_may("programs.change")
@require_POST
def questions(request: PersonRequest, pk: int) -> HttpResponse:
    rules = get_object_or_404(RegistrationRules, pk=pk)
    form = QuestionForm(request.POST, rules=rules)
    if len(rules.questions) >= _MOST_QUESTIONS:
        messages.info(request, _("These are many questions already. Take one away first."))
    elif not form.is_valid():
        return _shown(request, rules, question_form=form)
    else:
        key = str(1 + max((int(question["id"]) for question in rules.questions), default=0))
        rules.ask([*rules.questions, form.question(key)])
        messages.success(request, _("The form asks this now."))
    return redirect("programs:desk-rules-one", pk)


@staff_may("programs.change")
@require_POST
def question_removal(request: PersonRequest, pk: int, asked: str) -> HttpResponse:
    rules = get_object_or_404(RegistrationRules, pk=pk)
    left = [one for one in rules.questions if one["id"] != asked and one.get("after") != asked]
    rules.ask(left)
    messages.success(request, _("Taken away, with what was asked only after it."))
    return redirect("programs:desk-rules-one", pk)
