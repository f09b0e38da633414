from django.urls import path

from rapport.deciding.desk import proposal_merging as merging
from rapport.deciding.desk import proposal_moderation as moderation
from rapport.deciding.desk import proposal_paper as paper
from rapport.deciding.desk import proposals as desk
from rapport.deciding.views import discussing, proposal_kiosk, writing
from rapport.deciding.views import proposals as views

# In addresses a proposal is an idea: `proposals` are those of themes, which came first.
PROPOSALS = [
    path("decisions/<int:pk>/proposals/", views.of_process, name="proposals-of"),
    path("desk/decisions/<int:pk>/proposals/", desk.of_process, name="desk-proposals-of"),
    path("collections/<int:pk>/", views.collection, name="collection"),
    path("collections/<int:pk>/new/", writing.new, name="new-proposal"),
    path("collections/<int:pk>/mine/", writing.mine, name="my-proposals"),
    path("collections/<int:pk>/kiosk/", proposal_kiosk.screen, name="proposals-kiosk"),
    path("ideas/<int:pk>/", views.proposal, name="proposal"),
    path("ideas/<int:pk>/writing/<slug:step>/", writing.writing, name="writing"),
    path("ideas/<int:pk>/editing/", writing.editing, name="editing"),
    path("ideas/<int:pk>/authors/<slug:code>/", writing.authors, name="authors"),
    path("ideas/<int:pk>/leaving/", writing.leaving, name="leaving"),
    path("ideas/<int:pk>/versions/", views.versions, name="versions"),
    path("ideas/<int:pk>/picture/", views.picture, name="proposal-picture"),
    path("ideas/<int:pk>/support/", discussing.support, name="support"),
    path("ideas/<int:pk>/support/removal/", discussing.support_removal, name="support-removal"),
    path("ideas/<int:pk>/address/", discussing.address, name="support-address"),
    path("ideas/<int:pk>/comments/", discussing.comments, name="comments"),
    path("ideas/<int:pk>/amendments/", discussing.amendments, name="amendments"),
    path("comments/<int:pk>/report/", discussing.report, name="comment-report"),
    path("amendments/<int:pk>/", discussing.amendment, name="amendment"),
    path("mergings/<int:pk>/", views.merging, name="merging"),
    path("mergings/<int:pk>/consent/", discussing.consent, name="merging-consent"),
    path("desk/collections/", desk.collections, name="desk-collections"),
    path("desk/collections/<int:pk>/", desk.collection, name="desk-collection"),
    path("desk/collections/<int:pk>/settings/", desk.settings, name="collection-settings"),
    path("desk/collections/<int:pk>/answers/", desk.answers, name="bulk-answers"),
    path("desk/collections/<int:pk>/print/", desk.printed, name="proposals-print"),
    path("desk/collections/<int:pk>/entry/", paper.entry, name="proposal-entry"),
    path("desk/collections/<int:pk>/similar/", merging.similar, name="similar"),
    path("desk/collections/<int:pk>/mergings/", merging.bench, name="merging-bench"),
    path("desk/mergings/<int:pk>/", merging.merging, name="desk-merging"),
    path("desk/ideas/<int:pk>/", desk.proposal, name="desk-proposal"),
    path("desk/ideas/<int:pk>/answer/", desk.answer, name="official-answer"),
    path("desk/ideas/<int:pk>/translation/", desk.translation, name="proposal-translation"),
    path("desk/ideas/<int:pk>/supports/", paper.supports, name="supports-entry"),
    path("desk/ideas/<int:pk>/list/", paper.sheet, name="support-sheet"),
    path("desk/moderation/", moderation.queue, name="moderation"),
    path("desk/moderation/<slug:kind>/<int:pk>/", moderation.one, name="moderate"),
]
