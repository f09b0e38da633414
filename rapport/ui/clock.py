"""A deadline as people say it: "answer by tomorrow noon"."""

import datetime
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

Kind = Literal["answer", "acknowledge", "review", "decide", "other"]

_ASKS = {
    "answer": _("Answer by %(when)s"),
    "acknowledge": _("Say that it arrived by %(when)s"),
    "review": _("Review by %(when)s"),
    "decide": _("Decide by %(when)s"),
    "other": _("By %(when)s"),
}


@dataclass(frozen=True)
class Clock:
    due: datetime.datetime
    kind: Kind = "answer"
    met: datetime.datetime | None = None

    @property
    def state(self) -> Literal["met", "overdue", "soon", "open"]:
        if self.met:
            return "met"
        left = self.due - timezone.now()
        if left < datetime.timedelta(0):
            return "overdue"
        return "soon" if left < datetime.timedelta(hours=24) else "open"

    @property
    def words(self) -> str:
        if self.met:
            return gettext("Done %(when)s") % {"when": when(self.met)}
        if self.state == "overdue":
            return late_by(timezone.now() - self.due)
        return str(_ASKS[self.kind]) % {"when": when(self.due)}


def when(at: datetime.datetime) -> str:
    """A moment near today in everyday words, one further away by its date."""
    at = timezone.localtime(at) if timezone.is_aware(at) else at
    days = (at.date() - timezone.localdate()).days
    words = {"day": date_format(at, "l"), "date": date_format(at, "MONTH_DAY_FORMAT"), "time": hour(at.time())}
    if days == 0:
        return gettext("today %(time)s") % words
    if days == 1:
        return gettext("tomorrow %(time)s") % words
    if days == -1:
        return gettext("yesterday %(time)s") % words
    if 1 < days < 7:
        return gettext("%(day)s %(time)s") % words
    if at.year == timezone.localdate().year:
        return words["date"]
    return date_format(at, "DATE_FORMAT")


def hour(time: datetime.time) -> str:
    if (time.hour, time.minute) == (12, 0):
        return pgettext("time of day", "noon")
    return time_format(time, "TIME_FORMAT")


def late_by(late: datetime.timedelta) -> str:
    hours = int(late.total_seconds() // 3600)
    if hours < 1:
        return gettext("Due just now")
    if hours < 24:
        return ngettext("%(n)d hour late", "%(n)d hours late", hours) % {"n": hours}
    return ngettext("%(n)d day late", "%(n)d days late", late.days) % {"n": late.days}
