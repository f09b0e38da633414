"""The form in which somebody says which column is what, for tables that are not known by themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.community.models import CensusTable, Dimension, words_of

_LONG, _WIDE = "long", "wide"
_MOST = 80


class ColumnsForm(forms.Form):
    """Which row has the names, which column the area, and then either the band's column or one column for each band."""

    header = forms.IntegerField(
        label=gettext_lazy("Row with the names of the columns"), min_value=1, max_value=50, initial=1
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("The table has"),
        choices=[
            (_WIDE, gettext_lazy("one column for each band")),
            (_LONG, gettext_lazy("one row for each area and band")),
        ],
    )

    def __init__(self, *args: Any, table: CensusTable, **kwargs: Any) -> None:
        self.table, stored = table, table.columns
        shape = _LONG if stored.get("band") is not None else _WIDE
        kwargs["initial"] = {"header": stored.get("header", 0) + 1, "shape": shape}
        super().__init__(*args, **kwargs)
        self.row = self._header()
        self.names = [str(cell).strip() for cell in table.grid[self.row]] if self.row < len(table.grid) else []
        every = [("", "–"), *((str(place), name or f"({place + 1})") for place, name in enumerate(self.names))]
        for name, label, needed in (
            ("area", _("Column of the area"), True),
            ("name", _("Column of the area's name"), False),
            ("band", _("Column of the band"), False),
            ("number", _("Column of the number"), False),
            ("margin", _("Column of the margin of error"), False),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=every, coerce=int, empty_value=None, required=needed, initial=stored.get(name)
            )
        self._add_bands(stored)

    def _header(self) -> int:
        text = str(self.data.get("header", "")) if self.is_bound else ""
        return int(text) - 1 if text.isdecimal() and 0 < int(text[:4]) <= 50 else self.table.columns.get("header", 0)

    def _add_bands(self, stored: dict[str, Any]) -> None:
        """A choice of band for each word of the band column, or for each column that could be one."""
        groups: list[tuple[str, Any]] = [("", _("leave out"))]
        for dimension in Dimension.objects.prefetch_related("bands"):
            pairs = [(f"{dimension.slug}/{band.slug}", str(band)) for band in dimension.bands.all()]
            groups.append((str(dimension), pairs))
        self.words: list[str] = []
        self.wide: list[int] = []
        if stored.get("band") is not None:
            self.words = words_of(self.table.grid, stored.get("header", 0), stored["band"], _MOST)
            for place, word in enumerate(self.words):
                initial = stored.get("words", {}).get(word, "")
                self._choice(f"word_{place}", word, groups, initial)
        else:
            taken = {stored.get("area"), stored.get("name")}
            self.wide = [place for place, name in enumerate(self.names) if name and place not in taken][:_MOST]
            for place in self.wide:
                initial = stored.get("wide", {}).get(str(place), "")
                self._choice(f"wide_{place}", self.names[place], groups, initial)

    def _choice(self, name: str, label: str, groups: list[tuple[str, Any]], initial: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=groups, required=False, initial=initial)

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("header", "shape", "area", "name", "band", "number", "margin")]

    def bands(self) -> list[forms.BoundField]:
        return [self[f"word_{place}"] for place in range(len(self.words))] + [self[f"wide_{p}"] for p in self.wide]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("header", 1) > len(self.table.grid):
            self.add_error("header", _("The table has no such row."))
        if told.get("shape") == _LONG:
            for name in ("band", "number"):
                if told.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Please choose a column."))
        return told

    def stored(self) -> dict[str, Any]:
        """The mapping as the table keeps it."""
        told = self.cleaned_data
        kept: dict[str, Any] = {"header": told["header"] - 1, "area": told["area"], "name": told["name"]}
        if told["shape"] == _LONG:
            words = {word: told[f"word_{place}"] for place, word in enumerate(self.words) if told[f"word_{place}"]}
            plain = {name: told[name] for name in ("band", "number", "margin")}
            return kept | plain | {"words": words}
        wide = {str(place): told[f"wide_{place}"] for place in self.wide if told[f"wide_{place}"]}
        return kept | {"wide": wide, "wide_margins": self._margins(wide)}

    def _margins(self, wide: dict[str, str]) -> dict[str, int]:
        """A number's margin stands in the column of the same name with M for E at its end."""
        places = {name: place for place, name in enumerate(self.names)}
        pairs = (
            (key, places.get(self.names[int(key)][:-1] + "M")) for key in wide if self.names[int(key)].endswith("E")
        )
        return {key: margin for key, margin in pairs if margin is not None}
