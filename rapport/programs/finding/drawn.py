"""What stands on a page of the calendar many times, drawn without a template for each: its days and its dates."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from rapport.programs.agenda import Day, Month
from rapport.ui.icons import icon

from .cards import Card

_DAY = (
    '<li><a class="month__day{}" href="{}"{}><span aria-hidden="true">{}</span><span class="unseen">{}</span></a></li>'
)
_DATE = (
    '<li class="date{off}"><time class="date__time" datetime="{iso}">{day}<span>{starts}</span> '
    '<span class="date__end">– {ends}</span></time><div class="date__words">'
    '<p class="date__title"><a href="{url}">{title}</a></p><p class="date__where">{where}</p>{notes}'
    '<div class="date__marks"><span class="date__band date__band--{band}">{audience}</span>'
    "{language}{marks}{price}</div>"
    "</div></li>"
)
_LANGUAGE = '<span class="mark mark--language" lang="{}">{}</span>'
_NOTE = '<p class="date__note{}">{}<span>{}</span></p>'


def days_of(month: Month, address: str) -> SafeString:
    """The days of a small month, each with its link: `address` has the word DAY where the day belongs."""
    language = get_language()
    days = (day for week in month.weeks for day in week)
    return format_html_join("", _DAY, (_day(day, address, language) for day in days))


def _day(day: Day, address: str, language: str | None) -> tuple[object, ...]:
    looks = " month__day--outside" if day.is_outside else ""
    looks += " month__day--today" if day.is_today else ""
    here = SafeString(' aria-current="date"') if day.is_chosen else ""
    return looks, address.replace("DAY", day.date.isoformat()), here, day.date.day, day_words(day.date, language)


@lru_cache(maxsize=2048)
def day_words(day: date, _language: str | None) -> str:
    return date_format(datetime.combine(day, time()), "MONTH_DAY_FORMAT")


@lru_cache(maxsize=2048)
def day_in_short(day: date, _language: str | None) -> str:
    return date_format(datetime.combine(day, time()), "D j M")


def date_list(cards: Iterable[Card], *, dated: bool = False) -> SafeString:
    """Dates as items of a list; `dated` where they do not stand under their day."""
    return SafeString("".join(_date(card, dated) for card in cards))


def _date(card: Card, dated: bool) -> str:
    day = format_html('<span class="date__day">{}</span>', day_in_short(card.day, card.reader)) if dated else ""
    language = format_html(_LANGUAGE, card.language, card.language_name) if card.language_name else ""
    return format_html(
        _DATE, off=" date--off" if card.is_off else "", iso=card.iso, day=day, starts=card.starts, ends=card.ends,
        url=card.url, title=card.title, where=f"{card.where} · {card.online}" if card.online else card.where,
        notes=_notes(card), band=card.band.replace("+", ""), audience=card.audience, language=language,
        marks=card.marks,
        price=format_html('<span class="mark">{}</span>', card.price) if card.price else "",
    )  # fmt: skip


def _notes(card: Card) -> SafeString:
    notes = []
    if card.is_off:
        why = f"{gettext('Does not take place.')} {card.off}"
        notes.append(format_html(_NOTE, " date__note--off", icon("x", 16), why))
    if card.moved:
        notes.append(format_html(_NOTE, "", icon("arrow-right", 16), card.moved))
    if card.places:
        notes.append(format_html(_NOTE, " date__note--full" if card.is_full else "", icon("users", 16), card.places))
    return SafeString("".join(notes))
