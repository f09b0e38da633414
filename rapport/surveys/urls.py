from django.urls import path
from django.urls.resolvers import URLPattern

from rapport.surveys import views
from rapport.surveys.desk import (
    answer_files,
    areas,
    bank,
    form_files,
    invitations,
    letters,
    links,
    paper,
    paper_entry,
    planner,
    preview,
    publishing,
    questions,
    quotas,
    settings,
    survey,
    surveys,
    words,
)

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
FIELDWORK: list[URLPattern] = [
    path("desk/surveys/<int:pk>/paper/", paper.paper, name="desk-paper"),
    path("desk/surveys/<int:pk>/paper/blank/", paper.blank, name="desk-paper-blank"),
    path("desk/surveys/<int:pk>/paper/prints/", paper.prints, name="desk-paper-prints"),
    path("desk/surveys/<int:pk>/paper/prints/<int:printed>/", paper.print_run, name="desk-paper-print"),
    path("desk/surveys/<int:pk>/paper/share/", paper.share, name="desk-paper-share"),
    path("desk/surveys/<int:pk>/paper/asking/", paper.asking, name="desk-asking"),
    path("desk/surveys/<int:pk>/paper/entry/", paper_entry.entry, name="desk-paper-entry"),
    path("desk/surveys/<int:pk>/paper/sheets/<int:sheet>/", paper_entry.sheet, name="desk-paper-sheet"),
    path(
        "desk/surveys/<int:pk>/paper/sheets/<int:sheet>/entries/removal/",
        paper_entry.entries_removal,
        name="desk-paper-sheet-removal",
    ),
    path("desk/surveys/<int:pk>/links/", links.links, name="desk-links"),
    path("desk/surveys/<int:pk>/links/branches/", links.branches, name="desk-links-branches"),
    path("desk/surveys/<int:pk>/links/<int:link>/stop/", links.link_stop, name="desk-link-stop"),
    path("desk/surveys/<int:pk>/links/<int:link>/poster/", links.link_poster, name="desk-link-poster"),
    path("desk/surveys/<int:pk>/links/<int:link>/card/", links.link_card, name="desk-link-card"),
    path("desk/surveys/<int:pk>/links/<int:link>/code.svg", links.link_code, {"kind": "svg"}, name="desk-link-svg"),
    path("desk/surveys/<int:pk>/links/<int:link>/code.png", links.link_code, {"kind": "png"}, name="desk-link-png"),
    path("desk/surveys/<int:pk>/invitations/", invitations.invitations, name="desk-invitations"),
    path("desk/surveys/<int:pk>/invitations/people/", invitations.people, name="desk-invitations-people"),
    path("desk/surveys/<int:pk>/invitations/draws/", invitations.draws, name="desk-invitations-draws"),
    path("desk/surveys/<int:pk>/invitations/sendings/", invitations.sendings, name="desk-invitations-sendings"),
    path("desk/surveys/<int:pk>/invitations/reminders/", invitations.reminders, name="desk-invitations-reminders"),
    path("desk/surveys/<int:pk>/invitations/letters/", letters.letters, name="desk-letters"),
    path("desk/surveys/<int:pk>/invitations/slips/", letters.slips, name="desk-slips-made"),
    path("desk/surveys/<int:pk>/invitations/slips/sheet/", letters.slips_sheet, name="desk-slips"),
    path(
        "desk/surveys/<int:pk>/invitations/<int:invitation>/removal/",
        invitations.invitation_removal,
        name="desk-invitation-removal",
    ),
    path("desk/surveys/<int:pk>/quotas/", quotas.quotas, name="desk-quotas"),
    path("desk/surveys/<int:pk>/quotas/<int:quota>/", quotas.quota, name="desk-quota"),
    path("desk/surveys/<int:pk>/quotas/<int:quota>/removal/", quotas.quota_removal, name="desk-quota-removal"),
    path("desk/surveys/planner/", planner.planner, name="desk-planner-alone"),
    path("desk/surveys/<int:pk>/planner/", planner.planner, name="desk-planner"),
]

# Files: forms and answers from elsewhere
FILES: list[URLPattern] = [
    path("desk/surveys/import/", form_files.form_import, name="desk-form-import"),
    path("desk/surveys/import/survey/", form_files.form_survey, name="desk-form-survey"),
    path("desk/surveys/<int:pk>/form/", form_files.form_export, name="desk-form-export"),
    path("desk/surveys/<int:pk>/answers/", answer_files.answers_import, name="desk-answers-import"),
    path("desk/surveys/<int:pk>/answers/<int:file>/", answer_files.answer_file, name="desk-answer-file"),
    path(
        "desk/surveys/<int:pk>/answers/<int:file>/removal/",
        answer_files.answer_file_removal,
        name="desk-answer-file-removal",
    ),
]

urlpatterns = [*ANSWERING, *WRITING, *FIELDWORK, *FILES]
