"""What people look for in the calendar. All of it stands in the address, so that it can be shared, fed and embedded."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.forms.utils import flatatt
from django.utils.formats import time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.community.models import Topic
from rapport.listening.telling import languages_spoken
from rapport.places.models import Branch
from rapport.programs.models import Access, Band, Program, Series, Session, Setting
from rapport.ui.context import own_name
from rapport.ui.forms import Sentence
from rapport.ui.listing import words_of

from .local import LocalMinute, LocalWeekday

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Rows = QuerySet[Session]


def weekend() -> list[int]:
    return [DAYS.index(name.lower()) for name in settings.HOUSE.weekend if name.lower() in DAYS]


def times() -> list[tuple[str, Any]]:
    """Times as people say them, with what this library means by them."""
    after, morning = settings.HOUSE.after_work, settings.HOUSE.morning_until
    return [
        ("after-work", now_("after work (%(hour)s or later)") % {"hour": time_format(after)}),
        ("weekend", now_("at the weekend")),
        ("morning", now_("in the morning (before %(hour)s)") % {"hour": time_format(morning)}),
    ]


class PlainSelect(forms.Select):
    """The same select, drawn without a template for each of its options: the calendar has many, on every page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        rows = ((key, " selected" if str(key) == chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        given = flatatt({**self.attrs, **(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", given, options)


def _choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=PlainSelect)


class CalendarFilters(Sentence):
    audience = _choice(_("for"), [("", _("people of any age")), *Band.choices])
    language = _choice(_("in"))
    branch = _choice(_("at"))
    time = _choice(pgettext_lazy("time of day", "when"))
    access = _choice(_("with"), [("", _("or without aids to access")), *Access.choices])
    topic = _choice(_("about"))
    online = forms.BooleanField(label=_("online"))
    free = forms.BooleanField(label=_("free"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(code, own_name(code)) for code in languages_spoken()]
        branches = Branch.objects.values_list("pk", "name")
        topics = Topic.objects.current().select_related(None).values_list("slug", "name")
        self._offer("language", _("any language"), spoken)
        self._offer("time", _("at any time"), times())
        self._offer("branch", _("any branch"), branches)
        self._offer("topic", _("anything"), topics)

    def _offer(self, field: str, none: Any, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[field].choices = [("", none), *((str(key), str(label)) for key, label in choices)]  # type: ignore[attr-defined]

    def narrow_audience(self, rows: Rows, value: str) -> Rows:
        """What is for everyone is for them too."""
        return rows.filter(audience__in={value, Band.GENERAL})

    def narrow_time(self, rows: Rows, value: str) -> Rows:
        rows = rows.alias(minute=LocalMinute("starts_at"), weekday=LocalWeekday("starts_at"))
        house = settings.HOUSE
        if value == "weekend":
            return rows.filter(weekday__in=weekend())
        if value == "morning":
            return rows.filter(minute__lt=house.morning_until.hour * 60 + house.morning_until.minute)
        later = house.after_work.hour * 60 + house.after_work.minute
        return rows.filter(minute__gte=later).exclude(weekday__in=weekend())

    def narrow_access(self, rows: Rows, value: str) -> Rows:
        return rows.alias(offers=Cast("access", TextField())).filter(offers__contains=f'"{value}"')

    def narrow_topic(self, rows: Rows, value: str) -> Rows:
        about = Topic.objects.filter(slug=value).with_parts()
        return rows.filter(program__in=Program.topics.through.objects.filter(topic__in=about).values("program"))

    def narrow_online(self, rows: Rows, value: bool) -> Rows:
        return rows.filter(Q(setting=Setting.VIRTUAL) | Q(is_hybrid=True))

    def narrow_free(self, rows: Rows, value: bool) -> Rows:
        return rows.alias(price=Cast("cost", TextField())).filter(price="{}")


def said_in(rows: Rows, text: str) -> Rows:
    """Every word stands in what the date, its series or its program says of itself, or in the name of a topic."""
    for word in words_of(text):
        says = Q(title__icontains=word) | Q(about__icontains=word)
        topics = Program.topics.through.objects.filter(topic__name__icontains=word)
        programs = Program.objects.filter(says | Q(pk__in=topics.values("program")))
        series = Series.objects.filter(says)
        keys, serial = list(programs.values_list("pk", flat=True)), list(series.values_list("pk", flat=True))
        named = Q(is_named=True, title__icontains=word)  # most dates have no title of their own
        rows = rows.filter(Q(program__in=keys) | Q(series__in=serial) | named)
    return rows
