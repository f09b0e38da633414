"""A screen in the library that asks one page only: no welcome before it, and nothing is left after it."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rapport.surveys import tokens
from rapport.surveys.crowds import full_quota
from rapport.surveys.doubts import begins_too_often
from rapport.surveys.methods import Page, asked_only
from rapport.surveys.models import Edition, QuotaFull
from rapport.surveys.turn import Turn
from rapport.surveys.walk import Walk
from rapport.surveys.ways import Way
from rapport.ui.views import too_many

from .frame import show
from .page import shown_page


def is_at_once(way: Way, edition: Edition) -> bool:
    return way.is_kiosk and not way.survey.is_named and len(edition.questionnaire.pages) == 1


def at_once(request: HttpRequest, way: Way, edition: Edition, language: str) -> HttpResponse:
    page = edition.questionnaire.pages[0]
    key = _key_of(request, way)
    walk = _walk(way, edition, language, key or uuid4())
    if request.method != "POST":
        return _page(request, walk, Turn(walk, page, {}), is_fresh=True)
    turn = Turn.of_request(request, walk, page)
    if key is None or turn.complaints or turn.opened:
        return _page(request, walk, turn, is_stale=key is None, status=422)
    if begins_too_often(request, is_shared=True):
        return too_many(request, wait=600)
    return _sent(request, walk, page, turn)


def _walk(way: Way, edition: Edition, language: str, key: UUID) -> Walk:
    return Walk(way.sitting(edition, language, key=key, code=key.hex[:12].upper()))


def _key_of(request: HttpRequest, way: Way) -> UUID | None:
    """The key that this form's answer will have: sent twice, it is taken once."""
    about, _space, key = tokens.read(request.POST.get(":token", "")).partition(" ")
    return UUID(key) if about == way.start else None


def _page(
    request: HttpRequest, walk: Walk, turn: Turn, *, is_fresh: bool = False, is_stale: bool = False, status: int = 200
) -> HttpResponse:
    only = turn.page.questions
    return shown_page(
        request, walk, turn.page, turn.row, None if is_fresh else turn.told, raw=turn.raw, status=status,
        token=tokens.token_for(f"{walk.way.start} {walk.sitting.key}"), action=walk.way.start, idle=walk.way.start,
        is_at_once=True, is_one_touch=len(only) == 1, is_stale=is_stale, is_longer=bool(turn.opened) and not is_fresh,
    )  # fmt: skip


def _sent(request: HttpRequest, walk: Walk, page: Page, turn: Turn) -> HttpResponse:
    sitting = walk.sitting
    row = asked_only(walk.questionnaire, turn.checked.row)
    quota = full_quota(sitting.survey, row, [page], branch=sitting.branch, language=sitting.language)
    if quota is None:
        try:
            sitting.hand_in(row)
        except QuotaFull as full:
            quota = full.quota
    if quota is not None:
        return show(request, "instead", walk.way, sitting.language, why="full", quota=quota)
    return redirect(walk.way.thanks(sitting.language))
