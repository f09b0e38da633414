from django.urls import path

from rapport.community import views
from rapport.community.desk import areas, dimensions, entry, profile, tables, topic_lists, topics

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
    path("desk/community/topics/", topics.topics, name="topics"),
    path("desk/community/topics/new/", topics.new, name="topic-new"),
    path("desk/community/topics/starter/", topics.starter, name="topics-starter"),
    path("desk/community/topics/lists/", topic_lists.lists, name="topic-lists"),
    path("desk/community/topics/lists/<int:brought>/", topic_lists.one, name="topic-list"),
    path("desk/community/topics/lists/<int:brought>/taking/", topic_lists.taking, name="topic-list-taking"),
    path("desk/community/topics/lists/<int:brought>/removal/", topic_lists.removal, name="topic-list-removal"),
    path("desk/community/topics/<slug:slug>/", topics.topic, name="topic"),
    path("desk/community/topics/<slug:slug>/merging/", topics.merging, name="topic-merging"),
    path("desk/community/topics/<slug:slug>/retirement/", topics.retirement, name="topic-retirement"),
    path("desk/community/topics/<slug:slug>/retirement/removal/", topics.restoring, name="topic-restoring"),
]
