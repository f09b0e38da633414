"""What must stand beside every number of a survey: whom it speaks for."""

from django.utils.formats import localize
from django.utils.translation import gettext as _

from rapport.surveys.models import Sampling, Survey


def label_of(survey: Survey, answered: int) -> str:
    return label(survey.sampling, answered, asked_by(survey))


def asked_by(survey: Survey) -> int:
    """How many were asked, where everyone was; else nobody counts them."""
    return (survey.population or survey.invitations.count()) if survey.sampling == Sampling.EVERYONE else 0


def label(sampling: str, answered: int, asked: int) -> str:
    match sampling:
        case Sampling.DRAWN:
            return _("A sample drawn at random, with margins of error")
        case Sampling.EVERYONE:
            said = {"n": localize(answered), "all": localize(asked) if asked else "?"}
            return _("Everyone was asked; %(n)s of %(all)s answered") % said
    return _("Indicative: people who chose to answer")


def explained(survey: Survey) -> str:
    match survey.sampling:
        case Sampling.DRAWN:
            return _("The people were drawn at random, so the numbers speak for all, within the margins given.")
        case Sampling.EVERYONE:
            return _("Those who did not answer may think otherwise. There is no margin of error: nobody was drawn.")
    return _(
        "Whoever wanted to has answered. The numbers say what these people think, not how many of all do; weighing"
        " makes them no sample, and there is no margin of error."
    )
