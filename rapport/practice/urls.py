from django.urls import path

from rapport.practice import places, wording

app_name = "practice"

urlpatterns = [
    path("desk/places/", places.places, name="places"),
    path("desk/places/new/", places.new, name="places-new"),
    path("desk/places/<slug:slug>/", places.place, name="place"),
    path("desk/places/<slug:slug>/hours/", places.hours, name="place-hours"),
    path("desk/places/<slug:slug>/closures/", places.closures, name="place-closures"),
    path("desk/places/<slug:slug>/closures/<int:pk>/removal/", places.closure_removal, name="place-closure-removal"),
    path("desk/places/<slug:slug>/spaces/", places.spaces, name="place-spaces"),
    path("desk/places/<slug:slug>/spaces/<int:pk>/", places.space, name="place-space"),
    path("desk/words/", wording.words, name="translations"),
    path("desk/words/<str:label>/<int:pk>/", wording.wording, name="wording"),
]
