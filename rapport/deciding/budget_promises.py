"""What was bought becomes a promise in public; the authors of what was bought, and of what was not, are told."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rapport.deciding.budget_results import Line, result_of
from rapport.deciding.models import Commitment, NotOpen, Option, Poll
from rapport.deciding.said import in_all_languages
from rapport.loop.models import Turn
from rapport.people.models import Person


class AlreadyPromised(Exception):
    """What was bought has been promised before."""


@transaction.atomic
def promise_what_was_bought(
    poll: Poll, *, by: Person, due: date, owner: Person | None = None, owner_words: dict[str, str] | None = None
) -> list[Commitment]:
    """Make a commitment of each project that is carried out, and tell the authors how it went.

    Raises NotOpen before it is counted, AlreadyPromised the second time.
    """
    Poll.objects.select_for_update().get(pk=poll.pk)
    if Commitment.objects.of(poll).exists():
        raise AlreadyPromised
    told = result_of(poll, list(poll.options.select_related("project")), poll.counted.outcome) if poll.counted else None
    if told is None:
        raise NotOpen
    made = []
    for line in told.lines:
        option = told.options.get(line.key)
        if option is None:
            continue
        project = getattr(option, "project", None)
        if line.is_in:
            made.append(
                Commitment.objects.make(
                    option.title,
                    owner=owner,
                    owner_words=owner_words or {},
                    due=due,
                    by=by,
                    decision=poll.process.decision,
                    because_of=[poll, *([project] if project else [])],
                )
            )
        if project:
            turn = Turn.CAME_FURTHER if line.is_in else Turn.DECIDED_AGAINST
            project.tell_authors(turn, _how_it_went(line, option, due), by=by)
    decision = poll.process.decision
    decision.loop.record(Turn.CAME_FURTHER, in_all_languages(lambda: _all(told.bought, due)), by=by, thing=decision)
    return made


def _how_it_went(line: Line, option: Option, due: date) -> dict[str, str]:
    def said() -> str:
        if line.override:
            return str(line.override.reason)
        if line.won:
            return _("People voted for “%(title)s”. We promise it by %(due)s.") % {"title": option, "due": due}
        return _("“%(title)s” was not bought this time.") % {"title": option} + " " + " ".join(line.sentences)

    return in_all_languages(said)


def _all(bought: list[Line], due: date) -> str:
    titles = ", ".join(str(line.option) for line in bought)
    return _("The votes are counted. Bought are: %(titles)s. We promise them by %(due)s.") % {
        "titles": titles,
        "due": due,
    }
