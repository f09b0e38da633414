"""The builder: pages and questions in order, each changed in place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.desk.condition_form import ConditionForm, columns_before, condition_in_words
from rapport.surveys.desk.page_forms import AddForm, BeforeAndAfterForm, PageForm
from rapport.surveys.desk.question_editor import QuestionEditor
from rapport.surveys.desk.reach import mine
from rapport.surveys.desk.wording import ICONS, KINDS, flaw_in_words, refusal_in_words
from rapport.surveys.methods import Kind, Page, Question, Questionnaire, editing, flaws_of, say
from rapport.surveys.methods.hanging import inserting
from rapport.surveys.models import Picture, Survey

Verb = Callable[[Questionnaire], Questionnaire]


@dataclass(frozen=True)
class Card:
    """A question as the builder shows it."""

    question: Question
    number: int
    words: str
    kind: str
    icon: str
    lines: list[str]
    when: str
    flaws: list[str]


@dataclass(frozen=True)
class Sheet:
    """A page of the questionnaire as the builder shows it."""

    page: Page
    number: int
    title: str
    when: str
    flaws: list[str]
    cards: list[Card]


@staff_may("surveys.change")
def questions(request: PersonRequest, pk: int) -> HttpResponse:
    """All of it; a POST adds a question."""
    survey = mine(request, pk)
    if request.method != "POST":
        return _shown(request, survey)
    form = AddForm(request.POST)
    if not form.is_valid():
        return _shown(request, survey, add_form=form, adding_to=request.POST.get("page", ""))
    made = _new_question(form, _written(survey))
    key = ""

    def put(questionnaire: Questionnaire) -> Questionnaire:
        nonlocal key
        page = form.cleaned_data["page"] or questionnaire.pages[-1].key
        changed, key = editing.add(questionnaire, made, page=page, taken=survey.keys_used())
        return changed

    answer = _act(request, survey, put)
    return redirect("surveys:desk-question", pk, key) if key else answer


def _new_question(form: AddForm, questionnaire: Questionnaire) -> Question:
    kind, said = Kind(form.cleaned_data["kind"]), form.cleaned_data["words"].strip()
    question = Question(key=editing.free_code((), said.lower() if said.isascii() else "q"), kind=kind)
    editing.set_words(question.words, questionnaire.languages[0], said)
    if kind == Kind.SMILEY:
        question.high = 3
    return question


@staff_may("surveys.change")
def question(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """One question, open to be changed in its place."""
    survey = mine(request, pk)
    questionnaire = _written(survey)
    asked = questionnaire.question(key)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, survey, editor=QuestionEditor(questionnaire, asked))
    editor = QuestionEditor(questionnaire, asked, request.POST, request.FILES, taken=survey.codes_used(key))
    if not editor.is_valid():
        return _shown(request, survey, 422, editor=editor)
    changed = editor.question()
    for code, file in editor.uploads().items():
        if choice := changed.choice(code):
            choice.picture = Picture.objects.keep(survey, file).name
    if "both" in request.POST:
        changed.aspects = editing.importance_and_performance(questionnaire.languages)
    answer = _act(request, survey, partial(_swapped, question=changed), place=f"#q-{key}")
    stays = "stay" in request.POST or "both" in request.POST
    return redirect("surveys:desk-question", pk, key) if stays else answer


def _swapped(questionnaire: Questionnaire, question: Question) -> Questionnaire:
    return editing.replace(questionnaire, question)


@require_POST
@staff_may("surveys.change")
def question_removal(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    said = _("The question is taken out. “Undo” brings it back.")
    return _act(request, mine(request, pk), partial(editing.remove, key=key), said)


@require_POST
@staff_may("surveys.change")
def question_copy(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    survey = mine(request, pk)

    def twice(questionnaire: Questionnaire) -> Questionnaire:
        return editing.copy(questionnaire, key, taken=survey.keys_used())[0]

    return _act(request, survey, twice, place=f"#q-{key}")


@require_POST
@staff_may("surveys.change")
def question_place(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """One place up or down, or before another question, or to another page."""
    way, page, before = (request.POST.get(name, "") for name in ("way", "page", "before"))
    verb: Verb
    if way in {"up", "down"}:
        verb = partial(editing.step, key=key, by=-1 if way == "up" else 1)
    else:
        verb = partial(editing.move, key=key, page=page, before=before)
    return _act(request, mine(request, pk), verb, place=f"#q-{key}")


@require_POST
@staff_may("surveys.change")
def pages(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, mine(request, pk), lambda questionnaire: editing.add_page(questionnaire)[0])


@staff_may("surveys.change")
def page(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """A page's title, and who is shown it."""
    survey = mine(request, pk)
    questionnaire = _written(survey)
    here = next((one for one in questionnaire.pages if one.key == key), None)
    if here is None:
        raise Http404
    data, first = request.POST if request.method == "POST" else None, questionnaire.languages[0]
    form = PageForm(data, initial={"title": here.title.get(first, "")})
    columns = columns_before(questionnaire, key)
    when = ConditionForm(data, condition=here.when, columns=columns, language=first, prefix="when")
    if data is None:
        return _shown(request, survey, page_form=form, page_when=when, page_open=key)
    if not (form.is_valid() and when.is_valid()):
        return _shown(request, survey, 422, page_form=form, page_when=when, page_open=key)
    title = dict(here.title)
    editing.set_words(title, first, form.cleaned_data["title"])
    return _act(
        request, survey, partial(editing.retitle_page, key=key, title=title, when=when.read()), place=f"#p-{key}"
    )


@require_POST
@staff_may("surveys.change")
def page_removal(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    said = _("The page is taken out with its questions. “Undo” brings them back.")
    return _act(request, mine(request, pk), partial(editing.remove_page, key=key), said)


@require_POST
@staff_may("surveys.change")
def page_place(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    by = -1 if request.POST.get("way") == "up" else 1
    return _act(request, mine(request, pk), partial(editing.step_page, key=key, by=by), place=f"#p-{key}")


@require_POST
@staff_may("surveys.change")
def before_and_after(request: PersonRequest, pk: int) -> HttpResponse:
    """The title, the welcome and the thanks."""
    survey = mine(request, pk)
    form = BeforeAndAfterForm(request.POST)
    if not form.is_valid():
        return _shown(request, survey, 422, around_form=form)
    language = _written(survey).languages[0]
    return _act(request, survey, partial(editing.retitle, language=language, **form.cleaned_data))


@require_POST
@staff_may("surveys.change")
def undo(request: PersonRequest, pk: int) -> HttpResponse:
    survey = mine(request, pk)
    if not survey.undo():
        messages.info(request, _("There is nothing to undo."))
    return redirect("surveys:desk-questions", pk)


# ── showing and changing ──


def _written(survey: Survey) -> Questionnaire:
    """The questions as they are being written: of the draft, or of the edition in use where there is none."""
    last = survey.editions.last()
    return last.questionnaire if last else Questionnaire()


def _act(request: PersonRequest, survey: Survey, verb: Verb, said: str = "", place: str = "") -> HttpResponse:
    """Change the draft; what cannot be done is said in words, and nothing is changed."""
    try:
        survey.rewrite(verb, by=request.user)
    except editing.NotThere:
        raise Http404 from None
    except editing.Refused as refused:
        messages.warning(request, refusal_in_words(refused.hanging, _written(survey)))
    else:
        if said:
            messages.success(request, said)
    return redirect(reverse("surveys:desk-questions", args=[survey.pk]) + place)


def _shown(request: PersonRequest, survey: Survey, status: int = 0, **open_forms: Any) -> HttpResponse:
    edition = survey.editions.last()
    questionnaire = edition.questionnaire if edition else Questionnaire()
    first = questionnaire.languages[0]
    flaws = flaws_of(questionnaire)
    wrong = any(isinstance(form, forms.Form) and form.errors for form in open_forms.values())
    page = {
        "survey": survey,
        "questionnaire": questionnaire,
        "language": first,
        "sheets": _sheets(questionnaire),
        "flaws": [flaw_in_words(one, questionnaire) for one in flaws if not one.where],
        "flaw_count": len(flaws),
        "can_undo": bool(edition and edition.is_draft and edition.previous is not None),
        "is_correction": hasattr(survey, "opening") and bool(edition and edition.is_draft),
        "add_form": AddForm(),
        "around_form": BeforeAndAfterForm(initial=_around(questionnaire)),
        **open_forms,
    }
    if editor := open_forms.get("editor"):
        page["insertable"] = insertable(questionnaire, editor.before.key)
    return render(request, "surveys/desk/questions.html", page, status=status or (422 if wrong else 200))


def _around(questionnaire: Questionnaire) -> dict[str, str]:
    first = questionnaire.languages[0]
    parts = {"title": questionnaire.title, "welcome": questionnaire.welcome, "thanks": questionnaire.thanks}
    return {name: words.get(first, "") for name, words in parts.items()}


def insertable(questionnaire: Questionnaire, key: str) -> list[tuple[str, str]]:
    """The answers that a question may repeat in its words: their braces, and what they are."""
    first = questionnaire.languages[0]
    columns = columns_before(questionnaire, key)
    return [(f"{{{column.name}}}", say(column.question.words, first, first)) for column in columns if not column.row]


def _sheets(questionnaire: Questionnaire) -> list[Sheet]:
    first = questionnaire.languages[0]
    flaws: dict[str, list[str]] = {}
    for flawed in flaws_of(questionnaire):
        flaws.setdefault(flawed.where, []).append(flaw_in_words(flawed, questionnaire))
    for one in inserting(questionnaire):
        said = _("Its words insert an answer that is not given before it: {%(name)s}.") % {"name": one.column}
        flaws.setdefault(one.where, []).append(said)
    sheets, number = [], 0
    for n, here in enumerate(questionnaire.pages, 1):
        cards = []
        for asked in here.questions:
            number += asked.asks
            cards.append(_card(asked, number if asked.asks else 0, questionnaire, flaws.get(asked.key, [])))
        when = condition_in_words(here.when, questionnaire, first)
        sheets.append(Sheet(here, n, say(here.title, first, first), when, flaws.get(here.key, []), cards))
    return sheets


def _card(asked: Question, number: int, questionnaire: Questionnaire, flaws: list[str]) -> Card:
    first = questionnaire.languages[0]
    lines = [say(words, first, first) for words in asked.line_words()]
    return Card(
        asked, number, say(asked.words, first, first), str(KINDS[asked.kind]), ICONS[asked.kind], lines,
        condition_in_words(asked.when, questionnaire, first), flaws,
    )  # fmt: skip
