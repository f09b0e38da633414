"""What is to be said of files that were read, kindly and in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.surveys.complaints import say_complaint
from rapport.surveys.methods import Complaint, Fault, Questionnaire
from rapport.surveys.methods.forms import Reason, Remark

_SAID = {
    Reason.UNREADABLE: gettext_lazy("This is no table or form that we can read (%(about)s)."),
    Reason.OLD_EXCEL: gettext_lazy("This is an old Excel file (.xls). Please open it and save it as .xlsx."),
    Reason.TOO_LARGE: gettext_lazy("This is larger than a form can be (%(about)s)."),
    Reason.NO_SURVEY: gettext_lazy("There is no sheet “survey”. Is this an XLSForm?"),
    Reason.NO_QUESTIONS: gettext_lazy("Nothing in it asks anything of people."),
    Reason.HEADING_TWICE: gettext_lazy("Two columns mean the same: “%(about)s”. Please keep one of them."),
    Reason.NO_TYPE_OR_NAME: gettext_lazy("The first row needs the headings “type” and “name”."),
    Reason.NO_NAME: gettext_lazy("It has no name."),
    Reason.NAME_TWICE: gettext_lazy("Another question has the same name."),
    Reason.NO_WORDS: gettext_lazy("It has no words: people could not know what it asks."),
    Reason.NO_CALCULATION: gettext_lazy("It should be reckoned, and does not say from what."),
    Reason.NO_LIST: gettext_lazy("There is no list of choices “%(about)s”."),
    Reason.CODE_TWICE: gettext_lazy("Two different choices have the same name: “%(about)s”."),
    Reason.INCLUDES_ANOTHER: gettext_lazy("It takes in another form, “%(about)s”, which is not in this file."),
    Reason.UNKNOWN_TYPE: gettext_lazy("Nobody knows the type “%(about)s”."),
    Reason.NOT_CLOSED: gettext_lazy("This group begins and does not end."),
    Reason.NOT_OPENED: gettext_lazy("Here a group ends that did not begin (“%(about)s”)."),
    Reason.LOCATION: gettext_lazy(
        "We do not ask people exactly where they are. A map with areas can be asked instead."
    ),
    Reason.UPLOAD: gettext_lazy("We take no pictures, sounds or files as answers (“%(about)s”)."),
    Reason.CHOICES_ELSEWHERE: gettext_lazy("Its choices lie in another file, “%(about)s”."),
    Reason.REPEATED: gettext_lazy(
        "It is asked again and again, nobody knows how often. Answers here are one row each."
    ),
    Reason.CONDITION: gettext_lazy("It is asked under a condition that we cannot hold: %(about)s"),
    Reason.CHOICE_FILTER: gettext_lazy("Its choices are picked in a way that we cannot follow: %(about)s"),
    Reason.SHOWS_CALCULATED: gettext_lazy("Its words show something that is reckoned, “%(about)s”."),
    Reason.HANGS_ON_LEFT_OUT: gettext_lazy("It hangs on “%(about)s”, which is left out."),
    Reason.NO_SUCH_QUESTION: gettext_lazy("It speaks of “%(about)s”, and there is no such question."),
    Reason.ASKS_LATER: gettext_lazy("It hangs on “%(about)s”, which is asked only later."),
    Reason.NO_KIND: gettext_lazy("We have no such kind of question (“%(about)s”)."),
    Reason.NOTE_CALCULATED: gettext_lazy("Reckoned from answers, not asked: it can be reckoned later (%(about)s)."),
    Reason.NOTE_ABOUT_DEVICE: gettext_lazy("About the device or the hour (“%(about)s”): we do not keep that."),
    Reason.NOTE_NO_DEFAULT: gettext_lazy("Asked without an answer already filled in (“%(about)s”)."),
    Reason.NOTE_RULE: gettext_lazy("This rule is not held here, so any answer is taken: %(about)s"),
    Reason.NOTE_SOMETIMES_REQUIRED: gettext_lazy(
        "Required under a condition only (%(about)s): here it is never required."
    ),
    Reason.NOTE_MEDIA: gettext_lazy("A picture or sound beside its words is left out."),
    Reason.NOTE_PICTURES: gettext_lazy("Please bring the pictures of its choices: %(about)s"),
    Reason.NOTE_AS_TEXT: gettext_lazy("Asked as a line of text, like “%(about)s”."),
    Reason.NOTE_AS_WORDS: gettext_lazy("Nobody could write into it, so it is shown as words."),
    Reason.NOTE_AS_NUMBER: gettext_lazy("Asked as a number (%(about)s)."),
    Reason.NOTE_RENAMED: gettext_lazy("Its name here is “%(about)s”."),
    Reason.NOTE_NEVER_ASKED: gettext_lazy("Its condition never holds (%(about)s), so it is left out."),
    Reason.NOTE_UNROLLED: gettext_lazy("Asked in rounds: there is a page for each of the %(about)s."),
    Reason.NOTE_LANGUAGE: gettext_lazy("We do not know the language “%(about)s”."),
    Reason.NOTE_NO_GRID: gettext_lazy("This table is no scale, so its rows are asked one by one."),
    Reason.NOTE_TABLE_HEAD: gettext_lazy("The head of a table: it asks nothing."),
    Reason.NOTE_FILTER_WORD: gettext_lazy("In the filter of its choices we took “%(about)s” for a word."),
    Reason.NOTE_DISABLED: gettext_lazy("Switched off in the form."),
    Reason.NOTE_FAR_BELOW: gettext_lazy(
        "It stands far below the rest, after many empty rows, and is left out as in ODK."
    ),
    Reason.NOTE_EACH_ROUND: gettext_lazy("All is asked for each in turn: each becomes an answer of its own."),
    Reason.NOTE_SHUFFLED_ROWS: gettext_lazy("ODK shows its rows always in the same order."),
    Reason.NOTE_UNSAID: gettext_lazy("ODK shows it as a plain list (%(about)s)."),
}
_ROW = {
    "no_day": gettext_lazy("This is no day that we can read: “%(said)s”."),
    "future": gettext_lazy("The day has not come yet: “%(said)s”."),
    "no_branch": gettext_lazy("There is no branch “%(said)s”."),
    "quota": gettext_lazy("There are enough answers of “%(said)s” already."),
    "broken": gettext_lazy("The file is broken from here on."),
    "empty": gettext_lazy("Nothing in it answers a question."),
    "not_a_choice": gettext_lazy("“%(said)s” is none of the choices."),
}


def say(remark: Remark) -> str:
    return str(_SAID[remark.reason]) % {"about": remark.about}


def place_of(remark: Remark) -> str:
    """Where it stands: "survey, row 7, visits"."""
    row = _("row %(n)s") % {"n": remark.row} if remark.row else ""
    return ", ".join(part for part in (remark.sheet, row, remark.name) if part)


def say_refused(row: dict[str, Any], questionnaire: Questionnaire) -> str:
    """Why one row of answers was not taken, and at which question."""
    column = str(row.get("column", ""))
    question = questionnaire.question(column.split(".", maxsplit=1)[0].split("=", maxsplit=1)[0])
    if row["why"] in _ROW:
        said = str(_ROW[row["why"]]) % {"said": row.get("said", "")}
    elif question is not None:
        said = say_complaint(question, Complaint(column, Fault(row["why"]), str(row.get("bound", ""))))
    else:
        said = str(row["why"])
    return f"{column}: {said}" if column else said
