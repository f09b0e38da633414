"""What is to be said of a form that was read: nothing gets lost in silence.

Remarks carry no words: whoever shows them says them kindly, in the reader's language (`surveys.remarks`).
"""

from dataclasses import dataclass, field
from enum import StrEnum

from ..questionnaire import Questionnaire


class Reason(StrEnum):
    # Why a file is no form, or a form that its own makers must mend
    UNREADABLE = "unreadable"
    OLD_EXCEL = "old_excel"
    TOO_LARGE = "too_large"
    NO_SURVEY = "no_survey"
    NO_QUESTIONS = "no_questions"
    HEADING_TWICE = "heading_twice"
    NO_TYPE_OR_NAME = "no_type_or_name"
    NO_NAME = "no_name"
    NAME_TWICE = "name_twice"
    NO_WORDS = "no_words"
    NO_CALCULATION = "no_calculation"
    NO_LIST = "no_list"
    CODE_TWICE = "code_twice"
    INCLUDES_ANOTHER = "includes_another"
    UNKNOWN_TYPE = "unknown_type"
    NOT_CLOSED = "not_closed"
    NOT_OPENED = "not_opened"
    # Why one question cannot be asked here
    LOCATION = "location"
    UPLOAD = "upload"
    CHOICES_ELSEWHERE = "choices_elsewhere"
    REPEATED = "repeated"
    CONDITION = "condition"
    CHOICE_FILTER = "choice_filter"
    SHOWS_CALCULATED = "shows_calculated"
    HANGS_ON_LEFT_OUT = "hangs_on_left_out"
    NO_SUCH_QUESTION = "no_such_question"
    ASKS_LATER = "asks_later"
    NO_KIND = "no_kind"
    # What was left out or taken otherwise, and no answer is lost by it
    NOTE_CALCULATED = "note_calculated"
    NOTE_ABOUT_DEVICE = "note_about_device"
    NOTE_NO_DEFAULT = "note_no_default"
    NOTE_RULE = "note_rule"
    NOTE_SOMETIMES_REQUIRED = "note_sometimes_required"
    NOTE_MEDIA = "note_media"
    NOTE_PICTURES = "note_pictures"
    NOTE_AS_TEXT = "note_as_text"
    NOTE_AS_WORDS = "note_as_words"
    NOTE_AS_NUMBER = "note_as_number"
    NOTE_RENAMED = "note_renamed"
    NOTE_NEVER_ASKED = "note_never_asked"
    NOTE_UNROLLED = "note_unrolled"
    NOTE_LANGUAGE = "note_language"
    NOTE_NO_GRID = "note_no_grid"
    NOTE_TABLE_HEAD = "note_table_head"
    NOTE_FILTER_WORD = "note_filter_word"
    NOTE_DISABLED = "note_disabled"
    NOTE_SHUFFLED_ROWS = "note_shuffled_rows"
    NOTE_FAR_BELOW = "note_far_below"
    NOTE_EACH_ROUND = "note_each_round"
    NOTE_UNSAID = "note_unsaid"


@dataclass(frozen=True)
class Remark:
    """A reason and its place: the sheet and the row of a table, or the group and the question of a LimeSurvey file."""

    reason: Reason
    sheet: str = ""
    row: int | None = None
    name: str = ""
    about: str = ""


class FormRefused(Exception):
    """The file is no form that can be read, or one that must be mended first; `remarks` say where and why."""

    def __init__(self, *remarks: Remark) -> None:
        super().__init__(
            "; ".join(f"{one.sheet} {one.row or ''} {one.name}: {one.reason} {one.about}" for one in remarks)
        )
        self.remarks = list(remarks)


@dataclass
class Form:
    """A form as it was understood. `left_out` cannot be asked here: somebody must agree to that."""

    questionnaire: Questionnaire
    notes: list[Remark] = field(default_factory=list)
    left_out: list[Remark] = field(default_factory=list)
