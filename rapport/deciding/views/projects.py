"""The projects of a budget in public: what each is, what it costs, and how far it has come."""

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from rapport.deciding.budget_results import result_of
from rapport.deciding.forms.projects import NoteForm
from rapport.deciding.models import Method, Option, Poll, Project
from rapport.deciding.ways_in import participant_of
from rapport.lib.limits import at_most
from rapport.people.guards import anyone


@anyone
def projects(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is worked out for one budget: on the ballot, still in work, or refused with its reason."""
    poll = get_object_or_404(Poll.objects.public().with_process().filter(method=Method.BUDGET), pk=pk)
    rows = poll.projects.with_all()
    page = {
        "poll": poll,
        "process": poll.process,
        "phase": poll.phase,
        "projects": rows,
        "criteria": poll.criteria.all(),
    }
    return render(request, "deciding/projects/projects.html", page)


@anyone
def project(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(pk))


def _found(pk: int) -> Project:
    return get_object_or_404(Project.objects.public().with_all(), pk=pk)


def _shown(request: HttpRequest, found: Project, form: NoteForm | None = None) -> HttpResponse:
    poll = Poll.objects.with_process().get(pk=found.poll_id)
    is_author = found.is_of(participant_of(request, poll.process))
    may_note = is_author or (
        request.user.is_authenticated and request.user.has_perm("deciding.change", poll.process.decision)
    )
    result = result_of(poll, [found.option], poll.counted.outcome) if poll.counted and found.option else None
    page = {
        "project": found,
        "poll": poll,
        "process": poll.process,
        "phase": poll.phase,
        "checks": checks_of(found),
        "may_note": may_note,
        "form": form or NoteForm(),
        "line": next((line for line in result.lines if line.option == found.option), None) if result else None,
    }
    return render(request, "deciding/projects/project.html", page, status=422 if form else 200)


def checks_of(found: Project) -> list[tuple[object, object]]:
    """Each criterion with the answer, or nothing where nobody has looked yet."""
    checks = {check.criterion_id: check for check in found.checks.all()}
    return [(criterion, checks.get(criterion.pk)) for criterion in found.poll.criteria.all()]


@anyone
@require_POST
@at_most("10/m")
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """A note of an author of one of its ideas. Nobody else finds the door."""
    found = _found(pk)
    author = participant_of(request, found.process)
    if not found.is_of(author):
        raise Http404
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form)
    found.note(form.cleaned_data["words"], author=author)
    messages.success(request, _("Thank you. Those who work it out read this."))
    return redirect(found)


@anyone
@require_safe
@cache_control(public=True, max_age=3600)
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Project.objects.exclude(picture=""), pk=pk)
    return _picture(request, found.picture, found.poll)


@anyone
@require_safe
@cache_control(public=True, max_age=3600)
def option_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of what can be voted for; that of a draft only for staff."""
    found = get_object_or_404(Option.objects.exclude(picture=""), pk=pk)
    return _picture(request, found.picture, found.poll)


def _picture(request: HttpRequest, file: FieldFile, poll: Poll) -> HttpResponseBase:
    is_staff = request.user.is_authenticated and request.user.has_perm("deciding.see")
    if not is_staff and not Poll.objects.public().filter(pk=poll.pk).exists():
        raise Http404
    response = FileResponse(file.open(), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    return response
