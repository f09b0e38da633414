"""More like this: other programs that share something with one that somebody looks at."""

from datetime import timedelta

from django.utils import timezone

from rapport.programs.models import Program, Session

from .cards import Card, cards, rows_for_cards

SHOWN = 4
_LOOKED_AT = 200
_AHEAD = timedelta(days=60)


def more_like(session: Session) -> list[Card]:
    """The next dates of other programs with the most in common: topic, language, audience, branch, access."""
    now = timezone.now()
    near = Session.objects.public().coming(now).filter(starts_at__lt=now + _AHEAD, audience=session.audience)
    near = near.exclude(program=session.program_id)
    facts = near.values_list("pk", "program", "language", "branch", "access")[:_LOOKED_AT]
    topics = set(session.program.topics.values_list("pk", flat=True))
    through = Program.topics.through.objects.filter(topic__in=topics) if topics else None
    shares_topic = set(through.values_list("program", flat=True)) if through is not None else set()
    scores: dict[int, tuple[int, int]] = {}
    for key, program, language, branch, access in facts:
        score = 4 * (program in shares_topic) + 2 * (language == session.language) + (branch == session.branch_id)
        score += len(set(access or []) & set(session.access))
        if program not in scores or score > scores[program][0]:
            scores[program] = (score, key)
    best = sorted(scores.values(), key=lambda one: -one[0])[:SHOWN]
    found = Session.objects.filter(pk__in=[key for _score, key in best]).order_by("starts_at", "pk")
    return cards(rows_for_cards(found)) if best else []
