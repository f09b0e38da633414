from django.urls import path

from rapport.deciding.desk import commitments as desk
from rapport.deciding.views import commitments as views

COMMITMENTS = [
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/sheet/", views.sheet, name="commitments-sheet"),
    path("commitments/<int:pk>/", views.commitment, name="commitment"),
    path("commitments/<int:pk>/milestones/<int:milestone>/picture/", views.picture, name="milestone-picture"),
    path("desk/commitments/", desk.commitments, name="desk-commitments"),
    path("desk/commitments/new/", desk.new, name="desk-commitment-new"),
    path("desk/commitments/<int:pk>/", desk.commitment, name="desk-commitment"),
    path("desk/commitments/<int:pk>/milestones/", desk.milestones, name="milestones"),
    path("desk/commitments/<int:pk>/milestones/<int:milestone>/reaching/", desk.reaching, name="milestone-reaching"),
    path("desk/commitments/<int:pk>/keeping/", desk.keeping, name="commitment-keeping"),
    path("desk/commitments/<int:pk>/changes/", desk.changes, name="commitment-changes"),
    path("desk/commitments/<int:pk>/giving-up/", desk.giving_up, name="commitment-giving-up"),
]
