from django.urls import path

from rapport.deciding.desk import decisions as desk
from rapport.deciding.views import decisions as views

DECISIONS = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("desk/decisions/", desk.decisions, name="desk-decisions"),
    path("desk/decisions/new/", desk.new, name="desk-new"),
    path("desk/decisions/<int:pk>/", desk.decision, name="desk-decision"),
    path("desk/decisions/<int:pk>/ruling/", desk.ruling, name="ruling"),
    path("desk/decisions/<int:pk>/influence/", desk.influence, name="influence"),
    path("desk/decisions/<int:pk>/closing/", desk.closing, name="closing"),
]
