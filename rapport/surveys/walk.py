"""Where somebody is on their way through the questions, as their answers so far lead them."""

import json

from django.urls import reverse

from rapport.surveys.asking import raw_of
from rapport.surveys.methods import (
    Checked,
    Condition,
    Page,
    Row,
    answered_page,
    asked_only,
    columns_of_question,
    pages_for,
    questions_of,
)
from rapport.surveys.models import Sitting
from rapport.surveys.ways import Way


class Walk:
    """A sitting and the pages that it is shown. Pages have their number in the questionnaire, shown or not."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.questionnaire = sitting.edition.questionnaire
        self.way = Way.of_sitting(sitting)

    @property
    def row(self) -> Row:
        """The answers to what is asked after all other answers."""
        return asked_only(self.questionnaire, self.sitting.answers)

    @property
    def pages(self) -> list[Page]:
        return pages_for(self.questionnaire, self.row)

    def page(self, number: int) -> Page | None:
        every = self.questionnaire.pages
        page = every[number - 1] if 0 < number <= len(every) else None
        return page if page in self.pages else None

    def url(self, page: Page) -> str:
        number = self.questionnaire.pages.index(page) + 1
        return reverse("surveys:sitting", args=[self.sitting.code, number])

    def picture(self, name: str) -> str:
        return reverse("surveys:picture", args=[self.sitting.survey.slug, name])

    def until(self, page: Page) -> list[Page]:
        """The pages up to this one, shown or not."""
        return self.questionnaire.pages[: self.questionnaire.pages.index(page) + 1]

    def after(self, page: Page) -> Page | None:
        passed = self.until(page)
        return next((one for one in self.pages if one not in passed), None)

    def before(self, page: Page) -> Page | None:
        passed = self.until(page)[:-1]
        return next((one for one in reversed(self.pages) if one in passed), None)

    def go_on(self) -> str:
        """Where the next question waits: the first page of which nothing was answered, or the last."""
        row, pages = self.row, self.pages
        open_page = next((page for page in pages if not any(name in row for name in names_on(page))), None)
        return self.url(open_page or pages[-1])

    def judged(self, page: Page) -> Checked:
        """The answers that were kept to a page, judged again."""
        return answered_page(page, raw_of(page, self.row), self.row)

    def lacking(self) -> Page | None:
        """The first page on which something is still needed."""
        return next((page for page in self.pages if self.judged(page).complaints), None)

    @property
    def is_looked_over(self) -> bool:
        """Whether all answers are shown once more before they are sent: not at a kiosk, or where one page is all."""
        return self.sitting.survey.is_named or (len(self.pages) > 1 and not self.way.is_kiosk)

    def known_to(self, page: Page) -> str:
        """As JSON, the answers given elsewhere that conditions on this page look at."""
        looked_at = set[str]().union(*map(questions_of, _conditions(page)))
        return json.dumps({name: value for name, value in self.row.items() if name in looked_at - names_on(page)})


def names_on(page: Page) -> set[str]:
    return {column.name for question in page.questions for column in columns_of_question(question)}


def _conditions(page: Page) -> list[Condition | None]:
    choices = [choice.when for question in page.questions for choice in question.choices]
    return [*(question.when for question in page.questions), *choices]
