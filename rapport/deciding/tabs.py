"""The tabs of a process at the desk. Each part hangs its own from `hooks.py`: `tabs.add(Tab(...))`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from rapport.deciding.models import Process
from rapport.lib.registry import Registry
from rapport.people.models import Person
from rapport.ui import parts


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A page about one process; its address takes the key of the decision, and all below it belongs to the tab."""

    label: str | Promise
    url_name: str
    order: int = 50
    permission: str = "deciding.see"
    also: tuple[str, ...] = ()  # further addresses that belong to it, with what is below them
    when: Callable[[Process], bool] | None = None  # only while there is something behind it


tabs: Registry[Tab] = Registry("deciding.tabs", key=lambda tab: tab.url_name)


def tabs_of(process: Process, person: Person, path: str) -> list[parts.Tab]:
    """Those that open for this person, with the one that the path belongs to."""
    mine = [tab for tab in sorted(tabs, key=lambda tab: tab.order) if _opens(tab, process, person)]
    urls = {tab.url_name: reverse(tab.url_name, args=[process.decision_id]) for tab in mine}
    owners = {
        reverse(name, args=[process.decision_id]): tab.url_name for tab in mine for name in (tab.url_name, *tab.also)
    }
    here = owners.get(max((url for url in owners if path.startswith(url)), key=len, default=""), "")
    return [parts.Tab(tab.label, urls[tab.url_name], tab.url_name == here) for tab in mine]


def _opens(tab: Tab, process: Process, person: Person) -> bool:
    return person.has_perm(tab.permission, process.decision) and (tab.when is None or tab.when(process))
