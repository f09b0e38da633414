"""The pages of one sitting: what is asked, back and forth, and a look at all answers before they are sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from rapport.surveys.crowds import full_quota
from rapport.surveys.methods import Page
from rapport.surveys.said_again import given
from rapport.surveys.turn import Turn
from rapport.surveys.walk import Walk
from rapport.surveys.ways import page_language

from .frame import for_answering, show
from .page import find, gone, is_ours, shown_page, token_of
from .sending import send, who_answers


@for_answering
def sitting(request: HttpRequest, code: str, page: int) -> HttpResponse:
    walk = find(code)
    if walk is None:
        return gone(request, code)
    if not walk.sitting.may_be_sent:
        return show(request, "instead", walk.way, walk.sitting.language, why="over")
    here = walk.page(page)
    if here is None:
        return redirect(walk.go_on())
    if request.method == "POST":
        return _turn(request, walk, here)
    checked = walk.judged(here) if "look" in request.GET else None
    return shown_page(request, walk, here, walk.row, checked, is_longer="more" in request.GET)


def _turn(request: HttpRequest, walk: Walk, page: Page) -> HttpResponse:
    """Somebody pressed a button: what they answered is kept, and they go where they wanted to."""
    turn = Turn.of_request(request, walk, page)
    if not is_ours(request, walk):
        return shown_page(request, walk, page, turn.row, raw=turn.raw, status=422, is_stale=True)
    if turn.wish != "next":
        walk.sitting.answer(page, turn.sound)
        return redirect(_elsewhere(walk, page, turn.wish))
    if turn.complaints:
        return shown_page(request, walk, page, turn.row, turn.told, raw=turn.raw, status=422)
    walk.sitting.answer(page, turn.checked.row)
    if turn.opened:
        return redirect(f"{walk.url(page)}?more=1#q-{turn.opened[0]}")
    return _onward(request, walk, page)


def _elsewhere(walk: Walk, page: Page, wish: str) -> str:
    if wish == "later":
        return reverse("surveys:sitting-later", args=[walk.sitting.code])
    name, _colon, language = wish.partition(":")
    if name == "language" and language in walk.questionnaire.languages:
        walk.sitting.say_in(language)
        return walk.url(page)
    return walk.url(walk.before(page) or page)


def _onward(request: HttpRequest, walk: Walk, page: Page) -> HttpResponse:
    here = walk.sitting
    quota = full_quota(here.survey, walk.row, walk.until(page), branch=here.branch, language=here.language)
    if quota is not None:
        return show(request, "instead", walk.way, walk.sitting.language, why="full", quota=quota)
    following = walk.after(page)
    if following is not None:
        return redirect(walk.url(following))
    if walk.is_looked_over:
        return redirect("surveys:sitting-review", walk.sitting.code)
    return send(request, walk)


@for_answering
@require_safe
def review(request: HttpRequest, code: str) -> HttpResponse:
    walk = find(code)
    if walk is None:
        return gone(request, code)
    if (lacking := walk.lacking()) is not None:
        return redirect(f"{walk.url(lacking)}?look=1")
    return _review(request, walk)


def _review(request: HttpRequest, walk: Walk, status: int = 200, **more: Any) -> HttpResponse:
    language = walk.sitting.language
    with translation.override(page_language(language)):
        context = {
            "walk": walk,
            "given": given(walk, language),
            "back": walk.url(walk.pages[-1]),
            "token": token_of(walk),
            "idle": reverse("surveys:sitting-end", args=[walk.sitting.code]),
            "who": who_answers(request, walk),
            **more,
        }
    return show(request, "review", walk.way, language, status=status, **context)


@for_answering
@require_POST
def response(request: HttpRequest, code: str) -> HttpResponse:
    """All answers are sent in."""
    walk = find(code)
    if walk is None:
        return gone(request, code)
    if not is_ours(request, walk):
        return _review(request, walk, status=422, is_stale=True)
    who = who_answers(request, walk)
    if who is not None and not who.is_known:
        return _review(request, walk, status=422, who=who)
    return send(request, walk, who.speaker() if who else None)


@for_answering
@require_safe
def end(request: HttpRequest, code: str) -> HttpResponse:
    """A screen in the library forgets whoever stood there before."""
    walk = find(code)
    if walk is None:
        return redirect("surveys:surveys")
    if walk.way.is_kiosk:
        walk.sitting.delete()
    return redirect(walk.way.start)
