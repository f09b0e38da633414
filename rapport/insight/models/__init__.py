from .assessment import AlreadyPublished, Assessment, Level, Publication
from .assessment_source import AssessmentSource, Mode, SourceKind
from .asset import Asset, AssetKind
from .audit_sheet import AuditSheet, SheetPreview
from .coding_sample import CodingSample, SampleCode, SampledVoice
from .collection_audit import MOST_DRAWN, AuditedItem, AuditIsOver, CollectionAudit
from .cut import Cut
from .definition import Definition
from .digest import Digest, DigestLine, DigestReader, Trend
from .field_note import FieldNote, NoConsent
from .finding import AssessedNeed, Finding, Strength
from .item_question import ItemCategory, ItemQuestion
from .member import Member
from .missed import Heeding, HeedingKind, MissedGroup
from .narrative import Narrative, NarrativePart, NarrativePublication, NeedState, Section, Statement
from .need import Dissent, Evidence, EvidenceKind, Need, NeedKind, NeedTheme, Ownership, Priority, Source
from .need_ties import NeedSegment, NeedService, NeedSpace
from .proposal import Problem, ProposedTheme, ThemeProposal
from .release import AlreadyReleased, OverBudget, PrivacyBudget, Release
from .round import Round
from .segment import Segment, SegmentKind, Whereabouts, WhereaboutsKind
from .suggestion import Answered, Suggestion
from .survey_publication import SurveyPublication
from .theme import Deed, Theme, ThemeChange, ThemeVoice
from .theme_reader import ThemeReader
from .weighing import Weighing
from .weights import Weights

__all__ = [
    "MOST_DRAWN",
    "AlreadyPublished",
    "AlreadyReleased",
    "Answered",
    "AssessedNeed",
    "Assessment",
    "AssessmentSource",
    "Asset",
    "AssetKind",
    "AuditIsOver",
    "AuditSheet",
    "AuditedItem",
    "CodingSample",
    "CollectionAudit",
    "Cut",
    "Deed",
    "Definition",
    "Digest",
    "DigestLine",
    "DigestReader",
    "Dissent",
    "Evidence",
    "EvidenceKind",
    "FieldNote",
    "Finding",
    "Heeding",
    "HeedingKind",
    "ItemCategory",
    "ItemQuestion",
    "Level",
    "Member",
    "MissedGroup",
    "Mode",
    "Narrative",
    "NarrativePart",
    "NarrativePublication",
    "Need",
    "NeedKind",
    "NeedSegment",
    "NeedService",
    "NeedSpace",
    "NeedState",
    "NeedTheme",
    "NoConsent",
    "OverBudget",
    "Ownership",
    "Priority",
    "PrivacyBudget",
    "Problem",
    "ProposedTheme",
    "Publication",
    "Release",
    "Round",
    "SampleCode",
    "SampledVoice",
    "Section",
    "Segment",
    "SegmentKind",
    "SheetPreview",
    "Source",
    "SourceKind",
    "Statement",
    "Strength",
    "Suggestion",
    "SurveyPublication",
    "Theme",
    "ThemeChange",
    "ThemeProposal",
    "ThemeReader",
    "ThemeVoice",
    "Trend",
    "Weighing",
    "Weights",
    "Whereabouts",
    "WhereaboutsKind",
]
