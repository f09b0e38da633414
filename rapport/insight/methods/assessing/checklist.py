"""What a needs assessment still lacks. It reminds and never blocks: what is not known may stay unknown.

At least three kinds of sources, formal and informal, and those who seldom come sought out: the guide of the Network of
the National Library of Medicine for planning, as summed up in docs/guide/needs-assessment.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

KINDS_WANTED = 3


class Lack(StrEnum):
    DECISION = "decision"
    LEAD = "lead"
    KINDS = "kinds"
    FORMAL = "formal"
    INFORMAL = "informal"
    PROFILE = "profile"
    MISSING = "missing"
    LANGUAGES = "languages"
    LIMITS = "limits"
    RETENTION = "retention"
    ASSETS = "assets"
    FINDINGS = "findings"
    UNSOURCED = "unsourced"
    PRIORITIES = "priorities"
    NEXT = "next"


@dataclass(frozen=True)
class Gathered:
    """What there is so far."""

    has_decision: bool = False
    has_lead: bool = False
    kinds: frozenset[str] = frozenset()
    formal: int = 0
    informal: int = 0
    has_profile: bool = False
    missing_bands: int = 0  # groups heard much less than their share, of whom nobody has said what to do
    languages_at_home: int = 0  # languages that many speak at home
    languages_asked: int = 0
    without_limits: int = 0
    without_retention: int = 0
    assets: int = 0
    findings: int = 0
    unsourced: int = 0
    priorities: int = 0
    has_next: bool = False


def lacks(so_far: Gathered) -> list[Lack]:
    """In the order in which one would do something about it."""
    return list(_lacks(so_far))


def _lacks(so_far: Gathered) -> Iterator[Lack]:
    tests = [
        (Lack.DECISION, not so_far.has_decision),
        (Lack.LEAD, not so_far.has_lead),
        (Lack.PROFILE, not so_far.has_profile),
        (Lack.KINDS, len(so_far.kinds) < KINDS_WANTED),
        (Lack.FORMAL, not so_far.formal),
        (Lack.INFORMAL, not so_far.informal),
        (Lack.MISSING, so_far.missing_bands > 0),
        (Lack.LANGUAGES, so_far.languages_at_home > 0 and so_far.languages_asked < 2),
        (Lack.LIMITS, so_far.without_limits > 0),
        (Lack.RETENTION, so_far.without_retention > 0),
        (Lack.ASSETS, not so_far.assets),
        (Lack.FINDINGS, not so_far.findings),
        (Lack.UNSOURCED, so_far.unsourced > 0),
        (Lack.PRIORITIES, not so_far.priorities),
        (Lack.NEXT, not so_far.has_next),
    ]
    yield from (lack for lack, is_so in tests if is_so)
