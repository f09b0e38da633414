from django.urls import path

from rapport.insight import views
from rapport.insight.desk import needs, proposals, themes

app_name = "insight"
urlpatterns = [
    path("themes/<int:pk>/", views.theme, name="theme"),
    path("needs/", views.needs, name="needs"),
    path("needs/<int:pk>/", views.need, name="need"),
    path("desk/proposals/", proposals.proposals, name="proposals"),
    path("desk/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("desk/proposals/<int:pk>/again/", proposals.again, name="proposal-again"),
    path("desk/proposals/<int:pk>/names/", proposals.names, name="proposal-names"),
    path("desk/proposals/<int:pk>/confirmation/", proposals.confirmation, name="proposal-confirmation"),
    path("desk/proposals/<int:pk>/merging/", proposals.merging, name="proposal-merging"),
    path("desk/proposals/<int:pk>/joining/", proposals.joining, name="proposal-joining"),
    path("desk/proposals/<int:pk>/discarding/", proposals.discarding, name="proposal-discarding"),
    path("desk/proposals/<int:pk>/discarding/removal/", proposals.taking_back, name="proposal-taking-back"),
    path("desk/proposals/<int:pk>/halving/", proposals.halving, name="proposal-halving"),
    path("desk/proposals/<int:pk>/groups/<int:group>/", proposals.group, name="group"),
    path("desk/proposals/<int:pk>/groups/<int:group>/voices/", proposals.moving, name="group-voices"),
    path("desk/themes/", themes.themes, name="desk-themes"),
    path("desk/themes/<int:pk>/", themes.theme, name="desk-theme"),
    path("desk/themes/<int:pk>/name/", themes.name, name="theme-name"),
    path("desk/themes/<int:pk>/merging/", themes.merging, name="theme-merging"),
    path("desk/themes/<int:pk>/parts/", themes.parts, name="theme-parts"),
    path("desk/themes/<int:pk>/discarding/", themes.discarding, name="theme-discarding"),
    path("desk/themes/<int:pk>/discarding/removal/", themes.restoring, name="theme-restoring"),
    path("desk/needs/", needs.needs, name="desk-needs"),
    path("desk/needs/new/", needs.new, name="desk-need-new"),
    path("desk/needs/<int:pk>/", needs.need, name="desk-need"),
    path("desk/needs/<int:pk>/sentence/", needs.sentence, name="need-sentence"),
    path("desk/needs/<int:pk>/owner/", needs.owner, name="need-owner"),
    path("desk/needs/<int:pk>/priorities/", needs.priorities, name="need-priorities"),
    path("desk/needs/<int:pk>/evidence/", needs.evidence, name="need-evidence"),
    path("desk/needs/<int:pk>/evidence/<int:evidence>/removal/", needs.evidence_removal, name="need-evidence-removal"),
    path("desk/needs/<int:pk>/themes/", needs.themes, name="need-themes"),
    path("desk/needs/<int:pk>/themes/<int:theme>/removal/", needs.theme_removal, name="need-theme-removal"),
]
