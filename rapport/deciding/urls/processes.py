from django.urls import path

from rapport.deciding.desk import card_roll, documents, phases
from rapport.deciding.desk import participants as people
from rapport.deciding.desk import processes as desk
from rapport.deciding.views import kiosk, processes

PROCESSES = [
    path("decisions/<int:pk>/documents/<int:document>/", processes.document, name="document"),
    path("decisions/<int:pk>/following/", processes.following, name="following"),
    path("decisions/<int:pk>/following/removal/", processes.following_removal, name="following-removal"),
    path("decisions/<int:pk>/taking-part/claim/", processes.claim, name="claim"),
    path("decisions/<int:pk>/taking-part/name/", processes.name, name="participant-name"),
    path("decisions/<int:pk>/taking-part/leaving/", processes.leaving, name="leaving"),
    path("decisions/<int:pk>/kiosk/", kiosk.kiosk, name="kiosk"),
    path("desk/processes/cards/", card_roll.card_roll, name="desk-card-roll"),
    path("desk/processes/cards/removal/", card_roll.card_roll_removal, name="desk-card-roll-removal"),
    path("desk/processes/new/", desk.new, name="desk-process-new"),
    path("desk/decisions/<int:pk>/process/", desk.process, name="desk-process"),
    path("desk/decisions/<int:pk>/process/new/", desk.of_decision, name="desk-process-of-decision"),
    path("desk/decisions/<int:pk>/process/settings/", desk.settings, name="desk-process-settings"),
    path("desk/decisions/<int:pk>/process/preview/", desk.preview, name="desk-process-preview"),
    path("desk/decisions/<int:pk>/process/opening/", desk.opening, name="desk-process-opening"),
    path("desk/decisions/<int:pk>/process/phases/new/", phases.phase_new, name="desk-phase-new"),
    path("desk/decisions/<int:pk>/process/phases/<int:phase>/", phases.phase, name="desk-phase"),
    path(
        "desk/decisions/<int:pk>/process/phases/<int:phase>/removal/", phases.phase_removal, name="desk-phase-removal"
    ),
    path("desk/decisions/<int:pk>/process/participants/", people.participants, name="desk-participants"),
    path(
        "desk/decisions/<int:pk>/process/participants/<int:participant>/slip/",
        people.slip,
        name="desk-participant-slip",
    ),
    path("desk/decisions/<int:pk>/process/code-cards/", people.code_cards, name="desk-code-cards"),
    path("desk/decisions/<int:pk>/process/code-cards/print/", people.code_cards_print, name="desk-code-cards-print"),
    path("desk/decisions/<int:pk>/process/code-cards/stop/", people.code_cards_stop, name="desk-code-cards-stop"),
    path("desk/decisions/<int:pk>/process/poster/", people.poster, name="desk-process-poster"),
    path("desk/decisions/<int:pk>/process/documents/", documents.documents, name="desk-process-documents"),
    path("desk/decisions/<int:pk>/process/documents/<int:document>/", documents.document, name="desk-document"),
    path(
        "desk/decisions/<int:pk>/process/documents/<int:document>/removal/",
        documents.document_removal,
        name="desk-document-removal",
    ),
]
