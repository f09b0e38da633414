from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapport.listening import keeping
from rapport.listening.desk.today import today
from rapport.listening.following import follow
from rapport.listening.mine import my_voices
from rapport.loop.models import Step
from rapport.loop.signals import step_recorded
from rapport.loop.things import Thing, things
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.models.role import STAFF
from rapport.people.privacy import Kept, kept
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

allow("listening.see_inbox", STAFF)
allow("listening.answer_voice", STAFF)
allow("listening.enter_voice", STAFF)
allow("listening.change_settings", {Role.MANAGER, Role.ADMINISTRATOR})
allow("listening.export_voices", {Role.MANAGER, Role.ADMINISTRATOR})
allow("listening.export_contact", {Role.ADMINISTRATOR})


def when_step_recorded(step: Step, **_kwargs: Any) -> None:
    follow(step)


step_recorded.connect(when_step_recorded, dispatch_uid="listening.following")


things.add(
    Thing(
        "listening.voice",
        _("voice"),
        public=lambda voice: "",  # its page is known to its speaker alone, by the secret in the address
        desk=lambda voice: reverse("listening:desk-voice", args=[voice.pk]),
        all_public=lambda loop: f"{reverse('listening:voices')}?loop={loop.pk}",
        all_desk=lambda loop: f"{reverse('listening:inbox')}?view=all&loop={loop.pk}",
    )
)

kept.add(
    Kept(
        name="listening.voices",
        what=_("What you told us, and our answers"),
        why=_("So that what people say can be understood and answered"),
        until=_("Your words stay without your name; how to reach you goes some time after the last answer"),
        export=keeping.export_voices,
        erase=keeping.erase_voices,
        clean=keeping.clean_contact,
        days=lambda: settings.HOUSE.keep_contact_days,
    )
)
kept.add(
    Kept(
        name="listening.photos",
        what=_("Photos that you sent along"),
        why=_("So that we see what you mean"),
        until=_("A year"),
        export=lambda person: [],  # the voices name them
        erase=lambda person: None,  # they go with the voices
        clean=keeping.clean_photos,
        days=lambda: settings.HOUSE.keep_photo_days,
    )
)
kept.add(
    Kept(
        name="listening.spam",
        what=_("What a person of the library marked as spam"),
        why=_("So that a mistake can be mended"),
        until=_("A month"),
        export=lambda person: [],
        erase=lambda person: None,
        clean=keeping.clean_spam,
        days=lambda: settings.HOUSE.keep_spam_days,
    )
)

slots.add("desk.today", today, order=10)
slots.add("people.my", my_voices, order=10)

nav.add(
    NavItem(
        face="desk",
        label=_("Inbox"),
        url_name="listening:inbox",
        icon="inbox",
        stage="listen",
        order=10,
        permission="listening.see_inbox",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("How soon we answer"),
        url_name="listening:desk-figures",
        icon="timer",
        stage="measure",
        order=40,
        permission="listening.see_inbox",
    )
)

nav.add(
    NavItem(
        face="public", label=_("Tell us"), url_name="listening:tell", icon="message-circle-heart", order=10, thumb=True
    )
)
nav.add(NavItem(face="foot", label=_("What others say"), url_name="listening:voices", icon="messages-square", order=30))
nav.add(
    NavItem(
        face="desk",
        label=_("Write down a voice"),
        url_name="listening:desk-new",
        icon="pencil",
        stage="listen",
        order=20,
        permission="listening.enter_voice",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("Posters and slips"),
        url_name="listening:printing",
        icon="printer",
        stage="listen",
        order=30,
        permission="listening.enter_voice",
    )
)
slots.add("listening.desk_voice.after", "listening/desk/additions.html", order=5)
