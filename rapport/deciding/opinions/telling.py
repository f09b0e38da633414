from django.db.models import Count
from django.http import HttpRequest
from django.template.loader import render_to_string

from rapport.deciding.models import Conversation, Statement
from rapport.people.models import Person


def statements_today(request: HttpRequest | None, person: Person) -> str:
    """Conversations in which statements wait to be read."""
    if not person.has_perm("deciding.change"):
        return ""
    mine = Conversation.objects.reached_by(person, "deciding.change")
    waiting = Statement.objects.waiting().filter(conversation__in=mine)
    rows = waiting.order_by().values("conversation", "conversation__title").annotate(n=Count("pk"))[:5]
    return render_to_string("deciding/desk/opinions/today.html", {"rows": list(rows)}, request) if rows else ""
