"""One press of a button on a page of questions: what was sent, what can be taken, and what it opens."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from rapport.surveys.methods import Checked, Complaint, Fault, Page, Raw, Row, answered_page, questions_for
from rapport.surveys.walk import Walk, names_on


@dataclass
class Turn:
    """What was sent under the names of columns, and, from the form itself, which questions could be seen."""

    walk: Walk
    page: Page
    raw: Raw
    shown: frozenset[str] = frozenset()
    wish: str = "next"

    @classmethod
    def of_request(cls, request: HttpRequest, walk: Walk, page: Page) -> "Turn":
        raw = {name: request.POST.getlist(name) for name in request.POST if not name.startswith(":")}
        shown = frozenset(request.POST.getlist(":shown"))
        return cls(walk, page, raw, shown, request.POST.get(":go", "next"))

    @cached_property
    def checked(self) -> Checked:
        return answered_page(self.page, self.raw, self.walk.row)

    @cached_property
    def row(self) -> Row:
        """All answers as they are with these."""
        elsewhere = {name: value for name, value in self.walk.row.items() if name not in names_on(self.page)}
        return elsewhere | self.checked.row

    @property
    def opened(self) -> list[str]:
        """The questions that these answers ask for, but that could not be seen when they were given."""
        asked = questions_for(self.page, self.row)
        return [one.key for one in asked if one.asks and one.key not in self.shown]

    @property
    def complaints(self) -> list[Complaint]:
        """About what could be seen."""
        return [one for one in self.checked.complaints if one.column.partition(".")[0] not in self.opened]

    @property
    def told(self) -> Checked:
        return Checked(self.checked.row, self.complaints)

    @property
    def sound(self) -> Row:
        """What was taken, without what cannot be taken as it is."""
        wrong = {complaint.column for complaint in self.checked.complaints if complaint.fault != Fault.REQUIRED}
        return {name: value for name, value in self.checked.row.items() if name not in wrong}
