"""What Today shows of boards: advice whose answer is owed, and applications that wait."""

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string

from rapport.deciding.models import Advice, Application
from rapport.people.models import Person


def boards_today(request: HttpRequest | None, person: Person) -> str:
    if not person.has_perm("deciding.see"):
        return ""
    advice = Advice.objects.reached_by(person, "deciding.see").overdue().select_related("board")[:5]
    page = {"advice": advice, "applications": _waiting(person)}
    return render_to_string("deciding/desk/boards/today.html", page, request)


def _waiting(person: Person) -> list[Application]:
    """For those who may answer them."""
    if not person.has_perm("deciding.change"):
        return []
    branches = person.branches_where("deciding.change")
    mine = Q() if branches is None else Q(board__branch__in=branches) | Q(board__branch=None)
    return list(Application.objects.waiting().filter(mine).select_related("board")[:5])
