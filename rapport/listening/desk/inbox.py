"""The inbox: one queue, the most urgent clock first."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from rapport.listening.models import Channel, Status, Voice, VoiceKind, VoiceQuerySet
from rapport.loop.models import Loop, Strand
from rapport.people.guards import PersonRequest, staff_may
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.ui.context import own_name
from rapport.ui.forms import Sentence
from rapport.ui.listing import Column, Listing, words_of
from rapport.ui.parts import Tab

COUNTED_TO = 1000
PER_PAGE = 25

VIEWS = {
    "waiting": gettext_lazy("Waiting"),
    "overdue": gettext_lazy("Overdue"),
    "mine": gettext_lazy("Mine"),
    "unassigned": gettext_lazy("Nobody's"),
    "added": gettext_lazy("Added to"),
    "held": gettext_lazy("Held for a look"),
    "all": gettext_lazy("All"),
}


def seen_by(person: Person, permission: str = "listening.see_inbox") -> VoiceQuerySet:
    """The voices that this colleague may see: those of their branches, and those of the house as a whole."""
    return Voice.objects.of_branches(person.branches_where(permission))


def of_view(view: str, voices: VoiceQuerySet, person: Person) -> VoiceQuerySet:
    match view:
        case "overdue":
            return voices.overdue().most_urgent_first()
        case "mine":
            return voices.waiting().held_by(person).most_urgent_first()
        case "unassigned":
            return voices.waiting().held_by_nobody().most_urgent_first()
        case "held":
            return voices.held().order_by("-held_at", "-pk")
        case "all" | "added":
            return (voices.added_to() if view == "added" else voices).order_by("-spoken_at", "-pk")
        case _:
            return voices.waiting().most_urgent_first()


class Counted(Subquery):
    """How many, counted no further than people would read."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def counts(voices: VoiceQuerySet, person: Person, *views: str) -> dict[str, int]:
    """How many voices each view holds (at most `COUNTED_TO` and one more), in one query."""
    return counted({view: of_view(view, voices, person) for view in views}, person)


def counted(parts: Mapping[str, VoiceQuerySet], person: Person) -> dict[str, int]:
    """Each part's count beside the person's own row: one question to the database for all of them."""
    asked = [Counted(_bounded(voices)) for voices in parts.values()]
    return dict(zip(parts, Person.objects.filter(pk=person.pk).values_list(*asked).get(), strict=True))


def _bounded(voices: VoiceQuerySet) -> QuerySet[Any]:
    return voices.order_by().values("pk")[: COUNTED_TO + 1]


def in_words(count: int) -> str:
    return f"{localize(COUNTED_TO)}+" if count > COUNTED_TO else localize(count)


def _language_choices() -> list[tuple[str, Any]]:
    own = [(code, own_name(code)) for code in settings.HOUSE.languages]
    return [("", gettext_lazy("any language")), *own, ("other", gettext_lazy("another language"))]


class InboxFilters(Sentence):
    """ "Show concerns at Riverside held by nobody, not yet answered." """

    kind = forms.ChoiceField(label=gettext_lazy("show"), choices=[("", gettext_lazy("every kind")), *VoiceKind.choices])
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("at"), empty_label=gettext_lazy("any branch")
    )
    holder = forms.ChoiceField(
        label=gettext_lazy("held by"),
        choices=[("", gettext_lazy("anyone")), ("me", gettext_lazy("me")), ("nobody", gettext_lazy("nobody"))],
    )
    answered = forms.ChoiceField(
        label=gettext_lazy("that are"),
        choices=[
            ("", gettext_lazy("answered or not")),
            ("no", gettext_lazy("not yet answered")),
            ("yes", gettext_lazy("answered")),
        ],
    )
    status = forms.ChoiceField(
        label=gettext_lazy("standing at"), choices=[("", gettext_lazy("any status")), *Status.choices]
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("that came by"), choices=[("", gettext_lazy("any way")), *Channel.choices]
    )
    language = forms.ChoiceField(label=gettext_lazy("in"), choices=_language_choices)
    since = forms.DateField(label=gettext_lazy("since"), widget=forms.DateInput(attrs={"type": "date"}))
    on_loop = forms.ChoiceField(
        label=gettext_lazy("that are"),
        choices=[
            ("", gettext_lazy("on a loop or not")),
            ("yes", gettext_lazy("on a loop")),
            ("no", gettext_lazy("not on a loop")),
        ],
    )
    loop = forms.ModelChoiceField(Loop.objects.all(), widget=forms.HiddenInput)

    MORE = ("status", "channel", "language", "since", "on_loop")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        branches = list(Branch.objects.all())  # one question to the database for the options and for what was chosen
        mine = person.branches_where("listening.see_inbox")
        self.fields["branch"] = forms.TypedChoiceField(
            label=gettext_lazy("at"),
            required=False,
            coerce=int,
            choices=[
                ("", gettext_lazy("any branch")),
                *[(branch.pk, str(branch)) for branch in branches if mine is None or branch.pk in mine],
            ],
        )
        self.order_fields(["kind", "branch", "holder", "answered", *self.MORE, "loop"])

    def first(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    def more(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in self.MORE]

    def is_more_open(self) -> bool:
        return any(self.data.get(name) for name in self.MORE)

    def narrow_holder(self, rows: VoiceQuerySet, value: str) -> VoiceQuerySet:
        return rows.held_by(self.person) if value == "me" else rows.held_by_nobody()

    def narrow_answered(self, rows: VoiceQuerySet, value: str) -> VoiceQuerySet:
        return rows.unanswered() if value == "no" else rows.exclude(answered_at=None)

    def narrow_language(self, rows: VoiceQuerySet, value: str) -> VoiceQuerySet:
        if value == "other":
            return rows.exclude(language__in=settings.HOUSE.languages)
        return rows.filter(language=value)

    def narrow_since(self, rows: VoiceQuerySet, value: date) -> VoiceQuerySet:
        return rows.filter(spoken_at__gte=timezone.make_aware(datetime.combine(value, time())))

    def narrow_on_loop(self, rows: VoiceQuerySet, value: str) -> VoiceQuerySet:
        hung = Strand.objects.filter(thing="listening.voice").values("thing_key")
        return rows.filter(pk__in=hung) if value == "yes" else rows.exclude(pk__in=hung)

    def narrow_loop(self, rows: VoiceQuerySet, value: Loop) -> VoiceQuerySet:
        return rows.on(value)


def _found(rows: Any, text: str) -> Any:
    """By code, or by words: a code is whole, with or without its hyphen."""
    code = text.replace("-", "").replace(" ", "").upper()
    if len(code) == 8 and rows.filter(code=code).exists():
        return rows.filter(code=code)
    for word in words_of(text):
        rows = rows.filter(words__icontains=word)
    return rows


def _columns(*, with_contact: bool) -> list[Column]:
    contact = [
        Column("name", gettext_lazy("Name"), "speaker.name", only_in_files=True),
        Column("email", gettext_lazy("E-mail"), "speaker.email", only_in_files=True),
        Column("phone", gettext_lazy("Phone"), "speaker.phone", only_in_files=True),
    ]
    return [
        Column("code", gettext_lazy("Code"), "spoken_code"),
        Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind"),
        Column("words", gettext_lazy("Words")),
        Column("language", gettext_lazy("Language")),
        Column("branch", gettext_lazy("Branch"), "branch.name", sort=("branch__order", "branch_id")),
        Column("space", gettext_lazy("Space"), "space.name"),
        Column("channel", gettext_lazy("How it came"), "get_channel_display"),
        Column("newest", gettext_lazy("When"), "spoken_at", sort="spoken_at"),
        Column("status", gettext_lazy("Status"), "get_status_display", sort="status"),
        Column("acknowledge_by", gettext_lazy("Say that it arrived by")),
        Column("acknowledged_at", gettext_lazy("Said that it arrived")),
        Column("answer_by", gettext_lazy("Answer by")),
        Column("answered_at", gettext_lazy("First answer")),
        Column("holder", gettext_lazy("Held by")),
        *(contact if with_contact else []),
    ]


class Queue(Listing[Voice]):
    """A listing that counts no further than the tabs do: nobody turns forty pages, they filter."""

    @cached_property
    def total(self) -> int:
        return self.narrowed.order_by()[: COUNTED_TO + 1].count()

    @property
    def is_more_than_counted(self) -> bool:
        return self.total > COUNTED_TO

    @property
    def counted(self) -> int:
        return min(self.total, COUNTED_TO)


@require_safe
@staff_may("listening.see_inbox")
def inbox(request: PersonRequest) -> HttpResponse:
    view = request.GET.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    wants_file = "export" in request.GET
    if wants_file and not request.user.has_perm("listening.export_voices"):
        raise PermissionDenied
    voices = seen_by(request.user, "listening.export_voices" if wants_file else "listening.see_inbox")
    listing = _listing(request, of_view(view, voices, request.user))
    if listing.wants_file:
        return listing.file()  # type: ignore[return-value]
    shown = counts(voices, request.user, *[name for name in VIEWS if name != "all"])
    page = {
        "listing": listing,
        "view": view,
        "tabs": [_tab(name, view, shown) for name in VIEWS],
        "sorts": _sorts(listing, view),
        "may_export": request.user.has_perm("listening.export_voices"),
        "may_change": request.user.has_perm("listening.change_settings"),
    }
    return render(request, "listening/desk/inbox.html", page)


def _listing(request: PersonRequest, voices: VoiceQuerySet) -> Queue:
    rows = voices.select_related("branch", "space", "assignment__to")
    with_contact = "export" in request.GET and request.user.has_perm("listening.export_contact")
    return Queue(
        request,
        rows.select_related("speaker") if with_contact else rows,
        columns=_columns(with_contact=with_contact),
        filters=InboxFilters(request.GET, person=request.user),
        search=_found,
        per_page=PER_PAGE,
        name="voices",
    )


def _tab(name: str, here: str, shown: dict[str, int]) -> Tab:
    url = reverse("listening:inbox") + (f"?view={name}" if name != "waiting" else "")
    return Tab(VIEWS[name], url, name == here, in_words(shown[name]) if name in shown else None)  # type: ignore[arg-type]


def _sorts(listing: Queue, view: str) -> list[dict[str, Any]]:
    first = _("newest") if view == "all" else _("last held") if view == "held" else _("most urgent")
    ways = {"": first, "-newest": _("newest"), "newest": _("oldest"), "branch": _("branch"), "kind": _("kind")}
    return [
        {"label": label, "url": listing.address(sort=sort), "is_here": listing.sort == sort}
        for sort, label in ways.items()
        if not (sort == "-newest" and view == "all")
    ]
