"""How long a questionnaire takes to answer.

Reading: about 240 words a minute silently (Brysbaert 2019, doi:10.1016/j.jml.2019.104047), fewer in a second language;
we take 180. Answering: seconds for each kind, our own assumption. Limits: written answers differ most between people,
so this is a guess to be shown as whole minutes, never a promise.
"""

from math import ceil

from .questionnaire import Kind, Question, Questionnaire

_WORDS_A_MINUTE = 180
_SECONDS = {
    Kind.SINGLE: 4, Kind.MULTIPLE: 7, Kind.PICTURE: 6, Kind.SCALE: 4, Kind.SMILEY: 2, Kind.GRID: 4, Kind.RANKING: 20,
    Kind.NUMBER: 5, Kind.DATE: 8, Kind.SHORT: 10, Kind.LONG: 40, Kind.PLACE: 8, Kind.CONSENT: 3, Kind.INFORMATION: 0,
}  # fmt: skip


def seconds_of(question: Question, language: str) -> float:
    read = sum(len(words.get(language, "").split()) for _name, words in question.all_words())
    cells = max(1, len(question.rows) * max(1, len(question.aspects)))
    return read * 60 / _WORDS_A_MINUTE + _SECONDS[question.kind] * cells


def minutes_of(questionnaire: Questionnaire) -> int:
    """Whole minutes for all questions, rounded up, at least one."""
    first = questionnaire.languages[0]
    seconds = sum(seconds_of(question, first) for question in questionnaire.questions())
    return max(1, ceil(seconds / 60))
