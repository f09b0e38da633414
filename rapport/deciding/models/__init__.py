from .advice import Advice, AdviceAnswer, Followed
from .amendment import AlreadyAnswered, Amendment, AmendmentState
from .authorship import Authorship, LastAuthor
from .ballot import AlreadyVoted, Ballot, Receipt, Turnout
from .board import AlreadyApplied, Application, ApplicationAnswer, Board, BoardFull, BoardKind, Renewal, Term, TermEnd
from .board_meeting import Approval, Attendance, Meeting, Mention, Minutes, MinutesApproved
from .budget import BudgetExample, Override
from .card_roll import Card
from .collection import Collection, Looked, ProposalCategory
from .comment import Comment, CommentReport, Stance
from .commitment import AlreadySettled, Change, Commitment, CommitmentQuerySet, GivenUp, Keeping, Origin, Standing
from .component import Component, NotOpen
from .conversation import Conversation, ModerationMode, NoStatementsWanted, TooManyStatements
from .count import Count, Recount
from .decision import Closing, Decision, Influence, Promise, PromiseNotKept, Ruling
from .document import Document
from .mail_code import MailCode
from .map_drawing import MapDrawing
from .merging import Merging, MergingPart, MergingResult, MergingState, NotToBeMerged
from .milestone import Milestone, Reaching
from .moderation import Doing, HouseRule, Moderation
from .official_answer import OfficialAnswer
from .opinion_paper import OpinionEntry, OpinionPrint, OpinionSheet, SheetAlreadyEntered
from .opinion_vote import NotShown, OpinionVote, Stand
from .panel import AlreadyDrawn, AlreadyVolunteered, Draw, Panel, Quota, QuotaChange, Seat, SeatAnswer, Volunteer
from .paper_ballot import AlreadyRead, BallotPrint, PaperBallot, PaperReading, PapersIn, PapersStillOut, Spoiled
from .participant import CodeCard, Participant, Proof, ProofKind, Tier, TierNotMet
from .phase import Phase, PhaseInUse, PhaseKind, WhyNeeded, midnight
from .phase_change import Lengthening, Notice
from .poll import BudgetBallot, BudgetRule, Completion, Method, Option, Poll, Rules, RulesFixed
from .poll_outcome import Binding, PollOutcome, Review, ShownWords
from .process import AlreadyFixed, Opening, Process
from .project import Check, CostLine, Criterion, Estimate, NotReady, Project, ProjectNote, Refusal
from .proposal import EnoughProposals, NotYours, Outcome, Proposal, ProposalState, TooLate
from .self_description import SelfDescription
from .statement import DecidedAlready, Fate, RejectionReason, Statement, Verdict
from .support import EnoughSupports, NotSupported, Support
from .version import Meaning, Version

__all__ = [
    "Advice",
    "AdviceAnswer",
    "AlreadyAnswered",
    "AlreadyApplied",
    "AlreadyDrawn",
    "AlreadyFixed",
    "AlreadyRead",
    "AlreadySettled",
    "AlreadyVolunteered",
    "AlreadyVoted",
    "Amendment",
    "AmendmentState",
    "Application",
    "ApplicationAnswer",
    "Approval",
    "Attendance",
    "Authorship",
    "Ballot",
    "BallotPrint",
    "Binding",
    "Board",
    "BoardFull",
    "BoardKind",
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
    "Conversation",
    "CostLine",
    "Count",
    "Criterion",
    "DecidedAlready",
    "Decision",
    "Document",
    "Doing",
    "Draw",
    "EnoughProposals",
    "EnoughSupports",
    "Estimate",
    "Fate",
    "Followed",
    "GivenUp",
    "HouseRule",
    "Influence",
    "Keeping",
    "LastAuthor",
    "Lengthening",
    "Looked",
    "MailCode",
    "MapDrawing",
    "Meaning",
    "Meeting",
    "Mention",
    "Merging",
    "MergingPart",
    "MergingResult",
    "MergingState",
    "Method",
    "Milestone",
    "Minutes",
    "MinutesApproved",
    "Moderation",
    "ModerationMode",
    "NoStatementsWanted",
    "NotOpen",
    "NotReady",
    "NotShown",
    "NotSupported",
    "NotToBeMerged",
    "NotYours",
    "Notice",
    "OfficialAnswer",
    "Opening",
    "OpinionEntry",
    "OpinionPrint",
    "OpinionSheet",
    "OpinionVote",
    "Option",
    "Origin",
    "Outcome",
    "Override",
    "Panel",
    "PaperBallot",
    "PaperReading",
    "PapersIn",
    "PapersStillOut",
    "Participant",
    "Phase",
    "PhaseInUse",
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
    "Quota",
    "QuotaChange",
    "Reaching",
    "Receipt",
    "Recount",
    "Refusal",
    "RejectionReason",
    "Renewal",
    "Review",
    "Rules",
    "RulesFixed",
    "Ruling",
    "Seat",
    "SeatAnswer",
    "SelfDescription",
    "SheetAlreadyEntered",
    "ShownWords",
    "Spoiled",
    "Stance",
    "Stand",
    "Standing",
    "Statement",
    "Support",
    "Term",
    "TermEnd",
    "Tier",
    "TierNotMet",
    "TooLate",
    "TooManyStatements",
    "Turnout",
    "Verdict",
    "Version",
    "Volunteer",
    "WhyNeeded",
    "midnight",
]
