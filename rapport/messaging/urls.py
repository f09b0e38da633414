from django.urls import path

from rapport.messaging import desk, views

app_name = "messaging"
urlpatterns = [
    path("stop/<str:secret>/", views.stop, name="stop"),
    path("stop/<str:secret>/removal/", views.stop_removal, name="stop-removal"),
    path("desk/letters/", desk.letters, name="letters"),
    path("desk/letters/<uuid:pk>/sending/", desk.sending, name="sending"),
    path("desk/letters/<uuid:pk>/arrival/", desk.arrival, name="arrival"),
]
