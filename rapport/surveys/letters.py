"""The letters of a survey: in the reader's language, each written once, none after an answer or a refusal."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.lib.later import can_wait, later
from rapport.messaging.models import Letter
from rapport.people.models import Person
from rapport.surveys.codes import full_address
from rapport.surveys.methods import say
from rapport.surveys.models import Invitation, LetterWords, Sending, Survey
from rapport.surveys.models.invitation import InvitationQuerySet
from rapport.surveys.tongues import speaking

PLACES = ["name", "title", "library", "purpose", "link", "last_day", "decline"]


def usual_words(kind: str) -> tuple[str, str]:
    """Subject and text in the language that is spoken now, with {places} to be filled."""
    if kind == LetterWords.Kind.REMINDER:
        return _("Still time to answer: {title}"), _(
            "Hello {name},\n\n"
            "some days ago we asked for your opinion: “{title}”. If it slipped your mind, there is still time.\n\n"
            "Your own link; it counts once:\n{link}\n\n"
            "The last day is {last_day}.\n\n"
            "We note that you answered, never what. If you would rather not, say so here, and we do not write again:\n"
            "{decline}\n\n{library}"
        )
    return _("What do you think? {title}"), _(
        "Hello {name},\n\n"
        "{library} would like to hear from you: “{title}”.\n\n"
        "What will be decided by it: {purpose}\n\n"
        "Your own link; it counts once:\n{link}\n\n"
        "The last day is {last_day}.\n\n"
        "We note that you answered, never what. If you would rather not, say so here, and we do not write again:\n"
        "{decline}\n\n{library}"
    )


def words_for(survey: Survey, kind: str, language: str) -> tuple[str, str]:
    """The survey's own words in this language, or the usual ones."""
    own = LetterWords.objects.filter(survey=survey, kind=kind).first()
    with speaking(language):
        subject, text = usual_words(kind)
    return (own and own.subject.get(language)) or subject, (own and own.text.get(language)) or text


def language_of(survey: Survey, invitation: Invitation) -> str:
    edition = survey.edition or survey.editions.last()
    languages = edition.questionnaire.languages if edition else [settings.LANGUAGE_CODE]
    return invitation.language if invitation.language in languages else languages[0]


def written(survey: Survey, invitation: Invitation, kind: str) -> tuple[str, str]:
    """Subject and text as this person gets them."""
    language = language_of(survey, invitation)
    subject, text = words_for(survey, kind, language)
    values = _values(survey, invitation, language)
    return filled(subject, values), filled(text, values)


def _values(survey: Survey, invitation: Invitation, language: str) -> dict[str, str]:
    edition = survey.edition or survey.editions.last()
    title = say(edition.questionnaire.title, language, language) if edition else str(survey)
    with speaking(language):
        return {
            "name": invitation.name,
            "title": title,
            "library": settings.HOUSE.library,
            "purpose": survey.purpose.get(language, ""),
            "link": full_address(invitation),
            "last_day": date_format(survey.closes_on, "DATE_FORMAT") if survey.closes_on else "",
            "decline": decline_address(invitation),
        }


def filled(text: str, values: Mapping[str, str]) -> str:
    """The places filled; a line for which there is nothing goes, and a greeting without a name is a short one."""
    text = text.replace(" {name}", f" {values['name']}" if values["name"] else "")
    empty = [f"{{{name}}}" for name, value in values.items() if not value]
    text = "\n".join(line for line in text.split("\n") if not any(place in line for place in empty))
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return re.sub(r"\n{3,}", "\n\n", text)


def decline_address(invitation: Invitation) -> str:
    return f"{settings.HOUSE.address}{reverse('surveys:invitation-refusal', args=[invitation.secret])}"


def let_letters_go(survey: Survey, *, by: Person, from_on: date | None = None) -> Sending:
    """From this day on (today) the letters of this survey go out, and its reminders after them."""
    sending, _is_new = Sending.objects.get_or_create(
        survey=survey, defaults={"by": by, "from_on": from_on or timezone.localdate()}
    )
    later(write_due_letters, survey=survey.pk)
    return sending


@can_wait
def write_due_letters(survey: int | None = None) -> int:
    """Write what is due today, for one survey or for all that are open. Run twice, it writes nothing twice."""
    today = timezone.localdate()
    surveys = Survey.objects.open(today).filter(sending__from_on__lte=today)
    if survey is not None:
        surveys = surveys.filter(pk=survey)
    return sum(_invite(one, today) + _remind(one, today) for one in surveys)


def _invite(survey: Survey, today: date) -> int:
    invited = 0
    for invitation in survey.invitations.to_invite().select_related("branch"):
        with transaction.atomic():
            if invitation.note_invited(day=today):
                invitation.note_letter(_write(survey, invitation, LetterWords.Kind.INVITATION, 0))
                invited += 1
    return invited


def to_remind(survey: Survey, today: date) -> InvitationQuerySet:
    """Those whose next reminder is due."""
    last_on = today - timedelta(days=max(survey.days_between_reminders, 1))
    return survey.invitations.to_remind(most=survey.reminders, last_on=last_on)


def _remind(survey: Survey, today: date) -> int:
    reminded = 0
    for invitation in to_remind(survey, today).select_related("branch"):
        with transaction.atomic():
            if invitation.note_reminder(day=today):
                _write(survey, invitation, LetterWords.Kind.REMINDER, invitation.reminders_sent + 1)
                reminded += 1
    return reminded


def _write(survey: Survey, invitation: Invitation, kind: str, number: int) -> Letter:
    subject, text = written(survey, invitation, kind)
    return Letter.objects.write(
        f"surveys.invitation:{invitation.pk}:{number}",
        subject=subject[:300],
        text=text,
        language=language_of(survey, invitation)[:12],
        email=invitation.email,
        branch=invitation.branch or survey.branch,
        stop_url=decline_address(invitation),
    )
