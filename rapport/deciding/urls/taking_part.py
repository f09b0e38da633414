from django.urls import path

from rapport.deciding.views import about_you
from rapport.deciding.views import taking_part as views

TAKING_PART = [
    path("decisions/<int:pk>/taking-part/", views.joining, name="joining"),
    path("decisions/<int:pk>/about-you/", about_you.about_you, name="about-you"),
    path("decisions/<int:pk>/taking-part/mail/<uuid:code>/", views.mail_code, name="mail-code"),
]
