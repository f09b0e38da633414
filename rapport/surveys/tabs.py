"""The tabs of a survey's desk page. Areas above hang theirs here from `hooks.py`: `tabs.add(Tab(...))`."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from rapport.lib.registry import Registry
from rapport.people.models import Person
from rapport.surveys.models import Survey
from rapport.ui import parts


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A page about one survey; its address takes the survey's key, and everything below it belongs to the tab."""

    label: str | Promise
    url_name: str
    order: int = 50
    permission: str = "surveys.see"
    also: tuple[str, ...] = ()  # further addresses that belong to it, with what is below them


tabs: Registry[Tab] = Registry("surveys.tabs", key=lambda tab: tab.url_name)


def tabs_of(survey: Survey, person: Person, path: str) -> list[parts.Tab]:
    """Those that open for this person, with the one that the path belongs to."""
    mine = [tab for tab in sorted(tabs, key=lambda tab: tab.order) if person.has_perm(tab.permission, survey)]
    urls = {tab.url_name: reverse(tab.url_name, args=[survey.pk]) for tab in mine}
    owners = {reverse(name, args=[survey.pk]): tab.url_name for tab in mine for name in (tab.url_name, *tab.also)}
    here = owners.get(max((url for url in owners if path.startswith(url)), key=len, default=""), "")
    return [parts.Tab(tab.label, urls[tab.url_name], tab.url_name == here) for tab in mine]
