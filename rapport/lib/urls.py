from django.urls import path

from rapport.lib import views

app_name = "lib"
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.readiness, name="readiness"),
]
