from django.urls import path

from rapport.deciding.desk import processes as desk
from rapport.deciding.views import kiosk

PROCESSES = [
    path("decisions/<int:pk>/kiosk/", kiosk.kiosk, name="kiosk"),
    path("desk/decisions/<int:pk>/process/", desk.process, name="desk-process"),
]
