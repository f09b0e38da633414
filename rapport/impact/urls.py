from django.urls import path

from rapport.impact import desk, views

app_name = "impact"
urlpatterns = [
    path("", views.home, name="home"),
    path("branches/", views.branches, name="branches"),
    path("branches/<slug:slug>/", views.branch, name="branch"),
    path("numbers/", views.numbers, name="numbers"),
    path("you-said-we-did/", views.reports, name="reports"),
    path("desk/", desk.today, name="today"),
    path("desk/loops/", desk.loops, name="desk-loops"),
    path("desk/loops/<int:pk>/", desk.loop, name="desk-loop"),
    path("desk/loops/<int:pk>/report/", desk.report, name="desk-report"),
    path("desk/search/", desk.search, name="search"),
    path("desk/reports/", desk.reports, name="desk-reports"),
]
