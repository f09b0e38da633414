"""The ways into a survey that many people share, each with a code to scan, and what came by each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from rapport.listening.models import Channel
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch, Space
from rapport.surveys.codes import code_file, code_inline, full_address, short_address
from rapport.surveys.desk.forms import branch_field
from rapport.surveys.desk.reach import found, mine
from rapport.surveys.methods import EASY, say
from rapport.surveys.models import Link, Response, Survey
from rapport.surveys.tongues import speaking, tongues
from rapport.ui.forms import RadioCards

EMBEDDED = "embedded"
KINDS = [
    (Channel.POSTER.value, gettext_lazy("A poster or a card")),
    (Channel.WEB.value, gettext_lazy("A link to pass on")),
    (Channel.KIOSK.value, gettext_lazy("A screen in the library")),
    (EMBEDDED, gettext_lazy("Within another website")),
]
NOTES = {
    Channel.POSTER.value: gettext_lazy("with a code to scan, for a wall or a table"),
    Channel.WEB.value: gettext_lazy("for a newsletter, a partner, a message"),
    Channel.KIOSK.value: gettext_lazy("one after the other answers on it"),
    EMBEDDED: gettext_lazy("a few lines to copy into the page"),
}
ICONS = {Channel.POSTER.value: "qr-code", Channel.WEB.value: "link", Channel.KIOSK.value: "monitor", EMBEDDED: "code"}


class LinkForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What for?"), choices=KINDS, widget=RadioCards(notes=NOTES, icons=ICONS)
    )
    label = forms.CharField(
        label=gettext_lazy("Where it hangs, or who passes it on"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("So that you know it again, such as “laundrette in Mill Lane”"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"] = branch_field(person)
        keys = person.branches_where("surveys.change")
        spaces = Space.objects.select_related("branch")
        self.fields["space"] = forms.ModelChoiceField(
            spaces if keys is None else spaces.filter(branch__in=keys),
            label=_("Part of it"),
            required=False,
            empty_label=_("none in particular"),
            help_text=_("The children's corner, the garden, and so on"),
        )
        self.fields["space"].label_from_instance = lambda space: f"{space.branch} · {space}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        space, branch = given.get("space"), given.get("branch")
        if space and branch and space.branch_id != branch.pk:
            self.add_error("space", _("This part belongs to another library."))
        return given

    def link(self) -> dict[str, Any]:
        """The fields of the link that was asked for."""
        given = self.cleaned_data
        kind, space = given["kind"], given["space"]
        return {
            "channel": Channel.WEB if kind == EMBEDDED else kind,
            "is_embedded": kind == EMBEDDED,
            "branch": space.branch if space else given["branch"],
            "space": space,
            "label": given["label"],
        }


@staff_may("surveys.see")
def links(request: PersonRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _made(request, mine(request, pk))
    survey = found(request, pk)
    return _shown(request, survey, LinkForm(person=request.user, initial={"branch": survey.branch_id}))


def _shown(request: PersonRequest, survey: Survey, form: LinkForm) -> HttpResponse:
    rows = _rows(survey).annotate(came=_came()).order_by(F("stopped_at").asc(nulls_first=True), "pk")
    page = {
        "survey": survey,
        "links": [_shown_link(link) for link in rows],
        "address": full_address(survey),
        "came_openly": survey.responses.filter(link=None, channel=Channel.WEB).count(),
        "form": form,
        "may_change": request.user.has_perm("surveys.change", survey),
    }
    return render(request, "surveys/desk/links.html", page, status=422 if form.errors else 200)


def _shown_link(link: Link) -> dict[str, Any]:
    snippet = _snippet(link) if link.is_embedded else ""
    return {"link": link, "short": short_address(link), "full": full_address(link), "snippet": snippet}


def _came() -> Coalesce:
    """How many answers came by a link."""
    by_link = Response.objects.filter(link=OuterRef("pk")).order_by().values("link").annotate(n=Count("pk"))
    return Coalesce(Subquery(by_link.values("n")), 0)


def _rows(survey: Survey) -> "QuerySet[Link]":
    return survey.links.select_related("branch", "space__branch")


def _snippet(link: Link) -> str:
    """What another site copies into its page; the frame is as high as most questions need."""
    return (
        f'<iframe src="{full_address(link)}" title="{link.survey}" width="100%" height="720" '
        'style="border:0" loading="lazy"></iframe>'
    )


def _made(request: PersonRequest, survey: Survey) -> HttpResponse:
    form = LinkForm(request.POST, person=request.user)
    if not form.is_valid():
        return _shown(request, survey, form)
    survey.links.create(**form.link())
    messages.success(request, _("The link is made. Its code is below."))
    return redirect("surveys:desk-links", survey.pk)


@require_POST
@staff_may("surveys.change")
def branches(request: PersonRequest, pk: int) -> HttpResponse:
    """One poster link for each branch that has none yet."""
    survey = mine(request, pk)
    keys = request.user.branches_where("surveys.change")
    rows = Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys)
    have = survey.links.in_use().filter(space=None, channel=Channel.POSTER).values("branch")
    lacking = rows.exclude(pk__in=have.exclude(branch=None))
    made = [survey.links.create(channel=Channel.POSTER, branch=branch) for branch in lacking]
    words = _("Made %(n)s links, one for each library.") if made else _("Each library has its link already.")
    messages.success(request, words % {"n": len(made)})
    return redirect("surveys:desk-links", survey.pk)


@require_POST
@staff_may("surveys.change")
def link_stop(request: PersonRequest, pk: int, link: int) -> HttpResponse:
    survey = mine(request, pk)
    get_object_or_404(survey.links, pk=link).stop()
    messages.success(request, _("Nobody comes in by it any more. What came by it stays."))
    return redirect("surveys:desk-links", survey.pk)


@require_safe
@staff_may("surveys.see")
def link_code(request: PersonRequest, pk: int, link: int, kind: str) -> HttpResponse:
    """The code as a file, for a design of one's own."""
    types = {"svg": "image/svg+xml", "png": "image/png"}
    way = get_object_or_404(found(request, pk).links, pk=link)
    response = HttpResponse(code_file(full_address(way), kind), content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="survey-{way.code}.{kind}"'
    return response


@require_safe
@staff_may("surveys.see")
def link_poster(request: PersonRequest, pk: int, link: int) -> HttpResponse:
    return _printed(request, found(request, pk), link, "poster")


@require_safe
@staff_may("surveys.see")
def link_card(request: PersonRequest, pk: int, link: int) -> HttpResponse:
    return _printed(request, found(request, pk), link, "card")


def _printed(request: PersonRequest, survey: Survey, key: int, what: str) -> HttpResponse:
    link = get_object_or_404(_rows(survey), pk=key)
    languages = _plain_languages(survey)
    asked = [code for code in request.GET.getlist("language") if code in languages] or languages[:3]
    page = {
        "survey": survey,
        "link": link,
        "texts": [_words(survey, code) for code in asked],
        "languages": [(code, name, code in asked) for code, name in tongues(languages)],
        "code": code_inline(full_address(link)),
        "address": short_address(link),
        "cards": range(4),
    }
    return render(request, f"surveys/print/{what}.html", page)


def _plain_languages(survey: Survey) -> list[str]:
    edition = survey.edition or survey.editions.last()
    known = edition.questionnaire.languages if edition else []
    return [code for code in known if not code.endswith(EASY)]


def _words(survey: Survey, code: str) -> dict[str, str]:
    edition = survey.edition or survey.editions.last()
    questionnaire = edition.questionnaire if edition else None
    title = say(questionnaire.title, code, questionnaire.languages[0]) if questionnaire else str(survey)
    with speaking(code):
        return {
            "code": code,
            "title": title,
            "purpose": survey.purpose.get(code, ""),
            "how": _("Point your camera here, or ask at the desk for a sheet of paper."),
            "free": _("No name and no account needed."),
        }
