from .amendment import AlreadyAnswered, Amendment, AmendmentState
from .authorship import Authorship, LastAuthor
from .ballot import AlreadyVoted, Ballot, Receipt, Turnout
from .budget import BudgetExample, Override
from .card_roll import Card
from .collection import Collection, Looked, ProposalCategory
from .comment import Comment, CommentReport, Stance
from .commitment import AlreadySettled, Change, Commitment, CommitmentQuerySet, GivenUp, Keeping, Origin, Standing
from .component import Component, NotOpen
from .count import Count, Recount
from .decision import Closing, Decision, Influence, Promise, PromiseNotKept, Ruling
from .document import Document
from .mail_code import MailCode
from .merging import Merging, MergingPart, MergingResult, MergingState, NotToBeMerged
from .milestone import Milestone, Reaching
from .moderation import Doing, HouseRule, Moderation
from .official_answer import OfficialAnswer
from .paper_ballot import AlreadyRead, BallotPrint, PaperBallot, PaperReading, PapersIn, PapersStillOut, Spoiled
from .participant import CodeCard, Participant, Proof, ProofKind, Tier, TierNotMet
from .phase import Phase, PhaseKind, midnight
from .phase_change import Lengthening, Notice
from .poll import BudgetBallot, BudgetRule, Completion, Method, Option, Poll, Rules, RulesFixed
from .poll_outcome import Binding, PollOutcome, Review, ShownWords
from .process import Opening, Process
from .project import Check, CostLine, Criterion, Estimate, NotReady, Project, ProjectNote, Refusal
from .proposal import EnoughProposals, NotYours, Outcome, Proposal, ProposalState, TooLate
from .support import EnoughSupports, NotSupported, Support
from .version import Meaning, Version

__all__ = [
    "AlreadyAnswered",
    "AlreadyRead",
    "AlreadySettled",
    "AlreadyVoted",
    "Amendment",
    "AmendmentState",
    "Authorship",
    "Ballot",
    "BallotPrint",
    "Binding",
    "BudgetBallot",
    "BudgetExample",
    "BudgetRule",
    "Card",
    "Change",
    "Check",
    "Closing",
    "CodeCard",
    "Collection",
    "Comment",
    "CommentReport",
    "Commitment",
    "CommitmentQuerySet",
    "Completion",
    "Component",
    "CostLine",
    "Count",
    "Criterion",
    "Decision",
    "Document",
    "Doing",
    "EnoughProposals",
    "EnoughSupports",
    "Estimate",
    "GivenUp",
    "HouseRule",
    "Influence",
    "Keeping",
    "LastAuthor",
    "Lengthening",
    "Looked",
    "MailCode",
    "Meaning",
    "Merging",
    "MergingPart",
    "MergingResult",
    "MergingState",
    "Method",
    "Milestone",
    "Moderation",
    "NotOpen",
    "NotReady",
    "NotSupported",
    "NotToBeMerged",
    "NotYours",
    "Notice",
    "OfficialAnswer",
    "Opening",
    "Option",
    "Origin",
    "Outcome",
    "Override",
    "PaperBallot",
    "PaperReading",
    "PapersIn",
    "PapersStillOut",
    "Participant",
    "Phase",
    "PhaseKind",
    "Poll",
    "PollOutcome",
    "Process",
    "Project",
    "ProjectNote",
    "Promise",
    "PromiseNotKept",
    "Proof",
    "ProofKind",
    "Proposal",
    "ProposalCategory",
    "ProposalState",
    "Reaching",
    "Receipt",
    "Recount",
    "Refusal",
    "Review",
    "Rules",
    "RulesFixed",
    "Ruling",
    "ShownWords",
    "Spoiled",
    "Stance",
    "Standing",
    "Support",
    "Tier",
    "TierNotMet",
    "TooLate",
    "Turnout",
    "Version",
    "midnight",
]
