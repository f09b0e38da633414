"""Translations are kept as text (.po) and compiled on first use, so nobody needs gettext installed."""

import os
from pathlib import Path


def compiled_catalogues(source: Path, target: Path) -> Path:
    """Compile each `<language>/LC_MESSAGES/django.po` that is newer than its compiled copy below `target`."""
    for words in source.glob("*/LC_MESSAGES/*.po"):
        ready = (target / words.relative_to(source)).with_suffix(".mo")
        if not ready.exists() or ready.stat().st_mtime_ns < words.stat().st_mtime_ns:
            _compile(words, ready)
    target.mkdir(parents=True, exist_ok=True)
    return target


def _compile(words: Path, ready: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    ready.parent.mkdir(parents=True, exist_ok=True)
    fresh = ready.with_suffix(f".{os.getpid()}")
    with words.open("rb") as text, fresh.open("wb") as binary:
        write_mo(binary, read_po(text, locale=words.parent.parent.name))
    fresh.replace(ready)
