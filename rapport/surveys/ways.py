"""By which way somebody comes to the questions, and so in which frame they see them."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from rapport.listening.models import Channel
from rapport.places.models import Branch
from rapport.surveys.methods import EASY, Questionnaire
from rapport.surveys.models import Edition, Invitation, Link, Sampling, Sitting, Survey

Frame = Literal["page", "kiosk", "embedded"]


@dataclass(frozen=True, kw_only=True)
class Way:
    """The open page of a survey, a shared link, or a personal invitation."""

    survey: Survey
    channel: str = Channel.WEB
    branch: Branch | None = None
    link: Link | None = None
    invitation: Invitation | None = None

    @classmethod
    def of_link(cls, link: Link) -> "Way":
        return cls(survey=link.survey, channel=link.channel, branch=link.branch or link.survey.branch, link=link)

    @classmethod
    def of_invitation(cls, invitation: Invitation) -> "Way":
        branch = invitation.branch or invitation.survey.branch
        return cls(survey=invitation.survey, branch=branch, invitation=invitation)

    @classmethod
    def of_sitting(cls, sitting: Sitting) -> "Way":
        return cls(
            survey=sitting.survey, channel=sitting.channel, branch=sitting.branch, link=sitting.link,
            invitation=sitting.invitation,
        )  # fmt: skip

    @property
    def frame(self) -> Frame:
        if self.link and self.link.is_embedded:
            return "embedded"
        return "kiosk" if self.is_kiosk else "page"

    @property
    def is_kiosk(self) -> bool:
        return self.channel == Channel.KIOSK

    @property
    def start(self) -> str:
        """Where it begins, and begins anew."""
        return (self.link or self.invitation or self.survey).get_absolute_url()

    @property
    def is_let_in(self) -> bool:
        """Where people are chosen to be asked, nobody comes in by the open page."""
        return bool(self.link or self.invitation) or self.survey.sampling == Sampling.CHOSE

    @property
    def asks_branch(self) -> bool:
        """Whether somebody is asked which library they use most, because the way they came by does not tell."""
        return self.survey.asks_branch and self.branch is None and not self.is_kiosk

    def thanks(self, language: str) -> str:
        """Where somebody is thanked; it says by which link they came, and nothing about their answers."""
        query = {"language": language} | ({"link": self.link.code} if self.link else {})
        return f"{reverse('surveys:thanks', args=[self.survey.slug])}?{urlencode(query)}"

    def sitting(self, edition: Edition, language: str, **fields: Any) -> Sitting:
        """A sitting that begins here; not kept yet."""
        return Sitting(
            survey=self.survey, edition=edition, language=language, channel=self.channel, branch=self.branch,
            link=self.link, invitation=self.invitation, **fields,
        )  # fmt: skip

    def begin(
        self, edition: Edition, language: str, *, branch: Branch | None = None, is_doubtful: bool = False
    ) -> Sitting:
        sitting = self.sitting(edition, language, is_doubtful=is_doubtful)
        sitting.branch = branch or sitting.branch
        sitting.save()
        return sitting


def language_for(questionnaire: Questionnaire, *wanted: str) -> str:
    """The first of these languages that it is written in; else its own first."""
    known = questionnaire.languages
    return next((code for code in wanted if code in known), known[0])


def page_language(language: str) -> str:
    """The house's language for the buttons around questions in this language."""
    plain = language.removesuffix(EASY)
    return plain if plain in settings.HOUSE.languages else settings.LANGUAGE_CODE
