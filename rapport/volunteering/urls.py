from django.urls import path

from rapport.volunteering.desk import bringing, reports

app_name = "volunteering"
urlpatterns = [
    path("desk/volunteering/", reports.reports, name="desk-reports"),
    path("desk/volunteering/new/", reports.new, name="desk-new"),
    path("desk/volunteering/file/", bringing.file, name="desk-file"),
    path("desk/volunteering/<int:pk>/", reports.report, name="desk-report"),
    path("desk/volunteering/<int:pk>/removal/", reports.removal, name="report-removal"),
]
