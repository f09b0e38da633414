"""The two forms of registering: how many and when; then who."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.deciding.models import Card
from rapport.programs.models import RegistrationRules, Session
from rapport.programs.registering.questions import field_of, is_asked

_GROWN_UP = 18


class BeginForm(forms.Form):
    """How many come, and to which dates. Who they are is asked next, while the places are kept."""

    heads = forms.IntegerField(label=gettext_lazy("How many of you come?"), min_value=1, initial=1)
    dates = forms.MultipleChoiceField(
        label=gettext_lazy("To which dates?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    card = forms.CharField(
        label=gettext_lazy("The number of your library card"), max_length=40,
        help_text=gettext_lazy("Cardholders can register first. We check the number and do not keep it."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, rules: RegistrationRules, dates: Iterable[tuple[int, str]] = (),
                 wants_card: bool = False, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(data, **kwargs)
        self.choosable = list(dates)
        self.fields["heads"].max_value = rules.most_heads  # type: ignore[attr-defined]
        self.fields["heads"].widget.attrs.update(min=1, max=rules.most_heads, inputmode="numeric")
        self.most = rules.most_heads
        if not wants_card:
            del self.fields["card"]
        if len(self.choosable) > 1:
            self.fields["dates"].choices = [(str(key), label) for key, label in self.choosable]  # type: ignore[attr-defined]
            self.fields["dates"].error_messages["required"] = _("Choose at least one date.")
            self.fields["dates"].required = True
        else:
            del self.fields["dates"]

    def clean_heads(self) -> int:
        heads: int = self.cleaned_data["heads"]
        if heads > self.most:
            said = _("Up to %(n)d people fit on one form. Are you a larger group? Call or write to us: we find a way.")
            raise forms.ValidationError(said % {"n": self.most})
        return heads

    def clean_card(self) -> str:
        if not Card.objects.knows(self.cleaned_data["card"]):
            raise forms.ValidationError(
                _("We do not find this number. Look at the back of the card, or ask at the desk.")
            )
        return ""  # nobody needs it any more

    @property
    def chosen(self) -> list[int]:
        return [int(key) for key in self.cleaned_data.get("dates", [])] or [key for key, _label in self.choosable]


class HouseholdForm(forms.Form):
    """Who can be reached, and who comes: a line for each, with the age on that day where the rules ask for one."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("For your confirmation, and the link with which you cancel"),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )

    def __init__(self, data: Any = None, *, heads: int, rules: RegistrationRules, dates: Iterable[Session] = (),
                 is_desk: bool = False, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(data, **kwargs)
        self.rules, self.heads, self.session_dates = rules, heads, list(dates)
        self.asks_ages = rules.age_from is not None or rules.age_to is not None
        self.is_alone = heads == 1 and not self.asks_ages
        for name, auto in (("name", "name"), ("email", "email"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = auto
        if is_desk:
            self.fields["email"].required = False
            self.fields["name"].label = _("Name")
        for line in range(0 if self.is_alone else heads):
            self._add_line(line)
        for question in rules.questions:
            self.fields[f"q-{question['id']}"] = field_of(question, rules.questions)

    def _add_line(self, line: int) -> None:
        self.fields[f"who-{line}"] = forms.CharField(
            label=_("First name or nickname"), max_length=80, required=False,
            widget=forms.TextInput({"autocomplete": "off"}),
        )  # fmt: skip
        if self.asks_ages:
            self.fields[f"age-{line}"] = forms.IntegerField(
                label=_("Age on that day"), min_value=0, max_value=130, required=False,
                widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
            )  # fmt: skip

    @property
    def lines(self) -> list[tuple[int, forms.BoundField, forms.BoundField | None]]:
        if self.is_alone:
            return []
        return [(n + 1, self[f"who-{n}"], self[f"age-{n}"] if self.asks_ages else None) for n in range(self.heads)]

    @property
    def reach(self) -> list[forms.BoundField]:
        return [self["name"], self["email"], self["phone"]]

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[f"q-{question['id']}"] for question in self.rules.questions]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.people = self._people(given)
        if not self.people and not self.errors:
            self.add_error("who-0", _("Write at least one name: a first name or a nickname is enough."))
        self.answers = self._answers(given)
        return given

    def _people(self, given: dict[str, Any]) -> list[tuple[str, int | None]]:
        if self.is_alone:
            return [(given.get("name", ""), None)]
        people = []
        for line in range(self.heads):
            name, age = given.get(f"who-{line}", "").strip(), given.get(f"age-{line}")
            if not name and age is None:
                continue  # a line that is left empty is somebody who does not come
            if not name:
                self.add_error(f"who-{line}", _("What shall we call them? A first name or a nickname is enough."))
            elif self.asks_ages:
                self._check_age(line, age)
            people.append((name, age))
        if self.asks_ages and people and not any(self._fits(age) for _name, age in people) and not self.errors:
            self.add_error("age-0", _("Nobody of you is %(ages)s. It is for them.") % {"ages": self.ages})
        return people

    def _fits(self, age: int | None) -> bool:
        return age is not None and self.rules.fits(age)

    def _check_age(self, line: int, age: int | None) -> None:
        comes_along = self.rules.grown_ups and (age is None or age >= _GROWN_UP)
        if f"age-{line}" in self.errors or self._fits(age) or comes_along:
            return
        if age is None:
            self.add_error(f"age-{line}", _("How old are they on that day? A number of years is enough."))
        else:
            said = _("This is for people who are %(ages)s. Ask us what we have for their age: we are glad to find it.")
            self.add_error(f"age-{line}", said % {"ages": self.ages})

    @property
    def ages(self) -> str:
        first, last = self.rules.age_from, self.rules.age_to
        if last is None:
            return _("%(from)d or older") % {"from": first}
        if not first:
            return _("up to %(to)d years old") % {"to": last}
        return _("from %(from)d to %(to)d years old") % {"from": first, "to": last}

    def _answers(self, given: dict[str, Any]) -> dict[str, str]:
        answers: dict[str, str] = {}
        for question in self.rules.questions:
            name = f"q-{question['id']}"
            value = given.get(name) or ""
            if not is_asked(question, answers):
                continue  # what was written there all the same is not kept
            if question.get("required") and not value and name not in self.errors:
                self.add_error(name, _("Please answer this: we need it to prepare."))
            if value:
                answers[question["id"]] = value
        return answers

    @property
    def contact(self) -> dict[str, Any]:
        known = {name: self.cleaned_data.get(name, "") for name in ("name", "email", "phone")}
        return {**known, "answers": self.answers}
