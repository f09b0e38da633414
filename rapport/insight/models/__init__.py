from .assessment import AlreadyPublished, Assessment, Level, Publication
from .assessment_source import AssessmentSource, Mode, SourceKind
from .field_note import FieldNote, NoConsent
from .finding import AssessedNeed, Asset, AssetKind, Finding, Strength
from .member import Member
from .missed import Heeding, HeedingKind, MissedGroup
from .need import Evidence, Need, NeedKind, NeedTheme, Ownership, Priority, Source
from .proposal import Problem, ProposedTheme, ThemeProposal
from .release import AlreadyReleased, OverBudget, PrivacyBudget, Release
from .segment import Segment, SegmentKind, Whereabouts, WhereaboutsKind
from .survey_publication import SurveyPublication
from .theme import Deed, Theme, ThemeChange, ThemeVoice
from .weighing import Weighing

__all__ = [
    "AlreadyPublished",
    "AlreadyReleased",
    "AssessedNeed",
    "Assessment",
    "AssessmentSource",
    "Asset",
    "AssetKind",
    "Deed",
    "Evidence",
    "FieldNote",
    "Finding",
    "Heeding",
    "HeedingKind",
    "Level",
    "Member",
    "MissedGroup",
    "Mode",
    "Need",
    "NeedKind",
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
    "Segment",
    "SegmentKind",
    "Source",
    "SourceKind",
    "Strength",
    "SurveyPublication",
    "Theme",
    "ThemeChange",
    "ThemeProposal",
    "ThemeVoice",
    "Weighing",
    "Whereabouts",
    "WhereaboutsKind",
]
