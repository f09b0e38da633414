from django.urls import path

from rapport.deciding.desk import opinion_files as files
from rapport.deciding.desk import opinion_paper as paper
from rapport.deciding.desk import opinions as desk
from rapport.deciding.views import opinion_maps as maps
from rapport.deciding.views import opinions as views

OPINIONS = [
    path("opinions/<int:pk>/", views.opinions, name="opinions"),
    path("opinions/<int:pk>/votes/", views.votes, name="opinions-votes"),
    path("opinions/<int:pk>/mine/", views.mine, name="opinions-mine"),
    path("opinions/<int:pk>/statements/", views.statements, name="opinions-statements"),
    path("opinions/<int:pk>/kiosk/", views.kiosk, name="opinions-kiosk"),
    path("opinions/<int:pk>/map/", maps.opinion_map, name="opinions-map"),
    path("opinions/<int:pk>/figures/", maps.figures, name="opinions-figures"),
    path("opinions/<int:pk>/report/", maps.report, name="opinions-report"),
    path("desk/opinions/<int:pk>/", desk.opinions, name="desk-opinions"),
    path("desk/opinions/<int:pk>/settings/", desk.settings, name="desk-opinions-settings"),
    path("desk/opinions/<int:pk>/seeds/", desk.seeds, name="desk-opinions-seeds"),
    path("desk/opinions/<int:pk>/queue/", desk.queue, name="desk-opinions-queue"),
    path("desk/opinions/<int:pk>/map/", desk.opinion_map, name="desk-opinions-map"),
    path("desk/opinions/<int:pk>/log/", desk.log, name="desk-opinions-log"),
    path("desk/opinions/<int:pk>/export/", files.export, name="desk-opinions-export"),
    path("desk/opinions/<int:pk>/import/", files.bring, name="desk-opinions-import"),
    path("desk/opinions/<int:pk>/paper/", paper.paper, name="desk-opinions-paper"),
    path("desk/opinions/<int:pk>/sheets/", paper.sheets, name="desk-opinions-sheets"),
    path("desk/opinions/<int:pk>/entry/", paper.entry, name="desk-opinions-entry"),
    path("desk/opinions/<int:pk>/settling/", paper.settling, name="desk-opinions-settling"),
    path("desk/statements/<int:pk>/", desk.statement, name="desk-statement"),
    path("desk/statements/<int:pk>/verdicts/", desk.verdicts, name="desk-verdicts"),
    path("desk/rejection-reasons/", desk.reasons, name="desk-rejection-reasons"),
]
