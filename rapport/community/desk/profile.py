from django.http.response import HttpResponseBase

from rapport.community.models import CensusArea
from rapport.community.views import shown
from rapport.people.guards import PersonRequest, staff_may


@staff_may("community.see")
def profile(request: PersonRequest, slug: str = "") -> HttpResponseBase:
    return shown(
        request,
        slug,
        "community/desk/profile.html",
        face="community:desk-branch",
        whole="community:desk-profile",
        may_change=request.user.has_perm("community.change"),
        loose=CensusArea.objects.without_branch().count(),
    )
