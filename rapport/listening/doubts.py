"""What speaks for a machine rather than a neighbour. Two points hold a voice for a person; nothing is thrown away."""

import re

from django.http import HttpRequest

from rapport.lib.limits import limited
from rapport.lib.proof import is_old_enough, is_solved

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_ENOUGH = 2


def doubts_about(request: HttpRequest, words: str, *, is_shared: bool = False) -> list[str]:
    """Why this should wait for a person's look, weightiest first; empty where it is plausible.

    `is_shared` is a screen in the library: many people send from the same address.
    """
    challenge, solution = request.POST.get("proof_challenge", ""), request.POST.get("proof_solution", "")
    links = len(_LINK.findall(words))
    weights = {
        "hidden_field": 3 if request.POST.get("website") else 0,
        "hurry": 0 if is_shared or is_old_enough(challenge) else 2,
        "links": 2 if links > 2 else links // 2,
        "proof": 0 if solution and is_solved(challenge, solution) else 1,  # a browser without scripts sends none
        "many": 2 if not is_shared and limited(request, "tell", "8/10m") else 0,
    }
    found = sorted((name for name, weight in weights.items() if weight), key=lambda name: -weights[name])
    return found if sum(weights.values()) >= _ENOUGH else []
