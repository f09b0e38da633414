"""From votes to the stored map: the method's answer, the space for newcomers, outlines of groups, and the counts."""

import time
from typing import Any

import numpy as np
from django.conf import settings
from django.utils import timezone

from rapport.deciding.methods.opinion_map import OpinionMap, Votes, draw_map
from rapport.deciding.methods.opinion_map.statements import Tally
from rapport.deciding.methods.opinion_map.votes import Floats
from rapport.deciding.models import Conversation, MapDrawing
from rapport.deciding.opinions.matrix import Matrix, matrix_of

_GRID = 20  # outlines lie on a grid of so many steps across the map: nobody's place follows from a step of a group


def draw(conversation: Conversation) -> None:
    """Store the map of all votes as they are now; where nobody has voted there is none."""
    began = time.perf_counter()
    matrix = matrix_of(conversation)
    drawn = draw_of(matrix, conversation) if len(matrix.votes.vote) else None
    MapDrawing.objects.update_or_create(
        conversation=conversation,
        defaults={
            "people": len(matrix.people),
            "votes": len(matrix.votes.vote),
            "drawn": stored(matrix.votes, drawn) if drawn else {},
            "seconds": time.perf_counter() - began,
            "at": timezone.now(),
        },
    )


def draw_of(matrix: Matrix, conversation: Conversation) -> OpinionMap:
    """No group of fewer people than may be shown is ever made."""
    fewest, seed = settings.HOUSE.threshold, conversation.seed_of_map
    return draw_map(matrix.votes, matrix.moderated_out, fewest=fewest, seed=seed)


def stored(votes: Votes, drawn: OpinionMap) -> dict[str, Any]:
    answer = drawn.as_json()
    answer.pop("participants")
    counted = Tally.with_others(votes, drawn.group_of, len(drawn.groups))
    reach = 2.5 * float(drawn.points.std(axis=0).max()) or 1.0
    return {
        "answer": answer,
        "space": {
            "mean": drawn.space.mean.tolist(),
            "axes": drawn.space.axes.tolist(),
            "width": drawn.space.width,
            "centres": [list(group.centre) for group in drawn.groups],
        },
        "reach": reach,
        "outlines": [_outline(drawn.points, drawn.group_of == at, reach) for at in range(len(drawn.groups))],
        "everybody": _outline(drawn.points, np.ones(len(drawn.points), dtype=np.bool_), reach),
        "odds": dict(zip(drawn.statements, drawn.odds.tolist(), strict=True)),
        "counts": _counts(counted.whole(), drawn.statements),
        "by_group": [_counts(_row(counted, at), drawn.statements) for at in range(len(drawn.groups))],
    }


def _row(tally: Tally, at: int) -> Tally:
    return Tally(tally.agree[[at]], tally.disagree[[at]], tally.seen[[at]])


def _counts(tally: Tally, names: tuple[str, ...]) -> dict[str, list[int]]:
    """How many agreed, disagreed and passed, by statement."""
    table = np.stack([tally.agree[0], tally.disagree[0], (tally.seen - tally.agree - tally.disagree)[0]], axis=1)
    return dict(zip(names, table.astype(int).tolist(), strict=True))


def _outline(points: Floats, is_in: "np.ndarray[tuple[int], np.dtype[np.bool_]]", reach: float) -> dict[str, Any]:
    """An ellipse around most of these people: where it stands, how wide it is, and how it leans."""
    mine = points[is_in]
    if len(mine) < settings.HOUSE.threshold:
        return {"n": len(mine)}
    values, vectors = np.linalg.eigh(np.cov(mine.T) + np.eye(2) * (reach / 40) ** 2)
    step = 2 * reach / _GRID
    middle = np.round(mine.mean(axis=0) / step) * step
    wide = np.maximum(1, np.round(1.5 * np.sqrt(values) / step * 2) / 2) * step
    lean = round(float(np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))) / 15) * 15
    return {"n": len(mine), "x": float(middle[0]), "y": float(middle[1]),
            "long": float(wide[1]), "short": float(wide[0]), "lean": lean}  # fmt: skip


__all__ = ["draw", "draw_of", "stored"]
