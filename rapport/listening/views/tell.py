from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rapport.listening.doubts import doubts_about
from rapport.listening.forms import TellForm
from rapport.listening.models import AnswerPromise, Channel
from rapport.people.guards import anyone
from rapport.places.models import Branch, Space


@anyone
def tell(request: HttpRequest, branch: str = "", space: str = "") -> HttpResponse:
    place = get_object_or_404(Branch, slug=branch) if branch else None
    part = get_object_or_404(Space, branch=place, slug=space) if space else None
    if request.method != "POST":
        return _page(request, TellForm(branch=place, space=part, initial=_asked_for(request)), place, part)
    form = TellForm(request.POST, request.FILES, branch=place, space=part)
    if not form.is_valid():
        return _page(request, form, place, part, status=422)
    doubts = doubts_about(request, form.cleaned_data["words"])
    voice = form.told(channel=_channel(request), detail=space or branch, doubts=doubts).take_in()
    return redirect("listening:receipt", voice.secret)


def _page(
    request: HttpRequest, form: TellForm, place: Branch | None, part: Space | None, status: int = 200
) -> HttpResponse:
    days = sorted({answer for _acknowledge, answer in AnswerPromise.objects.by_kind().values()})
    page = {"form": form, "place": place, "part": part, "days": days, "via": request.GET.get("via", "")}
    return render(request, "listening/tell.html", page, status=status)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    return {"kind": request.GET["kind"]} if request.GET.get("kind") else {}


def _channel(request: HttpRequest) -> Channel:
    return Channel.POSTER if request.GET.get("via") == "poster" else Channel.WEB
