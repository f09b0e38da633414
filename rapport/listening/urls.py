from django.urls import path

from rapport.listening import views
from rapport.listening.desk import chosen, entry, figures, inbox, printing, promises, voice

app_name = "listening"

urlpatterns = [
    path("tell/", views.tell, name="tell"),
    path("tell/<slug:branch>/", views.tell, name="tell-branch"),
    path("tell/<slug:branch>/<slug:space>/", views.tell, name="tell-space"),
    path("kiosk/<slug:branch>/", views.kiosk, name="kiosk"),
    path("follow/", views.follow, name="follow"),
    path("voices/", views.voices, name="voices"),
    path("voices/<int:pk>/photo/", views.public_photo, name="voice-photo"),
    path("v/<str:secret>/", views.story, name="story"),
    path("v/<str:secret>/receipt/", views.receipt, name="receipt"),
    path("v/<str:secret>/photo/", views.photo, name="photo"),
    path("v/<str:secret>/contact/", views.contact, name="contact"),
    path("v/<str:secret>/contact/removal/", views.contact_removal, name="contact-removal"),
    path("v/<str:secret>/reading/removal/", views.reading_removal, name="reading-removal"),
    path("v/<str:secret>/additions/", views.additions, name="additions"),
    path("desk/voices/new/", entry.new, name="desk-new"),
    path("desk/printing/", printing.printing, name="printing"),
    path("desk/printing/poster/", printing.poster, name="printing-poster"),
    path("desk/printing/slip/", printing.slip, name="printing-slip"),
    path("desk/voices/", inbox.inbox, name="inbox"),
    path("desk/voices/chosen/", chosen.chosen, name="desk-chosen"),
    path("desk/voices/figures/", figures.figures, name="desk-figures"),
    path("desk/voices/promises/", promises.promises, name="desk-promises"),
    path("desk/voices/templates/", promises.templates, name="desk-templates"),
    path("desk/voices/templates/<int:pk>/", promises.template, name="desk-template"),
    path("desk/voices/templates/<int:pk>/removal/", promises.template_removal, name="desk-template-removal"),
    path("desk/voices/<int:pk>/", voice.voice, name="desk-voice"),
    path("desk/voices/<int:pk>/photo/", voice.photo, name="desk-voice-photo"),
    path("desk/voices/<int:pk>/holder/", voice.holder, name="desk-voice-holder"),
    path("desk/voices/<int:pk>/acknowledgement/", voice.acknowledgement, name="desk-voice-acknowledgement"),
    path("desk/voices/<int:pk>/answers/", voice.answers, name="desk-voice-answers"),
    path("desk/voices/<int:pk>/notes/", voice.notes, name="desk-voice-notes"),
    path("desk/voices/<int:pk>/status/", voice.status, name="desk-voice-status"),
    path("desk/voices/<int:pk>/merge/", voice.merge, name="desk-voice-merge"),
    path("desk/voices/<int:pk>/merge/removal/", voice.merge_removal, name="desk-voice-merge-removal"),
    path("desk/voices/<int:pk>/reading/", voice.reading, name="desk-voice-reading"),
    path("desk/voices/<int:pk>/reading/removal/", voice.reading_removal, name="desk-voice-reading-removal"),
    path("desk/voices/<int:pk>/spam/", voice.spam, name="desk-voice-spam"),
    path("desk/voices/<int:pk>/spam/removal/", voice.spam_removal, name="desk-voice-spam-removal"),
]
