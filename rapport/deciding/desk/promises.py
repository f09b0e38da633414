"""What other pages show of the register: Today, and the pages of a decision."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from rapport.deciding.models import Commitment, Decision
from rapport.people.models import Person


def commitments_today(request: HttpRequest | None, person: Person) -> str:
    """One's own that are soon due or late; and for those who answer for the house, all that are late."""
    if not person.has_perm("deciding.see"):
        return ""
    reached = Commitment.objects.reached_by(person, "deciding.see").select_related("owner")
    late = reached.late() if person.has_perm("deciding.rule") else reached.late().filter(owner=person)
    page = {"late": late[:5], "mine": reached.soon_due().filter(owner=person)[:5]}
    return render_to_string("deciding/desk/commitments/today.html", page, request)


def commitments_of_decision(request: HttpRequest | None, decision: Decision) -> str:
    page = {"commitments": _of(decision)}
    return render_to_string("deciding/commitments/of_decision.html", page, request)


def commitments_at_desk(request: HttpRequest | None, decision: Decision) -> str:
    if request is None or not request.user.has_perm("deciding.see"):
        return ""
    may_add = decision.is_open and request.user.has_perm("deciding.change", decision)
    new = f"{reverse('deciding:desk-commitment-new')}?decision={decision.pk}" if may_add else ""
    page = {"commitments": _of(decision), "new_url": new}
    return render_to_string("deciding/commitments/of_decision.html", page, request)


def _of(decision: Decision) -> list[Commitment]:
    return list(Commitment.objects.filter(decision=decision).select_related("keeping", "giving_up"))
