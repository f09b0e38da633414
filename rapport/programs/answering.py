"""Programs as answers to needs: what stands beside a need on the board of insight."""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse

from rapport.insight.answering import Answer
from rapport.programs.models import Program


def programs_answering(needs: Iterable[int]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    for program in Program.objects.filter(need__in=list(needs)).select_related("delivery", "pilot__verdict"):
        if program.need_id:
            found[program.need_id].append(_answer(program))
    return found


def _answer(program: Program) -> Answer:
    return Answer(
        title=str(program),
        state=program.stands_words,
        url=program.get_absolute_url() if program.is_public else "",
        desk_url=reverse("programs:desk-program", args=[program.pk]),
        is_public=program.is_public,
    )
