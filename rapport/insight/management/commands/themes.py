"""`rapport themes FILE --text C`: what the comments in a file speak of, and the theme of each row."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.insight.methods.themes.proposal import Part, Proposal, ProposedTheme
from rapport.insight.methods.themes.themes import propose_themes
from rapport.lib.tables import Table, UnreadableTable


class Command(BaseCommand):
    help = (
        "Propose themes for the comments in a CSV or XLSX file: near-copies folded, grouped by meaning across"
        " languages, with phrases, typical and dissenting voices and sub-themes. Nothing is sent anywhere."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text", required=True, metavar="COLUMN")
        parser.add_argument("--k", type=int, metavar="N", help="How many themes; without, as many as lie apart clearly")
        parser.add_argument("--language", default="", metavar="CODE", help="Of all comments; without, it is guessed")
        parser.add_argument("--seed", type=int, default=0, help="The same seed gives the same themes (0)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        if asked["k"] is not None and asked["k"] < 1:
            raise CommandError(_("Ask for at least one theme"), returncode=2)
        try:
            texts = Table(asked["file"]).column(asked["text"])
        except (OSError, UnreadableTable) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        languages = [asked["language"]] * len(texts) if asked["language"] else None
        found = propose_themes(texts, languages, asked["k"], asked["seed"])
        if asked["json"]:
            self.stdout.write(json.dumps(_facts(found, texts), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_in_words(found, texts)))


def _facts(found: Proposal, texts: list[str]) -> dict[str, Any]:
    return {
        "themes": [_theme(theme, texts) for theme in found.themes],
        "assignments": [place.theme for place in found.places],
        "closeness": [place.closeness for place in found.places],
        "clearness": found.clearness,
    }


def _theme(theme: ProposedTheme, texts: list[str]) -> dict[str, Any]:
    return {
        **_part(theme, texts),
        "dissenting": [texts[i] for i in theme.dissenting],
        "languages": dict(theme.languages),
        "parts": [_part(part, texts) for part in theme.parts],
    }


def _part(part: ProposedTheme | Part, texts: list[str]) -> dict[str, Any]:
    return {
        "label": part.label,
        "phrases": [phrase.words for phrase in part.phrases],
        "typical": [texts[i] for i in part.typical],
        "n": part.voices,
    }


def _in_words(found: Proposal, texts: list[str]) -> Iterator[str]:
    if not found.themes:
        yield _("Nothing is said in these comments.")
    for number, theme in enumerate(found.themes, 1):
        voices = ngettext("%(n)s voice", "%(n)s voices", theme.voices) % {"n": theme.voices}
        yield f"{number}. {theme.label} ({voices})"
        yield from (f"   “{_short(texts[i])}”" for i in theme.typical[:3])
        yield from (_("   but: “%(words)s”") % {"words": _short(texts[i])} for i in theme.dissenting[:1])
        yield from (f"   – {part.label} ({part.voices})" for part in theme.parts)
    silent = sum(place.theme is None for place in found.places)
    if silent:
        yield ngettext("%(n)s says nothing.", "%(n)s say nothing.", silent) % {"n": silent}


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 160 else words[:159] + "…"
