from django.urls import path

from rapport.listening.desk import chosen, figures, inbox, promises, voice

app_name = "listening"

urlpatterns = [
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
