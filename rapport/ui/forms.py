"""How forms look: labels, help and errors of every field in one place, all of it native Django."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise

from rapport.ui.words import WordsFormField, WordsInput

Words = str | Promise
__all__ = ["RadioCards", "Renderer", "Sentence", "WordsFormField", "WordsInput"]


class Renderer(TemplatesSetting):
    """Renders forms with the site's own templates, so `{{ form }}` and `{{ field.as_field_group }}` are ours."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class RadioCards(forms.RadioSelect):
    """A choice whose options deserve room: each is a card that can be pressed anywhere, with an icon and a note."""

    def __init__(self, *, notes: Mapping[str, Words] = {}, icons: Mapping[str, str] = {}, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.notes, self.icons = notes, icons

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["looks"] = "cards"
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"note": self.notes.get(str(value), ""), "icon": self.icons.get(str(value), "")}


class Sentence(forms.Form):
    """Filters that read as a sentence: each field's label is the word before it ("at", "in", "that are").

    A subclass may narrow the list itself with `narrow_<field>(rows, value)`; otherwise the field's
    name is taken as a lookup.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
