"""The bench where proposals are put together or taken apart, for their authors to agree to."""

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rapport.deciding.forms.proposals_desk import MergingForm, WhyForm
from rapport.deciding.models import AlreadyAnswered, Merging, NotToBeMerged, Process
from rapport.deciding.similar import similar_pairs
from rapport.people.guards import PersonRequest, staff_may

from .proposal_reach import found_collection


@staff_may("deciding.see")
def similar(request: PersonRequest, pk: int) -> HttpResponse:
    """Which of them say nearly the same, in whatever language."""
    shown = found_collection(request, pk)
    page = {
        "collection": shown,
        "process": shown.process,
        "pairs": similar_pairs(shown),
        "may_change": request.user.has_perm("deciding.change", shown.process.decision),
    }
    return render(request, "deciding/desk/proposals/similar.html", page)


@staff_may("deciding.change")
def bench(request: PersonRequest, pk: int) -> HttpResponse:
    """Two or more become one; one becomes two (or as many as are written)."""
    shown = found_collection(request, pk, "deciding.change")
    asked = request.POST.getlist("pick") or request.GET.getlist("idea")
    keys = [one for one in asked if one.isdecimal() and len(one) < 19][:20]
    sources = list(shown.shown().filter(pk__in=keys).prefetch_related("authorships").order_by("pk"))
    mergings = shown.mergings.prefetch_related("parts__proposal", "results")[:50]
    page = {"collection": shown, "process": shown.process, "sources": sources, "mergings": mergings}
    if not sources:
        return render(request, "deciding/desk/proposals/bench.html", page)
    is_split = len(sources) == 1
    results_set = formset_factory(MergingForm, extra=0, min_num=2 if is_split else 1, validate_min=True, max_num=5)
    both = "\n\n".join(f"{one.own_title}\n{one.own_words}" for one in sources)
    initial = [{"title": sources[0].own_title, "words": both if not is_split else sources[0].own_words}]
    is_sent = request.method == "POST" and "results-TOTAL_FORMS" in request.POST
    data = request.POST if is_sent else None
    results = results_set(data, prefix="results", initial=initial * (2 if is_split else 1))
    why = WhyForm(data)
    if is_sent and results.is_valid() and why.is_valid():
        texts = [(form.cleaned_data["title"], form.cleaned_data["words"]) for form in results]
        try:
            made = Merging.objects.propose(sources, texts, by=request.user, why=why.cleaned_data["why"])
        except (NotToBeMerged, ValueError):
            messages.info(request, _("One of these proposals waits for its authors' consent to something else."))
            return redirect("deciding:merging-bench", pk)
        messages.success(request, _("The authors see it under their proposals. You can note here what they tell you."))
        return redirect("deciding:desk-merging", made.pk)
    page |= {"results": results, "why": why, "is_split": is_split}
    return render(request, "deciding/desk/proposals/bench.html", page, status=422 if is_sent else 200)


@staff_may("deciding.change")
def merging(request: PersonRequest, pk: int) -> HttpResponse:
    """Where it stands; consent that an author gave in person or by phone is noted here, with who noted it."""
    processes = Process.objects.reached_by(request.user, "deciding.change")
    rows = Merging.objects.select_related("collection__phase__process__decision", "by").prefetch_related("results")
    found = get_object_or_404(rows, pk=pk, collection__phase__process__in=processes)
    if request.method == "POST":
        return _noted(request, found)
    parts = found.parts.select_related("proposal", "entered_by").prefetch_related("proposal__authorships")
    page = {
        "merging": found,
        "parts": parts,
        "collection": found.collection,
        "process": found.collection.process,
    }
    return render(request, "deciding/desk/proposals/merging.html", page)


def _noted(request: PersonRequest, found: Merging) -> HttpResponse:
    key = request.POST.get("part", "")
    try:
        if request.POST.get("act") == "call_off":
            found.call_off()
            messages.success(request, _("Called off. Everything stays as it is."))
        else:
            part = get_object_or_404(found.parts.select_related("proposal"), pk=int(key) if key.isdecimal() else 0)
            is_done = found.consent(part.proposal, entered_by=request.user)
            messages.success(request, _("It has happened; everyone is told.") if is_done else _("Noted."))
    except (AlreadyAnswered, NotToBeMerged):
        messages.info(request, _("This was settled meanwhile. Nothing was changed."))
    return redirect("deciding:desk-merging", found.pk)
