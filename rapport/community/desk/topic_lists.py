"""Topics in a file: bring it, look at what would come of it, take it in."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.community.desk.reach import MAY, reaching_all
from rapport.community.desk.topic_forms import TopicListForm
from rapport.community.methods.topic_rows import Refused, Wrong
from rapport.community.models import TopicList, TopicPreview
from rapport.people.guards import PersonRequest, staff_may

_SHOWN = 100


@staff_may(MAY)
@reaching_all
def lists(request: PersonRequest) -> HttpResponse:
    form = TopicListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data["file"]
        return redirect(TopicList.objects.create(file_name=uploaded.name, grid=uploaded.grid, by=request.user))
    page = {"form": form, "brought": TopicList.objects.defer("grid").select_related("by")[:20]}
    return render(request, "community/desk/topic_lists.html", page, status=422 if form.errors else 200)


@staff_may(MAY)
@reaching_all
def one(request: PersonRequest, brought: int) -> HttpResponse:
    found = get_object_or_404(TopicList, pk=brought)
    preview = TopicPreview() if found.taken_at else found.preview()
    told = [Refused(**row) for row in found.report.get("refused", [])] if found.taken_at else preview.refused
    page = {
        "list": found,
        "preview": preview,
        "new": preview.new[:_SHOWN],
        "changed": preview.changed[:_SHOWN],
        "refused": why(told[:_SHOWN]),
        "refused_count": len(told),
    }
    return render(request, "community/desk/topic_list.html", page)


def why(refused: Iterable[Refused]) -> list[tuple[int, str]]:
    words = {
        Wrong.NO_NAME: _("It has no name."),
        Wrong.TWICE: _("“%(text)s” stands in the file twice; the first row counts."),
        Wrong.CODE: _("%(text)s has not the form of such a code."),
        Wrong.RETIRED: _("“%(text)s” says neither yes nor no."),
        Wrong.NO_SUCH_TOPIC: _("There is no topic “%(text)s”."),
        Wrong.DEEP: _("It would be a part of a part (%(text)s). There is only one level of parts."),
    }
    return [(row.number, words[Wrong(row.why)] % {"text": row.text}) for row in refused]


@require_POST
@staff_may(MAY)
@reaching_all
def taking(request: PersonRequest, brought: int) -> HttpResponse:
    found = get_object_or_404(TopicList, pk=brought, taken_at=None)
    taken = found.take_in()
    said = ngettext("%(n)s topic is new or different.", "%(n)s topics are new or different.", taken.anything)
    messages.success(request, said % {"n": taken.anything})
    return redirect(found)


@require_POST
@staff_may(MAY)
@reaching_all
def removal(request: PersonRequest, brought: int) -> HttpResponse:
    get_object_or_404(TopicList, pk=brought, taken_at=None).delete()
    messages.success(request, _("Thrown away. Nothing was taken from it."))
    return redirect("community:topics")
