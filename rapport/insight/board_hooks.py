"""What the needs board and the narrative offer the house."""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.insight.answering import Answer, AnswersNeed, answers_need
from rapport.insight.models import NeedSpace
from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.ui import nav
from rapport.ui.nav import NavItem

allow("insight.weigh", {Role.MANAGER, Role.ADMINISTRATOR})


def spaces_answering(needs: Iterable[int]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    for tie in NeedSpace.objects.filter(need__in=list(needs)).select_related("space__branch"):
        found[tie.need_id].append(Answer(f"{tie.space} · {tie.space.branch}", str(tie.words)))
    return found


answers_need.add(AnswersNeed(name="spaces", label=_("Spaces"), order=30, of=spaces_answering))
things.add(
    Thing(
        "insight.asset",
        _("asset"),
        public=lambda asset: asset.get_absolute_url() if asset.is_readable else "",
        desk=lambda asset: reverse("insight:desk-asset", args=[asset.pk]),
    )
)
things.add(
    Thing(
        "insight.narrative",
        _("community narrative"),
        public=lambda one: one.get_absolute_url() if one.is_published else "",
        desk=lambda one: reverse("insight:desk-narrative", args=[one.pk]),
    )
)
things.add(
    Thing(
        "insight.finding",
        _("finding"),
        public=lambda one: one.assessment.get_absolute_url() if one.assessment.is_published else "",
        desk=lambda one: reverse("insight:desk-assessment", args=[one.assessment_id]),
    )
)
things.add(
    Thing(
        "insight.missedgroup",
        _("missed group"),
        public=lambda _one: reverse("insight:whom-we-hear"),
        desk=lambda one: reverse("insight:desk-missed", args=[one.pk]),
    )
)

nav.add(
    NavItem(
        face="desk",
        label=_("Assets"),
        url_name="insight:desk-assets",
        icon="gift",
        stage="understand",
        order=16,
        permission="insight.see",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Needs board"),
        url_name="insight:desk-board",
        icon="layout-dashboard",
        stage="understand",
        order=18,
        permission="insight.see",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Community narrative"),
        url_name="insight:desk-narratives",
        icon="book-open",
        stage="understand",
        order=35,
        permission="insight.see",
    )
)
nav.add(NavItem(face="foot", label=_("What is there already"), url_name="insight:assets", icon="gift", order=24))
nav.add(
    NavItem(face="foot", label=_("Our community's year"), url_name="insight:narratives", icon="book-open", order=28)
)
