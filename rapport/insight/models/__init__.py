from .assessment import AlreadyPublished, Assessment, Level, Publication
from .assessment_source import AssessmentSource, Mode, SourceKind
from .field_note import FieldNote, NoConsent
from .finding import AssessedNeed, Asset, AssetKind, Finding, Strength
from .member import Member
from .need import Evidence, Need, NeedKind, NeedTheme, Ownership, Priority, Source
from .proposal import Problem, ProposedTheme, ThemeProposal
from .survey_publication import SurveyPublication
from .theme import Deed, Theme, ThemeChange, ThemeVoice
from .weighing import Weighing

__all__ = [
    "AlreadyPublished",
    "AssessedNeed",
    "Assessment",
    "AssessmentSource",
    "Asset",
    "AssetKind",
    "Deed",
    "Evidence",
    "FieldNote",
    "Finding",
    "Level",
    "Member",
    "Mode",
    "Need",
    "NeedKind",
    "NeedTheme",
    "NoConsent",
    "Ownership",
    "Priority",
    "Problem",
    "ProposedTheme",
    "Publication",
    "Source",
    "SourceKind",
    "Strength",
    "SurveyPublication",
    "Theme",
    "ThemeChange",
    "ThemeProposal",
    "ThemeVoice",
    "Weighing",
]
