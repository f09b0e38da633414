"""The profile of the community as anyone may read it: every figure is published by a census."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rapport.community.portrait import HEADER, parts_of, prompts_of, rows_of
from rapport.lib.exports import file_response
from rapport.people.guards import anyone
from rapport.places.models import Branch
from rapport.ui.parts import Tab

_FEW = 9  # more branches than fit into a row are chosen from a list


@anyone
def profile(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    return shown(request, slug, "community/profile.html", face="community:branch", whole="community:profile")


def shown(request: HttpRequest, slug: str, template: str, *, face: str, whole: str, **more: object) -> HttpResponseBase:
    """The profile of a branch, or of the whole library where there is no slug; as a page or as a file."""
    if chosen := request.GET.get("branch"):
        return redirect(face, get_object_or_404(Branch, slug=chosen).slug)
    branch = get_object_or_404(Branch, slug=slug) if slug else None
    parts = parts_of(branch)
    tabs = _tabs(branch, face, whole)
    if request.GET.get("export") in {"csv", "xlsx"}:
        return file_response(request.GET["export"], f"community-{slug or 'library'}", HEADER, rows_of(parts))
    page = {
        "branch": branch,
        "parts": parts,
        "prompts": list(prompts_of(parts)),
        "tabs": tabs if len(tabs) <= _FEW else [],
        "branches": Branch.objects.all() if len(tabs) > _FEW else [],
        "whole_url": reverse(whole),
        **more,
    }
    return render(request, template, page)


def _tabs(here: Branch | None, face: str, whole: str) -> list[Tab]:
    branches = [Tab(str(one), reverse(face, args=[one.slug]), one == here) for one in Branch.objects.all()]
    return [Tab(_("The whole library"), reverse(whole), here is None), *branches]
