from .ballot import AlreadyVoted, Ballot, Turnout
from .commitment import (
    AlreadySettled,
    Change,
    Commitment,
    CommitmentQuerySet,
    GivenUp,
    Keeping,
    Origin,
    Standing,
)
from .component import Component, NotOpen
from .decision import Closing, Decision, Influence, Promise, PromiseNotKept, Ruling
from .milestone import Milestone, Reaching
from .participant import CodeCard, Participant, Proof, ProofKind, Tier, TierNotMet
from .phase import Phase, PhaseKind
from .poll import BudgetBallot, BudgetRule, Completion, Method, Option, Poll
from .process import Opening, Process

__all__ = [
    "AlreadySettled",
    "AlreadyVoted",
    "Ballot",
    "BudgetBallot",
    "BudgetRule",
    "Change",
    "Closing",
    "CodeCard",
    "Commitment",
    "CommitmentQuerySet",
    "Completion",
    "Component",
    "Decision",
    "GivenUp",
    "Influence",
    "Keeping",
    "Method",
    "Milestone",
    "NotOpen",
    "Opening",
    "Option",
    "Origin",
    "Participant",
    "Phase",
    "PhaseKind",
    "Poll",
    "Process",
    "Promise",
    "PromiseNotKept",
    "Proof",
    "ProofKind",
    "Reaching",
    "Ruling",
    "Standing",
    "Tier",
    "TierNotMet",
    "Turnout",
]
