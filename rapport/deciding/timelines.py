"""The way of one promise as knots on a thread: what was said, what changed, which steps were made, and the end."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rapport.deciding.models import Commitment, Milestone
from rapport.ui.thread import Knot


def timeline_of(commitment: Commitment) -> list[Knot]:
    """From what was prefetched: what happened by its day, then what is still owed."""
    first = commitment.changes.all()[0].old_words if commitment.changes.all() else commitment.words
    happened = [Knot(_("We promised this"), "done", commitment.at, str(first))]
    happened += [_changed(commitment, number) for number in range(len(commitment.changes.all()))]
    happened += [_reached(one) for one in commitment.milestones.all() if one.is_reached]
    happened.sort(key=lambda knot: knot.at or commitment.at)
    return [*happened, *_ahead(commitment), _end(commitment)]


def _changed(commitment: Commitment, number: int) -> Knot:
    changes = list(commitment.changes.all())
    change = changes[number]
    after = changes[number + 1] if number + 1 < len(changes) else None
    words, due = (after.old_words, after.old_due) if after else (commitment.words, commitment.due)
    said = [str(change.why)]
    if words != change.old_words:
        said.append(_("Before: “%(old)s”. Now: “%(new)s”.") % {"old": change.old_words, "new": words})
    if due != change.old_due:
        days = {"old": date_format(change.old_due), "new": date_format(due)}
        said.append(_("Due before: %(old)s. Now: %(new)s.") % days)
    return Knot(_("We changed it"), "present", change.at, "\n\n".join(said))


def _reached(milestone: Milestone) -> Knot:
    arrival = milestone.arrival
    note = str(arrival.note) if arrival else ""
    return Knot(str(milestone), "done", _noon(arrival.on) if arrival else None, note)


def _ahead(commitment: Commitment) -> list[Knot]:
    if commitment.is_settled:
        return []
    steps = [one for one in commitment.milestones.all() if not one.is_reached]
    return [Knot(str(one), "owed", words=_by_when(one)) for one in steps]


def _by_when(milestone: Milestone) -> str:
    return _("by %(day)s") % {"day": date_format(milestone.due)} if milestone.due else ""


def _end(commitment: Commitment) -> Knot:
    if commitment.kept is not None:
        return Knot(_("Kept"), "done", _noon(commitment.kept.on), str(commitment.kept.words))
    if commitment.given_up is not None:
        return Knot(_("Not kept"), "declined", commitment.given_up.at, str(commitment.given_up.why))
    return Knot(_("Due"), "owed", words=date_format(commitment.due))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
