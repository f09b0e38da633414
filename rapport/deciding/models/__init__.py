from .amendment import AlreadyAnswered, Amendment, AmendmentState
from .authorship import Authorship, LastAuthor
from .ballot import AlreadyVoted, Ballot, Turnout
from .collection import Collection, Looked, ProposalCategory
from .comment import Comment, CommentReport, Stance
from .commitment import AlreadySettled, Change, Commitment, CommitmentQuerySet, GivenUp, Keeping, Origin, Standing
from .component import Component, NotOpen
from .decision import Closing, Decision, Influence, Promise, PromiseNotKept, Ruling
from .merging import Merging, MergingPart, MergingResult, MergingState, NotToBeMerged
from .milestone import Milestone, Reaching
from .moderation import Doing, HouseRule, Moderation
from .official_answer import OfficialAnswer
from .participant import CodeCard, Participant, Proof, ProofKind, Tier, TierNotMet
from .phase import Phase, PhaseKind
from .poll import BudgetBallot, BudgetRule, Completion, Method, Option, Poll
from .process import Opening, Process
from .proposal import EnoughProposals, NotYours, Outcome, Proposal, ProposalState, TooLate
from .support import EnoughSupports, NotSupported, Support
from .version import Meaning, Version

__all__ = [
    "AlreadyAnswered",
    "AlreadySettled",
    "AlreadyVoted",
    "Amendment",
    "AmendmentState",
    "Authorship",
    "Ballot",
    "BudgetBallot",
    "BudgetRule",
    "Change",
    "Closing",
    "CodeCard",
    "Collection",
    "Comment",
    "CommentReport",
    "Commitment",
    "CommitmentQuerySet",
    "Completion",
    "Component",
    "Decision",
    "Doing",
    "EnoughProposals",
    "EnoughSupports",
    "GivenUp",
    "HouseRule",
    "Influence",
    "Keeping",
    "LastAuthor",
    "Looked",
    "Meaning",
    "Merging",
    "MergingPart",
    "MergingResult",
    "MergingState",
    "Method",
    "Milestone",
    "Moderation",
    "NotOpen",
    "NotSupported",
    "NotToBeMerged",
    "NotYours",
    "OfficialAnswer",
    "Opening",
    "Option",
    "Origin",
    "Outcome",
    "Participant",
    "Phase",
    "PhaseKind",
    "Poll",
    "Process",
    "Promise",
    "PromiseNotKept",
    "Proof",
    "ProofKind",
    "Proposal",
    "ProposalCategory",
    "ProposalState",
    "Reaching",
    "Ruling",
    "Stance",
    "Standing",
    "Support",
    "Tier",
    "TierNotMet",
    "TooLate",
    "Turnout",
    "Version",
]
