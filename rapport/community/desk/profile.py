from django.http.response import HttpResponseBase

from rapport.community.desk.reach import MAY, may_change_all
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
        may_change=request.user.has_perm(MAY),
        may_change_all=may_change_all(request.user),
        loose=CensusArea.objects.without_branch().count(),
    )
