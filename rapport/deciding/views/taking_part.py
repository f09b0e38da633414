"""The door of a process: how somebody shows who they are, as far as the library must know it."""

from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rapport.deciding.coming import Coming, ShownByAnother
from rapport.deciding.forms.taking_part import CardForm, CodeForm, FiguresForm, MailForm
from rapport.deciding.models import MailCode, Participant, Process, Tier
from rapport.deciding.ways_in import channel_of, participant_of, remember
from rapport.lib.limits import limited
from rapport.listening.models import Channel
from rapport.people.guards import anyone
from rapport.ui.views import too_many

TRIES = {"mail": "10/h", "card": "30/10m", "code": "120/10m"}
WRONG = "30/10m"  # one address may be a whole school: right codes are not counted here
FORMS: dict[str, type[Form]] = {"mail": MailForm, "code": CodeForm, "card": CardForm}


def found(pk: int) -> Process:
    rows = Process.objects.public().select_related("decision__loop", "decision__branch", "decision__closing", "opening")
    return get_object_or_404(rows, decision=pk)


@never_cache
@anyone
def joining(request: HttpRequest, pk: int) -> HttpResponse:
    process = found(pk)
    wanted = _wanted(request, process)
    if request.method == "POST":
        return _shown_now(request, process, wanted)
    known = participant_of(request, process)
    if known is not None and known.meets(wanted):
        return redirect(_next(request, process))
    return _page(request, process, wanted)


def _wanted(request: HttpRequest, process: Process) -> Tier:
    said = request.GET.get("tier", "")
    return Tier(said if said in Tier.values else process.join_tier)


def _next(request: HttpRequest, process: Process) -> str:
    """Where they were going; never to another site."""
    url = request.GET.get("next", "")
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, None)
    return url if is_ours else process.get_absolute_url()


def _page(request: HttpRequest, process: Process, wanted: Tier, **forms: Form) -> HttpResponse:
    typed = {"code": {"code": request.GET.get("code", "")[:20]}}  # from the square on a card
    shown = {f"{way}_form": forms.get(way) or FORMS[way](auto_id=f"{way}_%s", initial=typed.get(way)) for way in FORMS}
    page: dict[str, Any] = {
        "process": process,
        "phase": process.phase_now(),
        "wanted": wanted,
        "ways": _ways(request, wanted),
        "participant": participant_of(request, process),
        "here": request.get_full_path(),
        "is_kiosk": channel_of(request) == Channel.KIOSK,
        "next": _next(request, process),
        **shown,
    }
    return render(request, "deciding/taking_part/joining.html", page, status=422 if forms else 200)


def _ways(request: HttpRequest, wanted: Tier) -> list[str]:
    """What is enough for the tier, the easiest first. A kiosk asks for nothing that must be read elsewhere."""
    if wanted == Tier.ANYONE:
        return ["now", "code"]
    ways = ["code", "card", "mail", "account"] if wanted == Tier.REACHED else ["code"]
    if wanted == Tier.CARD:
        ways = ["card", "code"]
    if channel_of(request) == Channel.KIOSK:
        ways = [way for way in ways if way not in {"mail", "account"}]
    return [way for way in ways if way != "account" or not request.user.is_authenticated]


def _shown_now(request: HttpRequest, process: Process, wanted: Tier) -> HttpResponse:
    way = request.POST.get("way", "now")
    if way not in FORMS:
        return _taken_in(request, process, wanted, Coming.by(request, process).as_they_are())
    if limited(request, f"deciding.joining.{way}", TRIES[way]):
        return too_many(request, wait=600)
    form = FORMS[way](request.POST, auto_id=f"{way}_%s")
    if not form.is_valid():
        return _page(request, process, wanted, **{way: form})
    return _written_to(request, process, form) if way == "mail" else _looked_up(request, process, wanted, form)


def _looked_up(request: HttpRequest, process: Process, wanted: Tier, form: Form) -> HttpResponse:
    """A card or a code: whose it is, or a kind word at its field."""
    coming = Coming.by(request, process)
    (field, typed), way = next(iter(form.cleaned_data.items())), "card" if isinstance(form, CardForm) else "code"
    try:
        participant = coming.with_card(typed) if way == "card" else coming.with_code(typed)
        said = _not_known(way)
    except ShownByAnother:
        participant, said = None, _("Somebody with another account has shown this already. Ask at the desk.")
    if participant is not None:
        return _taken_in(request, process, wanted, participant, is_shown=True)
    if limited(request, "deciding.joining.wrong", WRONG):
        return too_many(request, wait=600)
    form.add_error(field, said)
    return _page(request, process, wanted, **{way: form})


def _not_known(way: str) -> str:
    if way == "card":
        return _("We do not find this number. Look at the back of the card, or ask at the desk.")
    return _("We do not know this code. Look at it once more, or ask at the desk.")


def _taken_in(
    request: HttpRequest, process: Process, wanted: Tier, participant: Participant, *, is_shown: bool = False
) -> HttpResponse:
    """On to where they were going; where more is wanted than they showed, the page says so."""
    is_enough = participant.meets(wanted)
    answer = redirect(_next(request, process) if is_enough else request.get_full_path())
    remember(answer, participant, is_kiosk=channel_of(request) == Channel.KIOSK, is_shown=is_shown)
    return answer


def _written_to(request: HttpRequest, process: Process, form: Form) -> HttpResponse:
    email = form.cleaned_data["email"].strip().lower()
    if limited(f"mail:{email}", "deciding.joining.letters", "5/h"):
        return too_many(request, wait=3600)
    code = MailCode.objects.send(process, language=request.LANGUAGE_CODE, **form.cleaned_data)
    query = {key: request.GET[key] for key in ("next", "tier", "channel") if key in request.GET}
    return redirect(f"{reverse('deciding:mail-code', args=[process.decision_id, code.pk])}?{urlencode(query)}")


@never_cache
@anyone
def mail_code(request: HttpRequest, pk: int, code: Any) -> HttpResponse:
    """The second step of the way by mail: the figures out of the letter."""
    process = found(pk)
    sent = get_object_or_404(MailCode, process=process, pk=code)
    form = FiguresForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limited(request, "deciding.joining.code", TRIES["code"]):
            return too_many(request, wait=600)
        participant = _by_mail(request, process, sent, form)
        if participant is not None:
            return _taken_in(request, process, _wanted(request, process), participant, is_shown=True)
        if not sent.is_spent and not form.errors:
            form.add_error("figures", _("These are not the figures that we sent. Look at the newest letter."))
    page = {
        "process": process,
        "phase": process.phase_now(),
        "code": sent,
        "form": form,
        "is_spent": sent.is_spent,
        "back": f"{reverse('deciding:joining', args=[pk])}?{request.GET.urlencode()}",
    }
    return render(request, "deciding/taking_part/mail_code.html", page, status=422 if form.errors else 200)


def _by_mail(request: HttpRequest, process: Process, sent: MailCode, form: FiguresForm) -> Participant | None:
    try:
        return Coming.by(request, process).with_mail(sent, form.cleaned_data["figures"])
    except ShownByAnother:
        form.add_error("figures", _("Somebody with another account has shown this address already. Ask at the desk."))
        return None
