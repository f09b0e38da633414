from .ballot import AlreadyVoted, Ballot, Turnout
from .component import Component, NotOpen
from .decision import Closing, Decision, Influence, Promise, PromiseNotKept, Ruling
from .participant import CodeCard, Participant, Proof, ProofKind, Tier, TierNotMet
from .phase import Phase, PhaseKind
from .poll import BudgetBallot, BudgetRule, Completion, Method, Option, Poll
from .process import Opening, Process

__all__ = [
    "AlreadyVoted",
    "Ballot",
    "BudgetBallot",
    "BudgetRule",
    "Closing",
    "CodeCard",
    "Completion",
    "Component",
    "Decision",
    "Influence",
    "Method",
    "NotOpen",
    "Opening",
    "Option",
    "Participant",
    "Phase",
    "PhaseKind",
    "Poll",
    "Process",
    "Promise",
    "PromiseNotKept",
    "Proof",
    "ProofKind",
    "Ruling",
    "Tier",
    "TierNotMet",
    "Turnout",
]
