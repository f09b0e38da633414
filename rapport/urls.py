"""Every area's addresses stand at the root: each says its own nouns, the desk's below `desk/`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from rapport.lib.addresses import area

handler400 = "rapport.ui.views.bad_request"
handler403 = "rapport.ui.views.forbidden"
handler404 = "rapport.ui.views.not_found"
handler500 = "rapport.ui.views.server_error"

urlpatterns = [
    *[area(f"rapport.{name}.urls") for name in settings.AREAS if find_spec(f"rapport.{name}.urls")],
    path("account/", include("allauth.account.urls")),
    path("account/", include("allauth.mfa.urls")),
]
