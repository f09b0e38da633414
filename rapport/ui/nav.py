"""Where one can go. Areas hang their doors here from `hooks.py`; each person sees those that open for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.lib.registry import Registry

Face = Literal["public", "foot", "desk", "account"]  # foot: public too, below the page
Words = str | Promise

STAGES: dict[str, Words] = {
    "": "",
    "listen": _("Listen"),
    "understand": _("Understand"),
    "decide": _("Decide"),
    "deliver": _("Deliver"),
    "measure": _("Measure"),
    "report": _("Report back"),
    "house": _("House"),
}


@dataclass(frozen=True, kw_only=True)
class NavItem:
    face: Face
    label: Words
    url_name: str
    icon: str = ""
    stage: str = ""  # desk: a key of STAGES; "" stands above the loop ("Today")
    order: int = 50
    permission: str = ""
    exact: bool = False  # leads here only, not to what lies below it
    thumb: bool = False  # public: also in the bar under the thumb on a phone
    kwargs: dict[str, object] = field(default_factory=dict)
    when: Callable[[], bool] | None = None  # only while there is something behind it

    @property
    def url(self) -> str:
        return reverse(self.url_name, kwargs=self.kwargs)

    def opens_for(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        if self.permission and not user.has_perm(self.permission):  # type: ignore[union-attr]
            return False
        return self.when is None or self.when()


items: Registry[NavItem] = Registry("nav", key=lambda item: (item.face, item.url_name, str(item.kwargs)))
add = items.add


@dataclass(frozen=True)
class Door:
    """A nav item as one person sees it on one page."""

    item: NavItem
    url: str
    is_here: bool


def doors(face: Face, request: HttpRequest | None) -> list[Door]:
    user = getattr(request, "user", None) or AnonymousUser()
    path = request.path if request else ""
    mine = sorted((item for item in items if item.face == face and item.opens_for(user)), key=_place)
    urls = [item.url for item in mine]
    here = max((item.url for item in mine if _leads_to(item, path)), key=len, default=None)
    return [Door(item, url, url == here) for item, url in zip(mine, urls, strict=True)]


def _place(item: NavItem) -> tuple[int, int]:
    return list(STAGES).index(item.stage), item.order


def _leads_to(item: NavItem, path: str) -> bool:
    return path == item.url or (not item.exact and len(item.url) > 1 and path.startswith(item.url))


def by_stage(face: Face, request: HttpRequest | None) -> Iterator[tuple[str, Words, list[Door]]]:
    for stage, group in groupby(doors(face, request), key=lambda door: door.item.stage):
        yield stage, STAGES[stage], list(group)
