from django.urls import path
from django.urls.resolvers import URLPattern

from rapport.surveys import views
from rapport.surveys.desk import survey, surveys

app_name = "surveys"

# Answering: the public face
ANSWERING: list[URLPattern] = [
    path("surveys/", views.surveys, name="surveys"),
    path("surveys/<slug:slug>/", views.survey, name="survey"),
    path("surveys/<slug:slug>/thanks/", views.thanks, name="thanks"),
    path("surveys/<slug:slug>/contact/", views.contact, name="contact"),
    path("s/<str:code>/", views.link, name="link"),
    path("i/<str:secret>/", views.invitation, name="invitation"),
    path("i/<str:secret>/refusal/", views.refusal, name="invitation-refusal"),
    path("answering/", views.resumption, name="resumption"),
    path("answering/<str:code>/<int:page>/", views.sitting, name="sitting"),
    path("answering/<str:code>/review/", views.review, name="sitting-review"),
    path("answering/<str:code>/response/", views.response, name="sitting-response"),
    path("answering/<str:code>/later/", views.later, name="sitting-later"),
    path("answering/<str:code>/end/", views.end, name="sitting-end"),
]

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
