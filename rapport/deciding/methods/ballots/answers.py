"""One question, one answer each: yes or no, consent, gradients of agreement."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from .result import Beforehand, Result, numbered

Answers = Mapping[str, int]  # how many gave each answer
Step = dict[str, Any]

YES_NO = ("yes", "no", "abstain")
CONSENT = ("consent", "concern", "object", "abstain")

# Kaner 1996, "Facilitator's Guide to Participatory Decision-Making": eight degrees from endorsement to veto.
GRADIENTS = (
    "endorse",
    "agree with a minor point",
    "support with reservations",
    "abstain",
    "more discussion",
    "do not like but will support",
    "serious disagreement",
    "veto",
)
_SUPPORT = 3  # so many of the gradients are support


def counted(answers: list[str], known: tuple[str, ...]) -> Answers:
    """How many gave each answer. Raises ValueError for an answer that is not one of those known."""
    for number, answer in enumerate(answers, 1):
        if answer not in known:
            raise ValueError(f"ballot {number}: “{answer}” is none of {', '.join(known)}")
    found = Counter(answers)
    return {answer: found[answer] for answer in known}


def yes_no(answers: Answers, rules: Beforehand) -> Result:
    """Yes wins with the majority given beforehand of those who said yes or no. Equal numbers: no."""
    yes, no = answers["yes"], answers["no"]
    wins = rules.reaches(yes, yes + no)
    step = {"what": "counted", "votes": dict(answers), "majority": str(rules.majority), "reached": wins}
    return Result("yesno", ("yes" if wins else "no",) if yes + no else (), *_end(answers, step, "nobody", yes + no > 0))


def consent(answers: Answers, rules: Beforehand) -> Result:
    """Accepted where no more object than was agreed beforehand (none). Concerns are noted and do not stop it."""
    wins = answers["object"] <= rules.objections and answers["consent"] + answers["concern"] > 0
    why = "objections" if answers["object"] > rules.objections else "nobody"
    step = {"what": "counted", "votes": dict(answers), "objections_allowed": rules.objections}
    return Result("consent", ("accepted",) if wins else (), *_end(answers, step, why, wins))


def gradients(answers: Answers, rules: Beforehand) -> Result:
    """Accepted where the first three degrees have the majority given beforehand of all, and nobody vetoes."""
    support, whole = sum(answers[one] for one in GRADIENTS[:_SUPPORT]), sum(answers.values())
    wins = rules.reaches(support, whole) and not answers["veto"]
    step = {
        "what": "counted",
        "votes": dict(answers),
        "support": support,
        "median": _median(answers),
        "majority": str(rules.majority),
    }
    why = "objections" if answers["veto"] else "no majority"
    return Result("gradients", ("accepted",) if wins else (), *_end(answers, step, why, wins))


def _median(answers: Answers) -> str | None:
    ordered = [answer for answer in GRADIENTS for _ in range(answers[answer])]
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def _end(
    answers: Answers, step: dict[str, object], why: str, wins: bool
) -> tuple[tuple[dict[str, object], ...], int, str]:
    return numbered([step]), sum(answers.values()), "" if wins else why
