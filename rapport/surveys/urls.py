from django.urls import path
from django.urls.resolvers import URLPattern

from rapport.surveys import views
from rapport.surveys.desk import areas, bank, preview, publishing, questions, settings, survey, surveys, words

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
    path("desk/surveys/<int:pk>/settings/", settings.settings, name="desk-settings"),
    path("desk/surveys/<int:pk>/publishing/", publishing.publishing, name="desk-publishing"),
    path("desk/surveys/<int:pk>/questions/", questions.questions, name="desk-questions"),
    path("desk/surveys/<int:pk>/questions/<str:key>/", questions.question, name="desk-question"),
    path("desk/surveys/<int:pk>/questions/<str:key>/place/", questions.question_place, name="question-place"),
    path("desk/surveys/<int:pk>/questions/<str:key>/copy/", questions.question_copy, name="question-copy"),
    path("desk/surveys/<int:pk>/questions/<str:key>/removal/", questions.question_removal, name="question-removal"),
    path("desk/surveys/<int:pk>/questions/<str:key>/areas/", areas.areas, name="question-areas"),
    path("desk/surveys/<int:pk>/pages/", questions.pages, name="questions-pages"),
    path("desk/surveys/<int:pk>/pages/<str:key>/", questions.page, name="questions-page"),
    path("desk/surveys/<int:pk>/pages/<str:key>/place/", questions.page_place, name="questions-page-place"),
    path("desk/surveys/<int:pk>/pages/<str:key>/removal/", questions.page_removal, name="questions-page-removal"),
    path("desk/surveys/<int:pk>/around/", questions.before_and_after, name="questions-around"),
    path("desk/surveys/<int:pk>/undo/", questions.undo, name="questions-undo"),
    path("desk/surveys/<int:pk>/from-bank/", bank.from_bank, name="survey-from-bank"),
    path("desk/surveys/<int:pk>/words/", words.languages, name="desk-languages"),
    path("desk/surveys/<int:pk>/words/<str:language>/", words.words, name="desk-words"),
    path("desk/surveys/<int:pk>/words/<str:language>/table/", words.words_table, name="words-table"),
    path("desk/surveys/<int:pk>/words/<str:language>/upload/", words.words_upload, name="words-upload"),
    path("desk/surveys/<int:pk>/words/<str:language>/removal/", words.words_removal, name="words-removal"),
    path("desk/surveys/<int:pk>/preview/", preview.preview, name="desk-preview"),
    path("desk/surveys/<int:pk>/preview/<slug:way>/", preview.preview_page, name="preview-page"),
    path("desk/question-bank/", bank.bank, name="desk-bank"),
    path("desk/question-bank/questions/", bank.bank_questions, name="bank-questions"),
    path("desk/question-bank/questions/<int:pk>/removal/", bank.bank_removal, name="bank-removal"),
]

# Fieldwork: links, invitations, paper
FIELDWORK: list[URLPattern] = []

# Files: forms and answers from elsewhere
FILES: list[URLPattern] = []

urlpatterns = [*ANSWERING, *WRITING, *FIELDWORK, *FILES]
