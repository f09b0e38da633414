"""The addresses of deciding together, one list for each thing that people do there."""

from rapport.deciding.urls.commitments import COMMITMENTS
from rapport.deciding.urls.decisions import DECISIONS

app_name = "deciding"
urlpatterns = [*DECISIONS, *COMMITMENTS]
