"""What counting and following up offer upward."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from rapport.people.models import Person
from rapport.programs.desk.found import within_reach
from rapport.programs.models import Dwindling, Program
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

nav.add(
    NavItem(
        face="desk", label=_("The yearly figures"), url_name="programs:desk-statistics", icon="sigma",
        stage="measure", order=70, permission="programs.see",
    )
)  # fmt: skip
nav.add(
    NavItem(
        face="desk", label=_("How many still come"), url_name="programs:desk-courses", icon="chart-line",
        stage="measure", order=72, permission="programs.see",
    )
)  # fmt: skip


def dwindling_today(request: HttpRequest | None, person: Person) -> str:
    """Series to which fewer come, until somebody decides."""
    if not person.has_perm("programs.change"):
        return ""
    programs = within_reach(Program.objects.all(), person, "programs.change")
    flags = list(Dwindling.objects.open().filter(program__in=programs).select_related("program", "series")[:5])
    return render_to_string("programs/desk/courses/today.html", {"flags": flags}, request) if flags else ""


slots.add("desk.today", dwindling_today, order=42)
