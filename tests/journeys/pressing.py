"""Pressing what a page offers: in the browser, or as a signed-in client that sends the page's own forms back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.forms import BaseForm
from django.test import Client

Page = Any
Words = str | Mapping[str, str]


# ── In the browser ──


def fill(form: Any, **values: Any) -> None:
    """Each field by its name."""
    for name, value in values.items():
        _fill_one(form.locator(f'[name="{name}"]'), value)


def _fill_one(box: Any, value: Any) -> None:
    kind = box.first.evaluate("field => field.type")
    if kind == "radio":
        box.and_(box.page.locator(f'[value="{value}"]')).check(force=True)
    elif kind == "checkbox":
        box.first.set_checked(bool(value))
    elif kind.startswith("select"):
        box.first.select_option(str(value))
    else:
        box.first.fill(str(value))


def ask_for_themes(page: Page) -> None:
    """From the page of themes: let the house look at all voices."""
    form = page.locator('form[action$="/desk/proposals/"]').last
    folded = page.locator("details.confirm", has=form)
    if folded.count() and folded.first.get_attribute("open") is None:
        folded.first.locator("summary").first.click()
    form.get_by_role("button", name="Propose themes").click()
    page.wait_for_url("**/desk/proposals/*/")


def name_and_confirm(page: Page, group: int, label: Mapping[str, str]) -> None:
    """On the page of a proposal: one group gets its name and is a theme."""
    card = page.locator("article.group").nth(group)
    key = card.locator('[name="only"]').first.get_attribute("value")
    others = card.locator("details.words__others", has=page.locator(f'[name^="g{key}-label_"]'))
    if others.first.get_attribute("open") is None:
        others.first.locator("summary").click()
    fill(card, **{f"g{key}-label_{language}": words for language, words in label.items()})
    card.get_by_role("button", name="This is a theme").click()


# ── At the desk, without a browser ──


@dataclass
class Form:
    action: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    """The forms of a page, and what each would send if it were sent as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = [Form()]
        self.at = self.forms[0]
        self.open_name = ""
        self.options: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self.at = Form(said.get("action", ""))
            self.forms.append(self.at)
        elif tag == "input" and name:
            kept = self.at.fields.setdefault(name, [])
            if said.get("type") not in {"radio", "checkbox"} or "checked" in said:
                kept.append(said.get("value", "on" if "checked" in said else ""))
        elif tag in {"select", "textarea"}:
            self.open_name = name
            self.at.fields.setdefault(name, [])
            self.options = []
        elif tag == "option":
            self.options.append(said.get("value", ""))
            if "selected" in said:
                self.at.fields[self.open_name].append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.at = self.forms[0]
        elif tag == "textarea":
            self.open_name = ""
        elif tag == "select" and self.open_name:
            self.at.fields[self.open_name] = self.at.fields[self.open_name] or self.options[:1]
            self.open_name = ""

    def handle_data(self, data: str) -> None:
        if self.open_name and (self.get_starttag_text() or "").startswith("<textarea"):
            self.at.fields[self.open_name].append(data.strip())


def send(client: Client, path: str, ending: str = "", **said: Any) -> str:
    """Fill the form that a page sends to an address with this end. Where it leads."""
    page = client.get(path)
    assert page.status_code == 200, f"{path} answered {page.status_code}"
    forms = [one for one in _Forms(page.text).forms[1:] if _leads(one, ending)]
    assert forms, f"{path} has no form to {ending or 'itself'}"
    values = forms[-1].fields | dict(_named(forms[-1], said))
    answer = client.post(forms[-1].action or path, values)
    assert answer.status_code == 302, f"{forms[-1].action or path} answered {answer.status_code}: {_refusals(answer)}"
    return str(answer["Location"])


def _leads(form: Form, ending: str) -> bool:
    if ending:
        return form.action.endswith(ending)
    return not form.action and "csrfmiddlewaretoken" in form.fields


def _named(form: Form, said: Mapping[str, Any]) -> Any:
    """Words go to the field of their language, the house's own if none is named."""
    for name, value in said.items():
        in_languages = value if isinstance(value, Mapping) else {"en": value}
        several = {f"{name}_{language}": [str(words)] for language, words in in_languages.items()}
        found = {name: [str(value)]} if name in form.fields else several
        assert found.keys() <= form.fields.keys(), f"There is no {name} among {sorted(form.fields)}"
        yield from found.items()


def _refusals(answer: Any) -> list[dict[str, Any]]:
    shown = [value for part in answer.context or [] for value in part.flatten().values()]
    return [dict(form.errors) for form in shown if isinstance(form, BaseForm) and form.errors][:1]


def link(client: Client, path: str, goal: str) -> str:
    """The link to a goal, once a page was seen to have it."""
    assert f'href="{goal}"' in client.get(path).text, f"{path} does not lead to {goal}"
    return goal
