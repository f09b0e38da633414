"""Which voices somebody chose: the inbox's filters, or the voices of a theme."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.listening.models import Channel, Status, Voice, VoiceKind, VoiceQuerySet
from rapport.listening.models.matching import matching
from rapport.people.models import Person
from rapport.places.models import Branch

KEPT = (
    "view",
    "kind",
    "branch",
    "holder",
    "answered",
    "status",
    "channel",
    "language",
    "since",
    "on_loop",
    "loop",
    "q",
    "theme",
)

_VIEWS = {
    "all": gettext_lazy("All voices"),
    "waiting": gettext_lazy("Voices that wait for an answer"),
    "overdue": gettext_lazy("Voices whose answer is overdue"),
    "mine": gettext_lazy("Voices that one colleague holds"),
    "unassigned": gettext_lazy("Voices that nobody holds"),
    "held": gettext_lazy("Voices held for a look"),
}


def selection_of(filters: Mapping[str, str]) -> dict[str, str]:
    """What of an address says which voices are meant."""
    chosen = {name: str(filters[name])[:200] for name in KEPT if filters.get(name)}
    if "view" not in filters and "theme" not in filters and "since" not in filters:
        chosen["view"] = "waiting"  # the inbox without a word is the queue
    return chosen


def selected(selection: Mapping[str, str], *, by: Person | None) -> VoiceQuerySet:
    """The voices that are meant, of those that this person may see. What is held back as doubtful stays out."""
    voices = Voice.objects.in_hand() if selection.get("view") != "held" else Voice.objects.held()
    if by is not None:
        voices = voices.of_branches(by.branches_where("insight.see"))
    theme = selection.get("theme", "")
    if theme.isdecimal():
        of_theme = apps.get_model("insight.ThemeVoice").objects.filter(theme=int(theme))
        voices = voices.filter(pk__in=of_theme.values("voice"))
    return matching(voices, selection, person=by)


def selection_in_words(selection: Mapping[str, str]) -> str:
    """The selection as people read it: "concern · Riverside · since 2026-01-01"."""
    parts = [
        _label(VoiceKind.choices, selection.get("kind")),
        _branch_name(selection.get("branch", "")),
        _label(Status.choices, selection.get("status")),
        _label(Channel.choices, selection.get("channel")),
        selection.get("language", ""),
        _("since %(day)s") % {"day": selection["since"]} if selection.get("since") else "",
        f"“{selection['q']}”" if selection.get("q") else "",
        _theme_name(selection.get("theme", "")),
    ]
    return " · ".join(part for part in parts if part) or str(_VIEWS.get(selection.get("view", ""), _VIEWS["all"]))


def _label(choices: Iterable[tuple[str, object]], value: str | None) -> str:
    return str(dict(choices).get(value, "")) if value else ""


def _branch_name(key: str) -> str:
    return str(Branch.objects.filter(pk=int(key)).first() or "") if key.isdecimal() else ""


def _theme_name(key: str) -> str:
    return str(apps.get_model("insight.Theme").objects.filter(pk=int(key)).first() or "") if key.isdecimal() else ""
