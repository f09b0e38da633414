"""The steps of taking part that deciding together adds to whom the library hears."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.deciding import reached as steps
from rapport.insight.reached import Open, Reached, reached
from rapport.loop.things import Thing, things

things.add(
    Thing(
        "deciding.conversation",
        _("opinion map"),
        public=lambda conversation: conversation.get_absolute_url(),
        desk=lambda conversation: reverse("deciding:desk-opinions", args=[conversation.pk]),
    )
)
things.add(
    Thing(
        "deciding.collection",
        _("collection of proposals"),
        public=lambda collection: collection.get_absolute_url(),
        desk=lambda collection: reverse("deciding:desk-collection", args=[collection.pk]),
    )
)


def _now() -> Iterable[Open]:
    return steps.deciding_now()


reached.add(Reached(name="proposed", label=_("Proposed something"), order=34, counts=steps.proposed))
reached.add(Reached(name="supported", label=_("Supported a proposal"), order=36, counts=steps.supported))
reached.add(Reached(name="commented", label=_("Commented"), order=38, counts=steps.commented))
reached.add(Reached(name="stood", label=_("Said where they stand"), order=40, counts=steps.stood))
reached.add(Reached(name="voted", label=_("Voted"), order=50, counts=steps.voted, open_now=_now))
