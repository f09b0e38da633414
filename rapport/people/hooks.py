from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from rapport.people import doors, keeping
from rapport.people.guards import allow
from rapport.people.models import Role
from rapport.people.privacy import Kept, kept
from rapport.ui import nav, slots
from rapport.ui.nav import NavItem

allow("people.see_people", {Role.MANAGER, Role.ADMINISTRATOR})
allow("people.invite", {Role.MANAGER, Role.ADMINISTRATOR})
allow("people.appoint", {Role.ADMINISTRATOR})
allow("people.see_clean_up", {Role.ADMINISTRATOR})

user_logged_in.connect(doors.when_signed_in, dispatch_uid="people.arrival")

kept.add(
    Kept(
        name="people.account",
        what=_("Your account: name, e-mail, language, and the day you last signed in"),
        why=_("So that you can sign in, and we can write to you in your language"),
        until=_("Until you erase it, or nobody has signed in for a long time; we write to you before"),
        export=keeping.export_account,
        erase=keeping.erase_account,
        clean=keeping.clean_idle_accounts,
        days=lambda: settings.HOUSE.keep_idle_account_days,
    )
)
kept.add(
    Kept(
        name="people.appointments",
        what=_("Roles that you were given, by whom and when"),
        why=_("So that it is clear who may do what in the library, and who said so"),
        until=_("As long as your account"),
        export=keeping.export_appointments,
        erase=keeping.erase_appointments,
    )
)
kept.add(
    Kept(
        name="people.invitations",
        what=_("Invitations to a role that were mailed to you"),
        why=_("So that the link in the mail works"),
        until=_("Until you answered, or the invitation has run out"),
        export=keeping.export_invitations,
        erase=keeping.erase_invitations,
        clean=keeping.clean_invitations,
        days=lambda: settings.HOUSE.keep_invitation_days,
    )
)
kept.add(
    Kept(
        name="people.sessions",
        what=_("That you are signed in on a device"),
        why=_("So that you need not sign in on every page; no address of the device is kept"),
        until=_("Until you sign out, or some time after you signed in"),
        export=keeping.export_sessions,
        erase=keeping.erase_sessions,
        clean=keeping.clean_sessions,
        days=lambda: settings.HOUSE.keep_session_days,
    )
)

slots.add("page.account", doors.account_doors)
slots.add("desk.account", "people/rail_doors.html")
slots.add("page.foot", "people/foot.html")

nav.add(
    NavItem(
        face="desk",
        label=_("People and roles"),
        url_name="people:people",
        icon="users",
        stage="house",
        order=10,
        permission="people.see_people",
    )
)
nav.add(
    NavItem(
        face="desk",
        label=_("What is kept"),
        url_name="people:clean-up",
        icon="shield-check",
        stage="house",
        order=40,
        permission="people.see_clean_up",
    )
)
