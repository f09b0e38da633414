from datetime import time
from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from rapport.places.models import Branch, Space
from rapport.places.models.branch import Weekday
from rapport.ui.forms import WordsFormField

OPENINGS = 2  # a day with a break at noon has two


class BranchForm(forms.ModelForm):  # type: ignore[type-arg]
    name = WordsFormField(label=_("Name"), max_length=120)
    about = WordsFormField(label=_("In a sentence"), max_length=300, required=False)
    service_area = WordsFormField(label=_("Whom it serves"), max_length=300, required=False)
    access = WordsFormField(
        label=_("Access"),
        long=True,
        required=False,
        help_text=_("Step-free entrance, hearing loop, parking, quiet hours, and so on"),
    )

    class Meta:
        model = Branch
        fields = ("name", "about", "address", "phone", "email", "service_area", "access", "latitude", "longitude")
        labels = {
            "address": _("Address"),
            "phone": _("Phone"),
            "email": _("E-mail"),
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
        }
        help_texts = {"latitude": _("Such as 41.8781: for the drawing of your branches. Leave both empty for a list.")}
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}


class NewBranchForm(BranchForm):
    slug = forms.SlugField(
        label=_("Short name for its address on the web"), max_length=50, help_text=_("Such as “riverside”; it stays.")
    )

    class Meta(BranchForm.Meta):
        fields = ("name", "slug", *BranchForm.Meta.fields[1:])  # type: ignore[assignment]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug == "new" or Branch.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another branch has this short name. Please choose another."))
        return slug


class HoursForm(forms.Form):
    """A week: each day's openings, two at most, empty where the branch is closed."""

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branch = branch
        held = {day: [h for h in branch.hours.all() if h.weekday == day] for day in range(7)}
        for day, name in Weekday.choices:
            for part in range(OPENINGS):
                hours = held[day][part] if part < len(held[day]) else None
                self._add(f"opens_{day}_{part}", _("%(day)s, opens") % {"day": name}, hours.opens if hours else None)
                self._add(f"closes_{day}_{part}", _("%(day)s, closes") % {"day": name}, hours.closes if hours else None)

    def _add(self, name: str, label: str, initial: time | None) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        self.fields[name] = forms.TimeField(label=label, required=False, initial=initial, widget=widget)

    def days(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """The week as a grid reads it."""
        return [
            (str(name), [(self[f"opens_{day}_{part}"], self[f"closes_{day}_{part}"]) for part in range(OPENINGS)])
            for day, name in Weekday.choices
        ]

    def clean(self) -> dict[str, Any]:
        for day in range(7):
            before: time | None = None
            for part in range(OPENINGS):
                before = self._look_at(f"{day}_{part}", before)
        return self.cleaned_data

    def _look_at(self, opening: str, before: time | None) -> time | None:
        """Both hours or none, in order, and after the opening before."""
        opens, closes = self.cleaned_data.get(f"opens_{opening}"), self.cleaned_data.get(f"closes_{opening}")
        if f"opens_{opening}" in self.errors or f"closes_{opening}" in self.errors:
            return before
        if (opens is None) != (closes is None):
            missing = "opens" if opens is None else "closes"
            self.add_error(f"{missing}_{opening}", _("Please give both hours, or none."))
        elif opens and closes and closes <= opens:
            self.add_error(f"closes_{opening}", _("This is not after the hour of opening."))
        elif opens and before and opens <= before:
            self.add_error(f"opens_{opening}", _("The second opening begins after the first has ended."))
        return closes or before

    @transaction.atomic
    def save(self) -> None:
        self.branch.hours.all().delete()
        for day in range(7):
            for part in range(OPENINGS):
                opens = self.cleaned_data[f"opens_{day}_{part}"]
                if opens:
                    self.branch.hours.create(weekday=day, opens=opens, closes=self.cleaned_data[f"closes_{day}_{part}"])


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class ClosureForm(forms.Form):
    first = _day(_("First day"))
    last = _day(_("Last day"))
    why = WordsFormField(label=_("Why"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        return self.cleaned_data


class SpaceForm(forms.ModelForm):  # type: ignore[type-arg]
    name = WordsFormField(label=_("Name"), max_length=120)
    about = WordsFormField(label=_("In a sentence"), max_length=300, required=False)

    class Meta:
        model = Space
        fields = ("name", "about", "order")
        labels = {"order": _("Place in the list")}

    def save_in(self, branch: Branch) -> Space:
        """A new space gets a short name of its own in this branch; an old one keeps it, posters show it."""
        space: Space = self.save(commit=False)
        if not space.pk:
            space.branch, space.slug = branch, _free_slug(branch, str(space.name))
        space.save()
        return space


def _free_slug(branch: Branch, name: str) -> str:
    taken = set(branch.spaces.values_list("slug", flat=True))
    stem = slugify(name)[:40] or "space"
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
