"""The library's own plain topics: the list, one topic, and the starter list."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from rapport.community.desk.reach import MAY, may_change_all, reaching_all
from rapport.community.desk.topic_forms import MergingForm, TopicForm, TopicListForm
from rapport.community.methods.topic_rows import SCHEMES, header
from rapport.community.models import NoSuchCode, Scheme, Topic
from rapport.lib.exports import file_response
from rapport.people.guards import PersonRequest, staff_may
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing


class TopicFilters(Sentence):
    state = forms.ChoiceField(
        label=gettext_lazy("show"),
        choices=[
            ("", gettext_lazy("topics in use")),
            ("retired", gettext_lazy("retired topics")),
            ("uncoded", gettext_lazy("topics without a code")),
        ],
    )

    def narrow_state(self, rows: QuerySet[Topic], value: str) -> QuerySet[Topic]:
        return rows.filter(codes=None, retired_at=None) if value == "uncoded" else rows.exclude(retired_at=None)


COLUMNS = [
    Column("name", gettext_lazy("Topic"), template="community/desk/topic_cell.html"),
    Column("dewey", "Dewey", lambda one: _codes(one, Scheme.DEWEY)),
    Column("bisac", "BISAC", lambda one: _codes(one, Scheme.BISAC)),
    Column("udc", "UDC", lambda one: _codes(one, Scheme.UDC)),
]


def _codes(topic: Topic, scheme: Scheme) -> str:
    return ", ".join(topic.coded()[scheme])


@staff_may("community.see")
def topics(request: PersonRequest) -> HttpResponseBase:
    rows = Topic.objects.in_order().prefetch_related("codes")
    if not request.GET.get("state") and not request.GET.get("export"):
        rows = rows.filter(retired_at=None)
    search = ["name", "about", "slug", "codes__code"]
    listing = Listing(request, rows.distinct(), columns=COLUMNS, filters=TopicFilters, search=search, per_page=100)
    if listing.wants_file:
        kind = str(request.GET.get("export"))
        return file_response(kind, "topics", header(settings.HOUSE.languages), _rows(listing.narrowed))
    page = {
        "listing": listing,
        "any": Topic.objects.exists(),
        "may_change": may_change_all(request.user),
        "file_form": TopicListForm(),
    }
    return render(request, "community/desk/topics.html", page)


def _rows(found: QuerySet[Topic]) -> Iterator[list[object]]:
    for one in found:
        coded = one.coded()
        words = [said.get(code, "") for said in (one.name, one.about) for code in settings.HOUSE.languages]
        codes = ["; ".join(coded[scheme]) for scheme in SCHEMES]
        yield [one.slug, one.parent.slug if one.parent else "", *words, *codes, "no" if one.is_current else "yes"]


@staff_may(MAY)
@reaching_all
def new(request: PersonRequest) -> HttpResponse:
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        topic = form.begin()
        messages.success(request, _("The topic is there, for themes, programs and collection."))
        return redirect(topic)
    return render(request, "community/desk/topic_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@staff_may(MAY)
@reaching_all
def starter(request: PersonRequest) -> HttpResponse:
    came = Topic.objects.ship()
    said = ngettext("%(n)s topic was added.", "%(n)s topics were added.", came) % {"n": came}
    messages.success(request, said if came else _("All of them are there already."))
    return redirect("community:topics")


@staff_may("community.see")
def topic(request: PersonRequest, slug: str) -> HttpResponse:
    found = _found(slug)
    if request.method != "POST":
        return _shown(request, found)
    if not may_change_all(request.user):
        raise PermissionDenied
    form = TopicForm(request.POST, topic=found)
    if form.is_valid():
        try:
            form.reword(found)
        except NoSuchCode as problem:
            form.add_error(problem.scheme, str(problem))
        except ValueError:
            form.add_error("parent", _("A topic that has parts cannot be a part itself."))
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return _shown(request, found, form=form)


def _found(slug: str) -> Topic:
    return get_object_or_404(Topic.objects.select_related("parent", "merged_into"), slug=slug)


def _shown(request: PersonRequest, found: Topic, **forms: Any) -> HttpResponse:
    page = {
        "topic": found,
        "coded": [one for one in found.coded().items() if one[1]],
        "parts": found.parts.filter(retired_at=None),
        "may_change": may_change_all(request.user),
        "form": TopicForm(topic=found),
        "merging_form": MergingForm(topic=found),
        **forms,
    }
    return render(request, "community/desk/topic.html", page, status=422 if forms else 200)


@require_POST
@staff_may(MAY)
@reaching_all
def retirement(request: PersonRequest, slug: str) -> HttpResponse:
    found = _found(slug)
    found.retire()
    messages.success(request, _("Nobody can choose it any more. What has it keeps it."))
    return redirect(found)


@require_POST
@staff_may(MAY)
@reaching_all
def restoring(request: PersonRequest, slug: str) -> HttpResponse:
    found = _found(slug)
    found.restore()
    messages.success(request, _("It can be chosen again."))
    return redirect(found)


@require_POST
@staff_may(MAY)
@reaching_all
def merging(request: PersonRequest, slug: str) -> HttpResponse:
    found = _found(slug)
    form = MergingForm(request.POST, topic=found)
    if not form.is_valid():
        return _shown(request, found, merging_form=form)
    other = form.cleaned_data["other"]
    try:
        found.merge_into(other)
    except ValueError:
        form.add_error("other", _("This topic has parts, and the other is a part itself. Choose a main topic."))
        return _shown(request, found, merging_form=form)
    messages.success(request, _("They are one topic now. Whatever had the one has the other."))
    return redirect(other)
