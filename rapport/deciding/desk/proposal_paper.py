"""What came on paper, by phone or at the desk: a proposal for somebody, and lines of a list of supporters."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from rapport.deciding.forms.proposals import MoreForm
from rapport.deciding.forms.proposals_desk import EntryForm, SupportsForm
from rapport.deciding.models import (
    Collection,
    EnoughProposals,
    EnoughSupports,
    NotOpen,
    NotSupported,
    Participant,
    Proposal,
    Support,
    TierNotMet,
)
from rapport.deciding.similar import similar_to
from rapport.deciding.views.proposal_kiosk import who_has
from rapport.listening.models import Voice
from rapport.loop.models import Speaker
from rapport.people.guards import PersonRequest, staff_may

from .proposal_reach import found_collection, found_proposal


@staff_may("deciding.enter")
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    """Written down for somebody; with `?voice=` it is born of what they told the library."""
    shown = found_collection(request, pk, "deciding.enter")
    voice = _voice(request)
    form = EntryForm(request.POST or None, collection=shown, initial=_from(voice))
    more = MoreForm(request.POST or None, request.FILES or None, collection=shown)
    if request.method == "POST" and form.is_valid() and more.is_valid():
        return _entered(request, shown, {**form.cleaned_data, **more.cleaned_data}, voice, form)
    return _page(request, shown, form, more, voice)


def _page(
    request: PersonRequest, shown: Collection, form: EntryForm, more: MoreForm | None, voice: Voice | None
) -> HttpResponse:
    text = f"{form['title'].value() or ''} {form['words'].value() or ''}".strip()
    page = {
        "collection": shown,
        "process": shown.process,
        "form": form,
        "more": more,
        "voice": voice,
        "similar": similar_to(shown, text) if text else [],
    }
    return render(request, "deciding/desk/proposals/entry.html", page, status=422 if form.errors else 200)


def _voice(request: PersonRequest) -> Voice | None:
    key = request.GET.get("voice", "")
    if not (key.isdecimal() and len(key) < 19 and request.user.has_perm("listening.see_inbox")):
        return None
    branches = request.user.branches_where("listening.see_inbox")
    return Voice.objects.of_branches(branches).select_related("speaker").filter(pk=key).first()


def _from(voice: Voice | None) -> dict[str, Any]:
    if voice is None:
        return {"channel": "paper"}
    first = voice.words.split(". ")[0][:110]
    return {"channel": "desk", "title": first, "words": voice.words, "language": voice.language}


def _entered(
    request: PersonRequest, shown: Collection, said: dict[str, Any], voice: Voice | None, form: EntryForm
) -> HttpResponse:
    try:
        with transaction.atomic():
            author = _author(shown, said)
            if author is None:
                form.add_error("code", _("We do not know this code. Look at it once more."))
                return _page(request, shown, form, None, voice)
            proposal = _written(request, shown, said, voice, author)
    except EnoughProposals:
        form.add_error("code", _("This person has as many proposals here as each may have."))
        return _page(request, shown, form, None, voice)
    except (NotOpen, TierNotMet) as problem:
        form.add_error(
            None,
            _("Nothing is collected at the moment.")
            if isinstance(problem, NotOpen)
            else _("This process wants a code card: hand one out, and enter its code."),
        )
        return _page(request, shown, form, None, voice)
    messages.success(request, _("Kept. The code of its author, for the slip: %(code)s") % {"code": author.code})
    return redirect("deciding:desk-proposal", proposal.pk)


def _author(shown: Collection, said: dict[str, Any]) -> Participant | None:
    speaker = Speaker.objects.reached_at(
        email=said["email"], phone=said["phone"], language=said["language"], name=said["name"]
    )
    if said["code"]:
        author = who_has(shown, said["code"].replace("-", "").replace(" ", "").upper(), said["channel"])
    else:
        author = Participant.objects.join(
            shown.process, channel=said["channel"], name=said["name"], language=said["language"]
        )
    if author is not None and speaker is not None:
        author.hear(speaker)
        author.refresh_from_db()
    return author


def _written(
    request: PersonRequest, shown: Collection, said: dict[str, Any], voice: Voice | None, author: Participant
) -> Proposal:
    where = {name: said[name] for name in ("category", "branch", "place", "picture_words") if said.get(name)}
    if said.get("picture"):
        said["picture"].name = "picture.webp"
        where["picture"] = said["picture"]
    draft = Proposal.objects.begin(
        shown,
        participant=author,
        language=said["language"],
        name=said["name"],
        title=said["title"],
        words=said["words"],
        channel=said["channel"],
        entered_by=request.user,
        voice=voice,
        **where,
    )
    draft.publish(by=author)
    return draft


@staff_may("deciding.enter")
@require_POST
def supports(request: PersonRequest, pk: int) -> HttpResponse:
    """Lines of a list: a code of a card, or a name. Each line says what became of it."""
    from .proposals import _shown

    shown = found_proposal(request, pk, "deciding.enter")
    form = SupportsForm(request.POST, auto_id="supports_%s")
    if not form.is_valid():
        return _shown(request, shown, supports_form=form)
    left: list[str] = []
    taken = twice = 0
    for line in form.cleaned_data["lines"].splitlines():
        if not line.strip():
            continue
        match _line(request, shown, line.strip(), form.cleaned_data["channel"]):
            case "taken":
                taken += 1
            case "twice":
                twice += 1
            case why:
                left.append(f"{line.strip()}: {why}")
    _say(request, taken, twice)
    if left:
        form = SupportsForm({**request.POST.dict(), "lines": "\n".join(left)}, auto_id="supports_%s")
        form.is_valid()
        form.add_error("lines", _("These lines were not counted. Set them right, and send them again."))
        return _shown(request, shown, supports_form=form)
    return redirect("deciding:desk-proposal", pk)


def _say(request: PersonRequest, taken: int, twice: int) -> None:
    said = ngettext("%(n)d supporter is counted.", "%(n)d supporters are counted.", taken) % {"n": taken}
    if twice:
        said += " " + ngettext("%(n)d line was there already.", "%(n)d lines were there already.", twice) % {"n": twice}
    messages.success(request, said)


def _line(request: PersonRequest, shown: Proposal, line: str, channel: str) -> str:
    try:
        code = line.replace("-", "").replace(" ", "").upper()
        known = who_has(shown.collection, code, channel) if len(code) == 8 else None
        if known is not None:
            was = shown.supports.filter(participant=known).exists()
            Support.objects.give(shown, known, channel=channel, entered_by=request.user)
            return "twice" if was else "taken"
        name, _comma, detail = line.partition(",")
        if not detail.strip():
            return _("write a street or postcode after a comma")
        given = Support.objects.from_sheet(shown, name, detail, by=request.user, channel=channel)
        return "taken" if given else "twice"
    except EnoughSupports:
        return _("supports as many as each may")
    except (NotOpen, NotSupported):
        return _("no support is taken at the moment")


@staff_may("deciding.see")
@require_safe
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """A list to print and lay out, with lines for supporters."""
    shown = found_proposal(request, pk)
    page = {"proposal": shown, "collection": shown.collection, "process": shown.collection.process, "lines": range(14)}
    return render(request, "deciding/desk/proposals/sheet.html", page)
