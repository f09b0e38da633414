from django.urls import path

from rapport.loop import views

app_name = "loop"
urlpatterns = [
    path("loops/", views.loops, name="loops"),
    path("loops/<int:pk>/", views.story, name="story"),
]
