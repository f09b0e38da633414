"""What the page of a program says of its planning: review, template, copy, recordings."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from rapport.insight.models import Need
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.programs.desk.found import within_reach
from rapport.programs.models import Program, ProgramTemplate, Recording, Submission, copy
from rapport.ui.forms import WordsFormField

_LONG = forms.Textarea({"rows": 3})


class SubmitForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("What shall they know?"), required=False, max_length=2000, widget=_LONG)


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("What do you say?"),
        choices=[("approve", gettext_lazy("yes, it may be published")), ("return", gettext_lazy("not yet"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"), required=False, max_length=2000, widget=_LONG,
        help_text=gettext_lazy("Whoever planned it reads this: what should be different, and what is good"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("verdict") == "return" and not given.get("words", "").strip():
            self.add_error("words", _("Say what should be different, so that it can be handed in again."))
        return given


class CopyForm(forms.Form):
    title = WordsFormField(label=gettext_lazy("What is it called?"), max_length=200)
    need = forms.ModelChoiceField(
        Need.objects.all(), label=gettext_lazy("Which need does it answer?"), required=False,
        empty_label=pgettext_lazy("no need chosen", "none"),
        help_text=gettext_lazy("With none, its page says openly that nobody asked for it."),
    )  # fmt: skip


class TemplateForm(forms.Form):
    name = WordsFormField(label=gettext_lazy("What is the template called?"), max_length=200)


class RecordingForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    posted_on = forms.DateField(
        label=gettext_lazy("Posted on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    platforms = forms.CharField(
        label=gettext_lazy("Where?"), max_length=300,
        help_text=gettext_lazy("Each platform, separated by commas: YouTube, Facebook. It is one recording."),
    )  # fmt: skip

    def clean_posted_on(self) -> Any:
        day = self.cleaned_data["posted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean_platforms(self) -> list[str]:
        names = [name.strip()[:80] for name in self.cleaned_data["platforms"].split(",") if name.strip()]
        if not names:
            raise forms.ValidationError(_("Name at least one."))
        return names


def planning_of(program: Program, person: Person) -> dict[str, Any]:
    """What the desk page of a program adds: all of it is read here, so that the template asks nothing."""
    from rapport.programs.planning.series import series_for

    last = program.latest_submission
    return {
        "series_rows": series_for(program),
        "submission": last,
        "waits": last is not None and last.answer is None,
        "may_publish": program.may_be_published_by(person),
        "may_approve": person.has_perm("programs.approve", program),
        "submit_form": SubmitForm(auto_id="submit-%s"),
        "review_form": ReviewForm(auto_id="review-%s"),
        "template": ProgramTemplate.objects.filter(program=program).first(),
        "template_form": TemplateForm(initial={"name": program.title}, auto_id="template-%s"),
        "recordings": list(program.recordings.prefetch_related("views")),
        "recording_form": RecordingForm(auto_id="recording-%s"),
    }


def _mine(request: PersonRequest, pk: int, permission: str = "programs.change") -> Program:
    return get_object_or_404(within_reach(Program.objects.all(), request.user, permission), pk=pk)


def _again(request: PersonRequest, program: Program, **form: forms.Form) -> HttpResponse:
    from rapport.programs.desk.programs import found, shown

    return shown(request, found(program.pk), **form)


@staff_may("programs.change")
@require_POST
def submission(request: PersonRequest, pk: int) -> HttpResponse:
    program = _mine(request, pk)
    form = SubmitForm(request.POST, auto_id="submit-%s")
    if not form.is_valid():
        return _again(request, program, submit_form=form)
    try:
        with transaction.atomic():
            if not program.is_in_review:
                program.submit(form.cleaned_data["words"], by=request.user)
        messages.success(request, _("Handed in. Whoever approves it sees it on their Today page."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect("programs:desk-program", pk)


@staff_may("programs.approve")
@require_POST
def review(request: PersonRequest, pk: int) -> HttpResponse:
    program = _mine(request, pk, "programs.approve")
    waiting = get_object_or_404(Submission.objects.waiting(), program=program)
    form = ReviewForm(request.POST, auto_id="review-%s")
    if not form.is_valid():
        return _again(request, program, review_form=form)
    said = form.cleaned_data
    try:
        with transaction.atomic():
            verb = waiting.approve if said["verdict"] == "approve" else waiting.send_back
            verb(said["words"], by=request.user)
        messages.success(request, _("Said. Whoever handed it in sees it on their Today page."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect("programs:desk-program", pk)


@staff_may("programs.change")
def copied(request: PersonRequest, pk: int) -> HttpResponse:
    """A plan of one's own out of another one: facts, words and series; no date and no number."""
    source = get_object_or_404(Program, pk=pk)
    form = CopyForm(request.POST or None, initial={"title": source.title, "need": source.need})
    if request.method == "POST" and form.is_valid():
        made = copy(source, by=request.user, **form.cleaned_data)
        messages.success(request, _("Copied. Look through its plan, and give it dates."))
        return redirect("programs:desk-program", made.pk)
    page = {"form": form, "program": source}
    return render(request, "programs/planning/copy.html", page, status=422 if form.errors else 200)


@staff_may("programs.change")
@require_POST
def template(request: PersonRequest, pk: int) -> HttpResponse:
    program = _mine(request, pk)
    form = TemplateForm(request.POST, auto_id="template-%s")
    if not form.is_valid():
        return _again(request, program, template_form=form)
    ProgramTemplate.objects.get_or_create(program=program, defaults={"by": request.user, **form.cleaned_data})
    messages.success(request, _("Others can begin from it now, where something is planned."))
    return redirect("programs:desk-program", pk)


@staff_may("programs.change")
@require_POST
def template_removal(request: PersonRequest, pk: int) -> HttpResponse:
    ProgramTemplate.objects.filter(program=_mine(request, pk)).delete()
    messages.success(request, _("It is no template any more. The program stays as it is."))
    return redirect("programs:desk-program", pk)


@staff_may("programs.change")
@require_POST
def recordings(request: PersonRequest, pk: int) -> HttpResponse:
    program = _mine(request, pk)
    form = RecordingForm(request.POST, auto_id="recording-%s")
    if not form.is_valid():
        return _again(request, program, recording_form=form)
    Recording.objects.post(program=program, by=request.user, **form.cleaned_data)
    messages.success(request, _("Noted. Thirty days after it was posted we ask you for its views."))
    return redirect("programs:desk-program", pk)
