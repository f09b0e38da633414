"""The ledgers beside the programs: one to one, by oneself, outreach. They never enter a program's count."""

from collections.abc import Iterable

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from rapport.programs.counting.year import Figures, Ledger, Period
from rapport.programs.methods.statistics import Happening, Kind
from rapport.programs.models import HelpBooking, Outreach


def ledgers(found: Figures) -> list[Ledger]:
    """Each with what stands in its own book, and the dates that were planned in that form."""
    period = found.period
    help_given = HelpBooking.objects.met().filter(starts_at__date__range=(period.first, period.last))
    if period.branch:
        help_given = help_given.filter(branch=period.branch)
    booked = help_given.count()
    return [
        Ledger(_("One to one: people helped who had booked a time"), booked, booked),
        _planned(_("One to one: other dates"), found.happenings, Kind.ONE_TO_ONE),
        _planned(_("By oneself: activities without a set time"), found.happenings, Kind.SELF_DIRECTED),
        _outings(period),
        _planned(_("Outreach: other dates"), found.happenings, Kind.OUTREACH),
        _without_us(found.happenings),
    ]


def _planned(name: str, happenings: Iterable[Happening], kind: Kind) -> Ledger:
    return _ledger(name, [one for one in happenings if one.kind is kind and one.took_place])


def _without_us(happenings: Iterable[Happening]) -> Ledger:
    """Others used our rooms, and the library gave neither time nor money."""
    guests = [one for one in happenings if one.kind is Kind.SESSION and one.took_place and not one.is_sponsored]
    return _ledger(_("In our rooms, without staff or money of ours"), guests)


def _ledger(name: str, happenings: list[Happening]) -> Ledger:
    lacking = sum(not one.was_counted for one in happenings)
    people = sum(one.attendance for one in happenings) if len(happenings) > lacking else None
    return Ledger(name, sum(one.times for one in happenings), people, lacking)


def _outings(period: Period) -> Ledger:
    rows = Outreach.objects.filter(day__range=(period.first, period.last))
    if period.branch:
        rows = rows.filter(branch=period.branch)
    row = rows.order_by().aggregate(n=Count("pk"), people=Sum("contacts"), lacking=Count("pk", Q(contacts=None)))
    return Ledger(_("Outreach: outings, and people spoken with"), row["n"], row["people"], row["lacking"])
