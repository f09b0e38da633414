"""Fields for words that a library writes itself, in each of its languages."""

from functools import partial
from typing import Any

from django import forms
from django.conf import settings

from rapport.lib.translated import Words, words
from rapport.ui.context import direction, own_name


class WordsInput(forms.MultiWidget):
    """One input for each of the house's languages, each in its own direction; only the first is asked for."""

    template_name = "ui/widgets/words.html"

    def __init__(self, *, long: bool = False, attrs: dict[str, Any] | None = None) -> None:
        kind = partial(forms.Textarea, attrs={"rows": 3}) if long else forms.TextInput
        super().__init__({code: kind() for code in settings.HOUSE.languages}, attrs)

    def decompress(self, value: Any) -> list[str]:
        spoken = words(value)
        return [spoken.get(code, "") for code in settings.HOUSE.languages]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value if isinstance(value, list) else self.decompress(value), attrs)
        for code, part in zip(settings.HOUSE.languages, context["widget"]["subwidgets"], strict=True):
            part["language"] = code
            part["attrs"] |= {"lang": code, "dir": direction(code)}
        rest = context["widget"]["subwidgets"][1:]
        context["widget"]["others"] = ", ".join(own_name(part["language"]) for part in rest)
        context["widget"]["speaks_others"] = any(part["value"] for part in rest)
        return context

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class WordsFormField(forms.MultiValueField):
    """Words in the languages of the house; one language is enough, what is missing is listed elsewhere."""

    def __init__(self, *, long: bool = False, max_length: int = 5000, **kwargs: Any) -> None:
        required = kwargs.pop("required", True)
        parts = [forms.CharField(required=False, max_length=max_length) for _code in settings.HOUSE.languages]
        super().__init__(parts, widget=WordsInput(long=long), require_all_fields=False, required=required, **kwargs)

    def compress(self, data_list: list[str]) -> Words:
        pairs = zip(settings.HOUSE.languages, data_list or [], strict=False)
        return Words({code: text.strip() for code, text in pairs if text and text.strip()})
