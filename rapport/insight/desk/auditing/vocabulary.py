"""The library's own words for items: what is noted, and in which categories."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rapport.insight.desk.auditing.forms import CategoryForm, QuestionForm
from rapport.insight.desk.auditing.reach import reaching_all
from rapport.insight.models import ItemCategory, ItemQuestion
from rapport.lib.translated import words
from rapport.people.guards import PersonRequest, staff_may


@staff_may("insight.see")
def questions(request: PersonRequest) -> HttpResponse:
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and not reaching_all(request.user):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        made = ItemQuestion.objects.ask(form.cleaned_data["name"], form.cleaned_data["about"])
        messages.success(request, _("It is there. Now say which categories it has."))
        return redirect("insight:audit-question", made.pk)
    page = {
        "form": form,
        "questions": ItemQuestion.objects.prefetch_related("categories__band"),
        "may_change": reaching_all(request.user),
    }
    return render(request, "insight/desk/auditing/questions.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("insight.change")
def starter(request: PersonRequest) -> HttpResponse:
    _allowed(request)
    came = ItemQuestion.objects.ship()
    said = ngettext("%(n)s question was added.", "%(n)s questions were added.", came) % {"n": came}
    messages.success(request, said if came else _("All of them are there already."))
    return redirect("insight:audit-questions")


def _allowed(request: PersonRequest) -> None:
    if not reaching_all(request.user):
        raise PermissionDenied


@staff_may("insight.change")
def question(request: PersonRequest, question: int) -> HttpResponse:
    _allowed(request)
    found = get_object_or_404(ItemQuestion, pk=question)
    form = QuestionForm(request.POST or None, question=found)
    if request.method == "POST" and form.is_valid():
        found.name, found.about = words(form.cleaned_data["name"]), words(form.cleaned_data["about"])
        found.save(update_fields=["name", "about"])
        messages.success(request, _("Saved."))
        return redirect("insight:audit-question", found.pk)
    return _shown(request, found, **({"form": form} if request.method == "POST" else {}))


def _shown(request: PersonRequest, found: ItemQuestion, **more: Any) -> HttpResponse:
    changing, changed = more.pop("changing", None), more.pop("changed", 0)
    held = found.categories.select_related("band__dimension").annotate(n=Count("items"))
    rows = [(one, changing if one.pk == changed else CategoryForm(category=one)) for one in held]
    page = {
        "question": found,
        "rows": rows,
        "form": QuestionForm(question=found),
        "category_form": CategoryForm(),
        **more,
    }
    wrong = changing is not None or bool(more)
    return render(request, "insight/desk/auditing/question.html", page, status=422 if wrong else 200)


@require_POST
@staff_may("insight.change")
def categories(request: PersonRequest, question: int) -> HttpResponse:
    _allowed(request)
    found = get_object_or_404(ItemQuestion, pk=question)
    form = CategoryForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, category_form=form)
    found.add_category(form.cleaned_data["name"], band=form.cleaned_data["band"])
    messages.success(request, _("The category is there."))
    return redirect("insight:audit-question", found.pk)


@require_POST
@staff_may("insight.change")
def category(request: PersonRequest, question: int, category: int) -> HttpResponse:
    _allowed(request)
    found = get_object_or_404(ItemCategory.objects.select_related("question"), pk=category, question=question)
    form = CategoryForm(request.POST, category=found)
    if not form.is_valid():
        return _shown(request, found.question, changing=form, changed=found.pk)
    found.reword(form.cleaned_data["name"], band=form.cleaned_data["band"])
    messages.success(request, _("Saved."))
    return redirect("insight:audit-question", question)


@require_POST
@staff_may("insight.change")
def category_removal(request: PersonRequest, question: int, category: int) -> HttpResponse:
    """A category that no item has can go; one that is used is renamed instead."""
    _allowed(request)
    found = get_object_or_404(ItemCategory, pk=category, question=question)
    if found.items.exists():
        messages.error(request, _("Items have it, so it stays. You can call it something else."))
    else:
        found.delete()
        messages.success(request, _("Taken out."))
    return redirect("insight:audit-question", question)
