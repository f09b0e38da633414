"""After the answers are sent: thanks, what happens next, and, apart from them, an address for those who wish."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from rapport.lib.limits import limited
from rapport.surveys import tokens
from rapport.surveys.asking import Said
from rapport.surveys.forms import ContactForm
from rapport.surveys.methods import say, spoken
from rapport.surveys.models import Contact, Link, Survey
from rapport.surveys.ways import Way, language_for
from rapport.ui.views import too_many

from .frame import for_answering, show


@for_answering
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _way(request, slug), ContactForm())


def _way(request: HttpRequest, slug: str) -> Way:
    surveys = Survey.objects.select_related("loop", "branch").exclude(opening=None)
    survey = get_object_or_404(surveys, slug=slug)
    links = Link.objects.select_related("survey", "branch").filter(survey=survey)
    link = links.filter(code=request.GET.get("link", "")).first()
    return Way.of_link(link) if link else Way(survey=survey, branch=survey.branch)


def _page(request: HttpRequest, way: Way, form: ContactForm, status: int = 200, **more: Any) -> HttpResponse:
    edition = way.survey.edition
    questionnaire = edition.questionnaire if edition else None
    language = language_for(questionnaire, request.GET.get("language", "")) if questionnaire else ""
    words = questionnaire.thanks if questionnaire else {}
    first = questionnaire.languages[0] if questionnaire else "en"
    purpose, purpose_language = way.survey.contact_words.in_language(language.split("-x-")[0])
    context = {
        "words": Said(say(words, language, first), spoken(words, language, first)),
        "contact_words": Said(purpose, purpose_language),
        "form": form,
        "contact_url": way.thanks(language).replace("/thanks/", "/contact/"),
        "token": tokens.token_for(f"contact:{way.survey.slug}"),
        "seconds": 60 if way.survey.asks_contact else 15,
        **more,
    }
    return show(request, "thanks", way, language, status=status, **context)


@for_answering
@require_POST
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """A request of its own: nothing in it says which answers came before."""
    way = _way(request, slug)
    form = ContactForm(request.POST)
    is_ours = tokens.read(request.POST.get(":token", "")) == f"contact:{slug}"
    if not way.survey.asks_contact or not is_ours or not form.is_valid():
        return _page(request, way, form, status=422)
    if limited(request, "survey-contact", "300/10m" if way.is_kiosk else "20/10m"):
        return too_many(request, wait=600)
    language = language_for(way.survey.edition.questionnaire, request.GET.get("language", ""))  # type: ignore[union-attr]
    Contact.objects.leave(way.survey, language=language, **form.cleaned_data)
    return redirect(f"{way.thanks(language)}&contact=left")
