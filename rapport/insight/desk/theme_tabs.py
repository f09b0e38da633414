"""The tabs above all pages about themes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from rapport.insight.models import Suggestion
from rapport.people.guards import PersonRequest
from rapport.ui.parts import Tab


def theme_tabs(request: PersonRequest) -> list[Tab]:
    waiting = Suggestion.objects.open().seen_by(request.user).count()
    pages = [
        (_("Themes"), "desk-themes", None),
        (_("This week"), "desk-digests", None),
        (_("To check"), "suggestions", waiting or None),
        (_("Codebook of themes"), "codebook", None),
        (_("Coding together"), "coding-samples", None),
        (_("Rounds"), "rounds", None),
    ]
    urls = [(label, reverse(f"insight:{name}"), count) for label, name, count in pages]
    return [Tab(label, url, request.path.startswith(url), count) for label, url, count in urls]
