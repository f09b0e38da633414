"""All sets that ship with the house, and how one of their questions comes into a survey."""

from copy import deepcopy

from rapport.places.models import Branch
from rapport.surveys.methods import Choice, Kind, Question

from .about import ABOUT
from .barriers import ACCESS, BARRIERS, NON_USERS
from .needs import HOURS, NEEDS, PROGRAMS, SERVICES
from .outcomes import ADULTS, CAREGIVERS, CHILDREN, FOLLOW_UP, TEENS, VOLUNTEERS
from .writing import QuestionSet

SETS: tuple[QuestionSet, ...] = (
    NEEDS, SERVICES, BARRIERS, ACCESS, NON_USERS, PROGRAMS, HOURS,
    ADULTS, CAREGIVERS, CHILDREN, TEENS, VOLUNTEERS, FOLLOW_UP, ABOUT,
)  # fmt: skip


def question_set(slug: str) -> QuestionSet | None:
    return next((one for one in SETS if one.slug == slug), None)


def at_home(question: Question) -> Question:
    """The question as this library asks it: places are those where its branches are."""
    question = deepcopy(question)
    if question.kind == Kind.PLACE and not any(choice.shape for choice in question.choices):
        known = {choice.code for choice in question.choices}
        branches = Branch.objects.exclude(slug__in=known)
        places = [
            Choice(code=branch.slug, words=dict(branch.name), band=branch.slug if question.dimension else "")
            for branch in branches
        ]
        question.choices = places + question.choices
    return question
