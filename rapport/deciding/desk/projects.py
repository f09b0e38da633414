"""Working out projects at the desk: what they cost, whether they may be voted on, and why not."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.deciding.forms.projects import ChecksForm, EstimateForm, NoteForm, ProjectForm, RefusalForm
from rapport.deciding.models import Method, NotReady, Poll, Project, Proposal, RulesFixed
from rapport.deciding.views.projects import checks_of
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.listing import Column, Listing

COLUMNS = [
    Column("title", gettext_lazy("Project"), link="get_desk_url"),
    Column("cost", gettext_lazy("Cost"), lambda project: project.cost),
    Column("stands", gettext_lazy("Where it stands"), lambda project: project.stands_words),
    Column("at", gettext_lazy("Begun"), sort="at"),
]


def budget_of(request: PersonRequest, pk: int, permission: str = "deciding.change") -> Poll:
    """A budget that this person's role reaches, or 404."""
    rows = Poll.objects.reached_by(request.user, permission).with_process().filter(method=Method.BUDGET)
    return get_object_or_404(rows, pk=pk)


@staff_may("deciding.see")
def projects(request: PersonRequest, pk: int) -> HttpResponseBase:
    poll = budget_of(request, pk, "deciding.see")
    rows = poll.projects.with_all().prefetch_related("poll__criteria")
    listing = Listing(request, rows, columns=COLUMNS, search=["title"], order="-at", name="projects")
    if listing.wants_file:
        return listing.file()
    page = {"poll": poll, "process": poll.process, "listing": listing, "may": _may(request, poll)}
    return render(request, "deciding/desk/projects/projects.html", page)


def _may(request: PersonRequest, poll: Poll) -> bool:
    return request.user.has_perm("deciding.change", poll.process.decision)


@staff_may("deciding.change")
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin a project, from an idea where one is named (`?idea=`)."""
    poll = budget_of(request, pk)
    form = ProjectForm(request.POST or None, request.FILES or None, poll=poll, initial=_from_idea(request, poll))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ideas = said.pop("ideas", [])
        picture = said.pop("picture")
        project = Project.objects.work_out(poll, said.pop("title"), by=request.user, ideas=ideas, **said)
        _keep_picture(project, picture)
        return redirect(project.get_desk_url())
    page = {"poll": poll, "process": poll.process, "form": form}
    return render(request, "deciding/desk/projects/new.html", page, status=422 if form.errors else 200)


def _from_idea(request: PersonRequest, poll: Poll) -> dict[str, Any]:
    key = request.GET.get("idea", "")
    ideas = Proposal.objects.public().filter(collection__phase__process=poll.phase.process_id)
    idea = ideas.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 12 else None
    return {"title": idea.title, "about": idea.words, "ideas": [idea.pk]} if idea else {}


def _keep_picture(project: Project, picture: Any) -> None:
    if picture:
        project.picture.save(f"{project.pk}.webp", picture)


def project_of(request: PersonRequest, pk: int, permission: str = "deciding.change") -> Project:
    rows = Project.objects.reached_by(request.user, permission).with_all().prefetch_related("poll__criteria")
    return get_object_or_404(rows, pk=pk)


@staff_may("deciding.see")
def project(request: PersonRequest, pk: int) -> HttpResponse:
    found = project_of(request, pk, "deciding.see")
    if request.method != "POST":
        return _shown(request, found)
    found = project_of(request, pk)
    form = ProjectForm(request.POST, request.FILES, poll=found.poll, project=found)
    if not form.is_valid():
        return _shown(request, found, form=form)
    said = form.cleaned_data
    try:
        found.change(
            title=said["title"], about=said["about"], picture_words=said["picture_words"], ideas=said.get("ideas")
        )
        _keep_picture(found, said["picture"])
    except RulesFixed:
        messages.error(request, _("People are voting on it: it stays as it was published."))
    else:
        messages.success(request, _("Kept."))
    return redirect(found.get_desk_url())


def _shown(request: PersonRequest, found: Project, **forms: Form) -> HttpResponse:
    page: dict[str, Any] = {
        "project": found,
        "poll": found.poll,
        "process": found.process,
        "form": ProjectForm(poll=found.poll, project=found),
        "estimate_form": EstimateForm(project=found),
        "checks_form": ChecksForm(project=found),
        "refusal_form": RefusalForm(),
        "note_form": NoteForm(),
        "may": _may(request, found.poll),
        "checks": checks_of(found),
        **forms,
    }
    return render(request, "deciding/desk/projects/project.html", page, status=422 if forms else 200)


@require_POST
@staff_may("deciding.change")
def estimates(request: PersonRequest, pk: int) -> HttpResponse:
    found = project_of(request, pk)
    form = EstimateForm(request.POST, project=found)
    if not form.is_valid():
        return _shown(request, found, estimate_form=form)
    if found.option_id:
        messages.error(request, _("It is on the ballot with its cost. Take it off first."))
        return redirect(found.get_desk_url())
    language = get_language() or "en"
    lines = [({language: what}, amount) for what, amount in form.lines]
    found.estimate(lines, by=request.user, who=form.cleaned_data["who"])
    messages.success(request, _("The estimate is kept. Its authors can read it."))
    return redirect(found.get_desk_url())


@require_POST
@staff_may("deciding.change")
def checks(request: PersonRequest, pk: int) -> HttpResponse:
    found = project_of(request, pk)
    form = ChecksForm(request.POST, project=found)
    if not form.is_valid():
        return _shown(request, found, checks_form=form)
    form.keep(found, by=request.user)
    messages.success(request, _("Kept."))
    return redirect(found.get_desk_url())


@require_POST
@staff_may("deciding.change")
def refusal(request: PersonRequest, pk: int) -> HttpResponse:
    found = project_of(request, pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, refusal_form=form)
    try:
        with transaction.atomic():
            found.refuse(form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Published with its reason. Those who had the idea are being told."))
    except NotReady:
        messages.error(request, _("It is on the ballot. Take it off first."))
    except IntegrityError:
        messages.info(request, _("A colleague has done this just now. Nothing was changed."))
    return redirect(found.get_desk_url())


@require_POST
@staff_may("deciding.change")
def ballot(request: PersonRequest, pk: int) -> HttpResponse:
    """On the ballot, or off it again (`off`), until the first vote is in."""
    found = project_of(request, pk)
    try:
        if request.POST.get("off"):
            found.take_off(by=request.user)
        else:
            found.put_to_vote(by=request.user)
            messages.success(request, _("It is on the ballot. Those who had the idea are being told."))
    except NotReady:
        messages.error(request, _("Not yet:") + " " + " ".join(found.lacking))
    except RulesFixed:
        messages.error(request, _("The first vote is in: the list of projects stays as it was published."))
    return redirect(found.get_desk_url())


@require_POST
@staff_may("deciding.change")
def notes(request: PersonRequest, pk: int) -> HttpResponse:
    found = project_of(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, note_form=form)
    found.note(form.cleaned_data["words"], by=request.user)
    return redirect(found.get_desk_url())
