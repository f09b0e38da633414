from django.urls import path

from rapport.ui import views

app_name = "ui"
urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("house.css", views.house_css, name="house-css"),
    path("logo/", views.logo, name="logo"),
    path("language/", views.language, name="language"),
    path("parts/", views.parts, name="parts"),
    path("theme/", views.theme, name="theme"),
]
