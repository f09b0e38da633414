from django.urls import path

from rapport.deciding.desk import board_meetings as meetings
from rapport.deciding.desk import boards as desk
from rapport.deciding.views import boards as views

BOARDS = [
    path("boards/", views.boards, name="boards"),
    path("boards/<int:pk>/", views.board, name="board"),
    path("boards/<int:pk>/mine/", views.mine, name="board-mine"),
    path("boards/<int:pk>/applications/", views.applications, name="board-applications"),
    path("boards/<int:pk>/meetings/<int:meeting>/", views.meeting, name="board-meeting"),
    path("boards/<int:pk>/advice/<int:advice>/", views.advice, name="advice"),
    path("applications/<str:secret>/", views.application, name="application"),
    path("desk/boards/", desk.boards, name="desk-boards"),
    path("desk/boards/new/", desk.new, name="desk-board-new"),
    path("desk/boards/<int:pk>/", desk.board, name="desk-board"),
    path("desk/boards/<int:pk>/charter/", desk.charter, name="board-charter"),
    path("desk/boards/<int:pk>/applications/", desk.entry, name="board-application-entry"),
    path("desk/boards/<int:pk>/applications/<int:application>/", desk.application, name="desk-application"),
    path("desk/boards/<int:pk>/terms/", desk.terms, name="board-terms"),
    path("desk/boards/<int:pk>/terms/<int:term>/", desk.term, name="board-term"),
    path("desk/boards/<int:pk>/terms/<int:term>/renewals/", desk.renewals, name="term-renewals"),
    path("desk/boards/<int:pk>/terms/<int:term>/ending/", desk.ending, name="term-ending"),
    path("desk/boards/<int:pk>/meetings/", meetings.new, name="board-meeting-new"),
    path("desk/boards/<int:pk>/meetings/<int:meeting>/", meetings.meeting, name="desk-board-meeting"),
    path("desk/boards/<int:pk>/meetings/<int:meeting>/attendance/", meetings.attendance, name="board-attendance"),
    path("desk/boards/<int:pk>/meetings/<int:meeting>/sheet/", meetings.sheet, name="board-sheet"),
    path("desk/boards/<int:pk>/meetings/<int:meeting>/minutes/", meetings.minutes, name="board-minutes"),
    path("desk/boards/<int:pk>/meetings/<int:meeting>/approval/", meetings.approval, name="minutes-approval"),
    path("desk/boards/<int:pk>/advice/", meetings.new_advice, name="advice-new"),
    path("desk/boards/<int:pk>/advice/<int:advice>/", meetings.advice, name="desk-advice"),
]
