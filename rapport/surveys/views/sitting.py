"""The pages of one sitting: what is asked, back and forth, and a look at all answers before they are sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from rapport.surveys import tokens
from rapport.surveys.asking import Said, questions_on
from rapport.surveys.crowds import full_quota, warn_small_groups
from rapport.surveys.methods import Checked, Page, Raw, Row, answered_page, piped, spoken
from rapport.surveys.models import Sitting
from rapport.surveys.said_again import given
from rapport.surveys.walk import Walk, about_shown, names_on, opened_by, sound
from rapport.surveys.ways import page_language

from .frame import for_answering, languages_of, show
from .sending import send, who_answers


def find(code: str) -> Walk | None:
    sitting = Sitting.objects.whole().filter(code=code.upper()).first()
    return Walk(sitting) if sitting else None


def gone(request: HttpRequest, code: str) -> HttpResponse:
    """The code opens nothing. Whoever sent their answers twice is thanked; to others it is said kindly."""
    about, _space, thanks = tokens.read(request.POST.get(":token", "")).partition(" ")
    if about == code and thanks:
        return redirect(thanks)
    return render(request, "surveys/unknown.html", {"what": "sitting"}, status=404)


def token_of(walk: Walk) -> str:
    return tokens.token_for(f"{walk.sitting.code} {walk.way.thanks(walk.sitting.language)}")


def is_ours(request: HttpRequest, walk: Walk) -> bool:
    return tokens.read(request.POST.get(":token", "")).partition(" ")[0] == walk.sitting.code


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
    return _page(request, walk, here, walk.row, checked, is_longer="more" in request.GET)


def _page(
    request: HttpRequest,
    walk: Walk,
    page: Page,
    row: Row,
    checked: Checked | None = None,
    *,
    raw: Raw | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    language, questionnaire = walk.sitting.language, walk.questionnaire
    with translation.override(page_language(language)):
        questions = questions_on(
            page, row, language, walk.sitting.code, checked, questionnaire=questionnaire, raw=raw, picture=walk.picture
        )
        warn_small_groups(questions, walk.sitting.survey, walk.sitting.branch)
    pages = walk.pages
    titled = page.title if page.title else questionnaire.title
    context = {
        "walk": walk,
        "title": Said(
            piped(titled, questionnaire, row, language), spoken(titled, language, questionnaire.languages[0])
        ),
        "questions": questions,
        "wrong": [asked for asked in questions if asked.errors],
        "number": pages.index(page) + 1 if page in pages else 1,
        "total": len(pages),
        "is_last": walk.after(page) is None,
        "has_back": walk.before(page) is not None,
        "known": walk.known_to(page),
        "choices": languages_of(questionnaire, language),
        "token": token_of(walk),
        "idle": reverse("surveys:sitting-end", args=[walk.sitting.code]),
        **more,
    }
    return show(request, "sitting", walk.way, language, status=status, **context)


def _turn(request: HttpRequest, walk: Walk, page: Page) -> HttpResponse:
    """Somebody pressed a button: what they answered is kept, and they go where they wanted to."""
    raw = {name: request.POST.getlist(name) for name in request.POST if not name.startswith(":")}
    checked = answered_page(page, raw, walk.row)
    row = {**walk.row, **dict.fromkeys(names_on(page)), **checked.row}
    if not is_ours(request, walk):
        return _page(request, walk, page, row, raw=raw, status=422, is_stale=True)
    wish = request.POST.get(":go", "next")
    if wish != "next":
        walk.sitting.answer(page, sound(checked))
        return redirect(_elsewhere(walk, page, wish))
    opened = opened_by(page, row, set(request.POST.getlist(":shown")))
    told = about_shown(checked, opened)
    if told.complaints:
        return _page(request, walk, page, row, told, raw=raw, status=422)
    walk.sitting.answer(page, checked.row)
    if opened:
        return redirect(f"{walk.url(page)}?more=1#q-{opened[0]}")
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
    quota = full_quota(walk.sitting.survey, walk.row, walk.until(page))
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
