from django.urls import path

from rapport.deciding.desk import panels as desk
from rapport.deciding.views import panels as views

PANELS = [
    path("panels/<int:pk>/", views.panel, name="panel"),
    path("panels/<int:pk>/volunteers/", views.volunteers, name="panel-volunteers"),
    path("panels/<int:pk>/lots/<slug:name>.csv", views.file, name="panel-file"),
    path("volunteers/<str:secret>/", views.volunteer, name="volunteer"),
    path("volunteers/<str:secret>/withdrawal/", views.withdrawal, name="volunteer-withdrawal"),
    path("volunteers/<str:secret>/seat/", views.seat, name="volunteer-seat"),
    path("desk/panels/", desk.panels, name="desk-panels"),
    path("desk/panels/new/", desk.new, name="desk-panel-new"),
    path("desk/panels/<int:pk>/", desk.panel, name="desk-panel"),
    path("desk/panels/<int:pk>/opening/", desk.opening, name="panel-opening"),
    path("desk/panels/<int:pk>/quotas/<int:group>/", desk.quota, name="panel-quota"),
    path("desk/panels/<int:pk>/volunteers/", desk.volunteers, name="panel-entry"),
    path("desk/panels/<int:pk>/draw/", desk.draw, name="panel-draw"),
    path("desk/panels/<int:pk>/seats/<int:seat>/", desk.seat, name="panel-seat"),
]
