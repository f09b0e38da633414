from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from rapport.listening.doubts import doubts_about
from rapport.listening.forms import KioskForm
from rapport.listening.models import Channel
from rapport.people.guards import anyone
from rapport.places.models import Branch


@never_cache
@anyone
def kiosk(request: HttpRequest, branch: str) -> HttpResponse:
    """A screen in the library. The receipt answers the form itself: no address of it stays in the browser."""
    place = get_object_or_404(Branch, slug=branch)
    language = request.GET.get("language", "")
    with translation.override(language if language in settings.HOUSE.languages else settings.LANGUAGE_CODE):
        return _screen(request, place)


def _screen(request: HttpRequest, place: Branch) -> HttpResponse:
    page = {"place": place, "start": reverse("listening:kiosk", args=[place.slug])}
    form = KioskForm(request.POST or None, branch=place)
    if request.method != "POST" or not form.is_valid():
        return render(request, "listening/kiosk.html", {**page, "form": form}, status=422 if form.errors else 200)
    doubts = doubts_about(request, form.cleaned_data["words"], is_shared=True)
    voice = form.told(channel=Channel.KIOSK, detail=place.slug, doubts=doubts).take_in()
    return render(request, "listening/kiosk_receipt.html", {**page, "voice": voice})
