"""What a participant says of themselves, if they like; and takes back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rapport.deciding.forms.about_you import AboutYouForm
from rapport.deciding.models import SelfDescription
from rapport.deciding.views.taking_part import found
from rapport.deciding.ways_in import participant_of
from rapport.people.guards import anyone


@never_cache
@anyone
def about_you(request: HttpRequest, pk: int) -> HttpResponse:
    process = found(pk)
    if not process.asks.exists() or not process.is_open:
        raise Http404
    participant = participant_of(request, process)
    if participant is None:
        door = reverse("deciding:joining", args=[pk])
        return redirect(f"{door}?{urlencode({'next': request.path})}")
    form = AboutYouForm(request.POST or None, process=process, participant=participant)
    if request.method == "POST" and form.is_valid():
        SelfDescription.objects.say(participant, form.told())
        messages.success(request, _("Thank you. Nobody sees it but as one among many."))
        return redirect(process)
    page = {"process": process, "form": form}
    return render(request, "deciding/taking_part/about_you.html", page, status=422 if form.errors else 200)
