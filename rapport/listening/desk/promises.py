"""How soon the library answers, and the words that answers begin with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.listening.models import ReplyTemplate
from rapport.people.guards import PersonRequest, staff_may

from .forms import PromiseForm, ReplyTemplateForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may("listening.change_settings")
def promises(request: PersonRequest) -> HttpResponse:
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, _("Kept. New voices get these clocks; those that already run stay as they were promised.")
        )
        return redirect("listening:desk-promises")
    return render(request, "listening/desk/promises.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may("listening.change_settings")
def templates(request: PersonRequest) -> HttpResponse:
    form = ReplyTemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept. It is offered beside every answer now."))
        return redirect("listening:desk-templates")
    page = {"templates": ReplyTemplate.objects.all(), "form": form}
    return render(request, "listening/desk/templates.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may("listening.change_settings")
def template(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ReplyTemplate, pk=pk)
    form = ReplyTemplateForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("listening:desk-templates")
    page = {"template": found, "form": form}
    return render(request, "listening/desk/template.html", page, status=422 if form.errors else 200)


@require_POST
@staff_may("listening.change_settings")
def template_removal(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(ReplyTemplate, pk=pk).delete()
    messages.success(request, _("Removed. Answers that were given with it stay."))
    return redirect("listening:desk-templates")
