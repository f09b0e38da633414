from django.urls import path

from rapport.deciding.desk import poll_closing, poll_paper, poll_voting
from rapport.deciding.desk import polls as desk
from rapport.deciding.views import polls, receipts, voting

POLLS = [
    path("polls/<int:pk>/", polls.poll, name="poll"),
    path("polls/<int:pk>/ballot/", voting.ballot, name="poll-ballot"),
    path("polls/<int:pk>/receipt/", receipts.receipt, name="poll-receipt"),
    path("polls/<int:pk>/receipts/", polls.receipts_file, name="poll-receipts"),
    path("polls/<int:pk>/ballots/<str:kind>/", polls.ballots_file, name="poll-file"),
    path("desk/polls/", desk.polls, name="desk-polls"),
    path("desk/polls/new/", desk.new, name="desk-poll-new"),
    path("desk/polls/<int:pk>/", desk.poll, name="desk-poll"),
    path("desk/polls/<int:pk>/rules/", desk.rules, name="desk-poll-rules"),
    path("desk/polls/<int:pk>/options/", desk.option, name="desk-poll-options"),
    path("desk/polls/<int:pk>/options/<int:option>/", desk.option, name="desk-poll-option"),
    path("desk/polls/<int:pk>/options/<int:option>/removal/", desk.option_removal, name="desk-poll-option-removal"),
    path("desk/polls/<int:pk>/preview/", desk.preview, name="desk-poll-preview"),
    path("desk/polls/<int:pk>/paper/", poll_paper.paper, name="desk-poll-paper"),
    path("desk/polls/<int:pk>/paper/in/", poll_paper.papers_in, name="desk-poll-papers-in"),
    path("desk/polls/<int:pk>/paper/entry/", poll_paper.reading, name="desk-poll-reading"),
    path("desk/polls/<int:pk>/paper/<int:serial>/", poll_paper.paper_ballot, name="desk-poll-paper-ballot"),
    path("desk/polls/<int:pk>/paper/<int:serial>/removal/", poll_paper.readings_removal, name="desk-poll-paper-anew"),
    path("desk/polls/<int:pk>/prints/", poll_paper.prints, name="desk-poll-prints"),
    path("desk/polls/<int:pk>/prints/<int:run>/", poll_paper.print_run, name="desk-poll-print"),
    path("desk/polls/<int:pk>/audit/", poll_paper.audit, name="desk-poll-audit"),
    path("desk/polls/<int:pk>/voting/", poll_voting.helping, name="desk-poll-voting"),
    path("desk/polls/<int:pk>/booth/", poll_voting.booth, name="desk-poll-booth"),
    path("desk/polls/<int:pk>/outcome/", poll_closing.outcome, name="desk-poll-outcome"),
    path("desk/polls/<int:pk>/review/", poll_closing.review, name="desk-poll-review"),
    path("desk/polls/<int:pk>/ruling/", poll_closing.ruling, name="desk-poll-ruling"),
    path("desk/polls/<int:pk>/recounts/", poll_closing.recounts, name="desk-poll-recounts"),
    path("desk/polls/<int:pk>/words/", poll_closing.words, name="desk-poll-words"),
    path("desk/polls/<int:pk>/ballots/<str:kind>/", poll_closing.ballots_file, name="desk-poll-file"),
]
