from django.urls import path
from django.urls.resolvers import URLPattern

from rapport.surveys.desk import survey, surveys

app_name = "surveys"

# Answering: the public face
ANSWERING: list[URLPattern] = []

# Writing: the desk's questionnaires
WRITING: list[URLPattern] = [
    path("surveys/<slug:slug>/pictures/<slug:name>/", survey.picture, name="picture"),
    path("desk/surveys/", surveys.surveys, name="desk-surveys"),
    path("desk/surveys/new/", surveys.new, name="desk-new"),
    path("desk/surveys/<int:pk>/", survey.survey, name="desk-survey"),
    path("desk/surveys/<int:pk>/opening/", survey.opening, name="survey-opening"),
    path("desk/surveys/<int:pk>/closing/", survey.closing, name="survey-closing"),
    path("desk/surveys/<int:pk>/reopening/", survey.reopening, name="survey-reopening"),
]

# Fieldwork: links, invitations, paper
FIELDWORK: list[URLPattern] = []

# Files: forms and answers from elsewhere
FILES: list[URLPattern] = []

urlpatterns = [*ANSWERING, *WRITING, *FIELDWORK, *FILES]
