"""The question bank: what ships with the house, and what the library has kept for next time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rapport.people.guards import PersonRequest, staff_may
from rapport.surveys.bank.sets import SETS, at_home, question_set
from rapport.surveys.bank.writing import QuestionSet
from rapport.surveys.desk.reach import mine
from rapport.surveys.desk.wording import ICONS, KINDS
from rapport.surveys.methods import Question, Questionnaire, editing, say
from rapport.surveys.models import BankQuestion, Survey


@require_safe
@staff_may("surveys.change")
def bank(request: PersonRequest) -> HttpResponse:
    asked_for = request.GET.get("survey", "")
    survey = mine(request, int(asked_for)) if asked_for.isdecimal() and len(asked_for) < 10 else None
    q = request.GET.get("q", "").strip()[:200]
    own = BankQuestion.objects.select_related("by")
    for word in q.split():
        own = own.filter(words__icontains=word)
    page = {
        "q": q,
        "survey": survey,
        "page": request.GET.get("page", ""),
        "sets": [(one, found) for one in SETS if (found := _shown(one, q))],
        "own": [(one, _line(one.question)) for one in own[:200]],
    }
    return render(request, "surveys/desk/bank.html", page)


def _shown(one: QuestionSet, q: str) -> list[dict[str, Any]]:
    """Its questions in which all these words are, in any language; all of them where the set itself says the words."""
    lines = [(question, _line(question)) for question in one.questions]
    asked = q.lower().split()
    if all(word in f"{one.name} {one.note}".lower() for word in asked):
        return [line for _question, line in lines]
    return [line for question, line in lines if all(word in _all_of(question) for word in asked)]


def _all_of(question: Question) -> str:
    return " ".join(text for _name, words in question.all_words() for text in words.values()).lower()


def _line(question: Question) -> dict[str, Any]:
    language = get_language() or "en"
    parts = [say(words, language) for words in question.line_words()]
    return {
        "key": question.key,
        "words": say(question.words, language),
        "kind": KINDS[question.kind],
        "icon": ICONS[question.kind],
        "parts": parts,
    }


@require_POST
@staff_may("surveys.change")
def from_bank(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a set or a question of the bank into a survey."""
    survey = mine(request, pk)
    questions = [at_home(question) for question in _chosen(request.POST.get("which", ""))]
    wanted = request.POST.get("page", "")
    survey.rewrite(_with(questions, wanted, survey), by=request.user)
    messages.success(request, _("It is in the survey, and yours to change."))
    return redirect("surveys:desk-questions", pk)


def _with(questions: list[Question], wanted: str, survey: Survey) -> Callable[[Questionnaire], Questionnaire]:
    def put(questionnaire: Questionnaire) -> Questionnaire:
        known = [page.key for page in questionnaire.pages]
        if not known:
            questionnaire, key = editing.add_page(questionnaire)
            known = [key]
        page = wanted if wanted in known else known[-1]
        return editing.add_all(questionnaire, questions, page=page, taken=survey.keys_used())

    return put


def _chosen(which: str) -> list[Question]:
    """ "needs" is a whole set, "needs:gift" one question of it, "12" one of the library's own."""
    if which.isdecimal() and len(which) < 19:
        return [get_object_or_404(BankQuestion, pk=which).question]
    slug, _colon, key = which.partition(":")
    found = question_set(slug)
    if found is None:
        raise Http404
    questions = [question for question in found.questions if key in {"", question.key}]
    if not questions:
        raise Http404
    return questions


@require_POST
@staff_may("surveys.change")
def bank_questions(request: PersonRequest) -> HttpResponse:
    """Keep a question of a survey for next time."""
    wanted = request.POST.get("survey", "")
    survey = mine(request, int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0)
    last = survey.editions.last()
    question = last.questionnaire.question(request.POST.get("key", "")) if last else None
    if question is None:
        raise Http404
    BankQuestion.objects.keep(question, by=request.user)
    messages.success(request, _("It is in the bank, in the words that it has now."))
    return redirect("surveys:desk-questions", survey.pk)


@require_POST
@staff_may("surveys.change")
def bank_removal(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(BankQuestion, pk=pk).delete()
    messages.success(request, _("It is not in the bank any more. Surveys that have it keep it."))
    return redirect("surveys:desk-bank")
