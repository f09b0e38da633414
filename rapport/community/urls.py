from django.urls import path

from rapport.community import views
from rapport.community.desk import areas, dimensions, entry, profile, tables

app_name = "community"

urlpatterns = [
    path("community/", views.profile, name="profile"),
    path("community/branches/<slug:slug>/", views.profile, name="branch"),
    path("desk/community/", profile.profile, name="desk-profile"),
    path("desk/community/branches/<slug:slug>/", profile.profile, name="desk-branch"),
    path("desk/community/entry/", entry.entry, name="entry"),
    path("desk/community/dimensions/", dimensions.dimensions, name="dimensions"),
    path("desk/community/dimensions/standard/", dimensions.standard, name="dimensions-standard"),
    path("desk/community/dimensions/<slug:slug>/", dimensions.dimension, name="dimension"),
    path("desk/community/dimensions/<slug:slug>/bands/", dimensions.bands, name="bands"),
    path("desk/community/dimensions/<slug:slug>/bands/<int:pk>/", dimensions.band, name="band"),
    path("desk/community/areas/", areas.areas, name="areas"),
    path("desk/community/areas/shares/", areas.shares, name="shares"),
    path("desk/community/areas/file/", areas.file, name="shares-file"),
    path("desk/community/areas/shares/<int:pk>/removal/", areas.removal, name="share-removal"),
    path("desk/community/tables/", tables.tables, name="tables"),
    path("desk/community/tables/new/", tables.new, name="table-new"),
    path("desk/community/tables/<int:pk>/", tables.table, name="table"),
    path("desk/community/tables/<int:pk>/columns/", tables.columns, name="table-columns"),
    path("desk/community/tables/<int:pk>/taking/", tables.taking, name="table-taking"),
    path("desk/community/tables/<int:pk>/removal/", tables.removal, name="table-removal"),
]
