"""What a theme is about, in the library's own topics."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rapport.community.models import Topic
from rapport.community.topic_field import TopicsField
from rapport.insight.models import Theme
from rapport.people.guards import PersonRequest, staff_may

_SHOWN = 20


class ThemeTopicsForm(forms.Form):
    def __init__(self, data: Any = None, *, theme: Theme) -> None:
        super().__init__(data, initial={"topics": list(theme.topics.all())})
        self.fields["topics"] = TopicsField(beside=theme.topics.all(), label=gettext_lazy("It is about"))


@require_POST
@staff_may("insight.change")
def topics(request: PersonRequest, pk: int) -> HttpResponseBase:
    theme = get_object_or_404(Theme.objects.current(), pk=pk)
    form = ThemeTopicsForm(request.POST, theme=theme)
    if form.is_valid():
        theme.speak_of(form.cleaned_data["topics"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("One of these topics is not there any more. Please choose again."))
    return redirect("insight:desk-theme", theme.pk)


def themes_of_topic(request: HttpRequest | None, topic: Topic) -> str:
    """On the page of a topic: the themes that speak of it or of a part of it."""
    if request is None or not request.user.has_perm("insight.see"):
        return ""
    mine = Topic.objects.filter(pk=topic.pk).with_parts()
    themes = Theme.objects.current().filter(topics__in=mine).distinct().order_by("-voice_count")
    page = {"themes": themes[:_SHOWN], "topic": topic}
    return render_to_string("insight/desk/of_topic.html", page, request) if page["themes"] else ""
