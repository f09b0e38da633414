"""The addresses of deciding together, one list for each thing that people do there."""

from rapport.deciding.urls.boards import BOARDS
from rapport.deciding.urls.budgets import BUDGETS
from rapport.deciding.urls.commitments import COMMITMENTS
from rapport.deciding.urls.decisions import DECISIONS
from rapport.deciding.urls.opinions import OPINIONS
from rapport.deciding.urls.panels import PANELS
from rapport.deciding.urls.polls import POLLS
from rapport.deciding.urls.processes import PROCESSES
from rapport.deciding.urls.proposals import PROPOSALS
from rapport.deciding.urls.taking_part import TAKING_PART

app_name = "deciding"
urlpatterns = [
    *OPINIONS,  # first: nothing is asked for as often as a vote
    *DECISIONS,
    *BUDGETS,
    *COMMITMENTS,
    *POLLS,
    *BOARDS,
    *PANELS,
    *PROCESSES,
    *PROPOSALS,
    *TAKING_PART,
]
