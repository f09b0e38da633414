from django.urls import path

from rapport.programs import aid_views, arriving_views, views
from rapport.programs.desk import aid, pilot, programs, roster, sessions

app_name = "programs"
urlpatterns = [
    path("whats-on/", views.calendar, name="calendar"),
    path("programs/", views.programs, name="programs"),
    path("programs/<int:pk>/", views.program, name="program"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/needs/", aid_views.ask, name="accommodation-ask"),
    path("accommodations/<str:key>/", aid_views.request_page, name="accommodation"),
    path("desk/accommodations/", aid.requests, name="desk-aids"),
    path("desk/accommodations/demand/", aid.demand_page, name="desk-aid-demand"),
    path("desk/accommodations/<int:pk>/", aid.one, name="desk-aid"),
    path("desk/accommodations/tasks/<int:pk>/seeing-to/", aid.seeing_to, name="desk-aid-seeing-to"),
    path("desk/accommodations/tasks/<int:pk>/settlement/", aid.settlement, name="desk-aid-settlement"),
    path("desk/sessions/<int:pk>/needs/", aid.entry, name="desk-aid-entry"),
    path("sessions/<int:pk>/here/<str:code>/", arriving_views.here, name="here"),
    path("desk/sessions/roster-worker.js", roster.worker, name="roster-worker"),
    path("desk/sessions/<int:pk>/roster/", roster.roster, name="roster"),
    path("desk/sessions/<int:pk>/arrivals/", roster.arrivals, name="arrivals"),
    path("desk/sessions/<int:pk>/door/", roster.door, name="door"),
    path("desk/programs/", programs.programs, name="desk-programs"),
    path("desk/programs/new/", programs.new, name="desk-new"),
    path("desk/programs/<int:pk>/", programs.program, name="desk-program"),
    path("desk/programs/<int:pk>/wording/", programs.wording, name="wording"),
    path("desk/programs/<int:pk>/publication/", programs.publication, name="publication"),
    path("desk/programs/<int:pk>/delivery/", programs.delivery, name="delivery"),
    path("desk/programs/<int:pk>/sessions/", programs.sessions, name="new-sessions"),
    path("desk/programs/<int:pk>/pilot/", pilot.pilot, name="pilot"),
    path("desk/programs/<int:pk>/pilot/start/", pilot.start, name="pilot-start"),
    path("desk/programs/<int:pk>/pilot/verdict/", pilot.verdict, name="verdict"),
    path("desk/programs/<int:pk>/pilot/measures/", pilot.measures, name="measures"),
    path("desk/programs/<int:pk>/pilot/measures/<int:measure_pk>/readings/", pilot.readings, name="readings"),
    path("desk/programs/<int:pk>/pilot/measures/<int:measure_pk>/removal/", pilot.measure_removal, name="no-measure"),
    path("desk/sessions/", sessions.sessions, name="desk-sessions"),
    path("desk/sessions/<int:pk>/", sessions.session, name="desk-session"),
    path("desk/sessions/<int:pk>/wording/", sessions.wording, name="session-wording"),
    path("desk/sessions/<int:pk>/cancellation/", sessions.cancellation, name="cancellation"),
    path("desk/sessions/<int:pk>/heads/", sessions.heads, name="heads"),
    path("desk/sessions/<int:pk>/sheet/", sessions.sheet, name="sheet"),
]
