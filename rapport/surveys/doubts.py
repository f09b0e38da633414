"""What speaks for a machine rather than a neighbour. No answer is thrown away: a doubtful one is marked."""

from django.http import HttpRequest

from rapport.lib.limits import limited
from rapport.lib.proof import is_solved

_ENOUGH = 2
STARTS = "60/10m"  # a family, a class, a library's own network come from one address
STARTS_OF_A_SCREEN = "600/10m"


def is_doubtful(request: HttpRequest, *, is_shared: bool = False) -> bool:
    """Asked once, when somebody begins. Nothing of it is kept but yes or no."""
    challenge, solution = request.POST.get("proof_challenge", ""), request.POST.get("proof_solution", "")
    weights = [
        3 if request.POST.get("website") else 0,  # a field that people do not see
        0 if solution and is_solved(challenge, solution) else 1,  # a browser without scripts sends none
        1 if not is_shared and limited(request, "survey-start-often", "12/10m") else 0,
    ]
    return sum(weights) >= _ENOUGH


def begins_too_often(request: HttpRequest, *, is_shared: bool = False) -> bool:
    return limited(request, "survey-start", STARTS_OF_A_SCREEN if is_shared else STARTS)
