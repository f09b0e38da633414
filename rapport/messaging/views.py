from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from rapport.loop.models import Heard, Speaker
from rapport.people.guards import anyone


@csrf_exempt  # mail programs press the button themselves (RFC 8058); knowing the secret is enough to be left in peace
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    speaker = get_object_or_404(Speaker, secret=secret)
    heard = _story(request, speaker)
    if request.method == "POST":
        (heard or speaker).stop()
        speaker.refresh_from_db()
        heard = _story(request, speaker)
    if speaker.stopped_at:
        heard = None  # where all news is stopped, that is what the page is about
    is_stopped = bool(heard.stopped_at if heard else speaker.stopped_at)
    return render(request, "messaging/stop.html", {"secret": secret, "heard": heard, "is_stopped": is_stopped})


@anyone
@require_POST
def stop_removal(request: HttpRequest, secret: str) -> HttpResponse:
    speaker = get_object_or_404(Speaker, secret=secret)
    heard = _story(request, speaker)
    (heard or speaker).resume()
    here = reverse("messaging:stop", args=[secret])
    return redirect(f"{here}?loop={heard.loop_id}" if heard else here)


def _story(request: HttpRequest, speaker: Speaker) -> Heard | None:
    loop = request.GET.get("loop", "")
    told: QuerySet[Heard] = speaker.heard.select_related("loop")
    return get_object_or_404(told, loop=loop) if loop.isdecimal() and len(loop) < 18 else None
