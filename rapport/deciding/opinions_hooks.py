"""What opinion maps offer the house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.deciding.components import ComponentKind, components
from rapport.deciding.models import Conversation
from rapport.deciding.opinions.telling import statements_today
from rapport.ui import slots

components.add(
    ComponentKind(
        name="opinions",
        label=_("Opinion map"),
        icon="map",
        of=lambda phase: Conversation.objects.filter(phase=phase),
        begin=Conversation.objects.begin,
        public_url=lambda conversation: conversation.get_absolute_url(),
        desk_url=lambda conversation: reverse("deciding:desk-opinions", args=[conversation.pk]),
        order=20,
    )
)
slots.add("desk.today", statements_today, order=33)
