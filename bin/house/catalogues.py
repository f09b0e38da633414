"""Find the words of the house in Python and in templates, and keep each language's catalogue whole.

    bin/words [--check] [--into FOLDER] [LANGUAGE ...]

A further language is named here once: bin/words fr makes its file, and from then on it is kept with the others.
Runs in the development environment (Babel, Django); nobody needs gettext installed.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "rapport"
OURS = ["es", "ar"]  # whole from the start; English is in the code itself
LAZY = {f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if name.endswith("gettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY, "gettext_noop": None, "gettext_lazy": None}
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|gettext|pgettext|ngettext|npgettext)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")
PLACE = re.compile(r"%\(\w+\)[a-z]|%%[a-z]\b|%[sd]|\{\w*\}")
# gettext's usual order (none, one, two, few, many, others); Babel's own differs in the last two.
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
)
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Found = tuple[str, int, tuple[str, ...], str | None]


def main() -> int:
    options = _options()
    words = template()
    languages = sorted({*OURS, *options.languages, *(path.parts[-3] for path in _files(options.into))})
    if not options.check:
        for language in languages:
            bring_up_to_date(options.into, language, words)
    faults = [fault for language in languages for fault in faults_of(options.into, language, words)]
    print("\n".join(faults))
    print(f"{len(words)} strings in {', '.join(languages)}: {len(faults)} faults")
    return 1 if faults and options.check else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/words", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="languages to add")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where something is missing")
    parser.add_argument("--into", type=Path, default=ROOT / "locale", help=argparse.SUPPRESS)
    return parser.parse_args()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/django.po"))


def template() -> Catalog:
    """Every string of the house, each with the files where it stands."""
    words = Catalog(project="Rapport", charset="utf-8", fuzzy=False)
    for path, line, ids, context in [*_in_python(), *_in_templates()]:
        words.add(ids if len(ids) > 1 else ids[0], locations=[(path, line)], context=context)
    return words


def _in_python() -> Iterator[Found]:
    for path in sorted(CODE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            with path.open("rb") as file:
                for line, ids, _comments, context in extract("python", file, keywords=KEYWORDS):
                    yield _name(path), line, _as_tuple(ids), context


def _in_templates() -> Iterator[Found]:
    for path in sorted(path for kind in ("html", "txt", "svg") for path in CODE.rglob(f"templates/**/*.{kind}")):
        code = templatize(path.read_text(), origin=str(path))
        for call in CALL.finditer(code):
            said = [ast.literal_eval(text) for text in re.findall(TEXT, call[2])]
            context = said.pop(0) if call[1] in {"pgettext", "npgettext"} else None
            yield _name(path), code.count("\n", 0, call.start()) + 1, tuple(said), context


def _as_tuple(ids: Any) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else tuple(part for part in ids if part)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def bring_up_to_date(folder: Path, language: str, words: Catalog) -> None:
    """Add what is new, drop what is gone, keep every translation."""
    path = folder / language / "LC_MESSAGES" / "django.po"
    catalog = _read(path, language) or Catalog(locale=language, charset="utf-8", fuzzy=False)
    catalog.update(words, no_fuzzy_matching=True, update_creation_date=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    plurals = ARABIC if language == "ar" else catalog.plural_forms
    with path.open("wb") as file:
        file.write(HEADER.format(language=language, plurals=plurals).encode())
        write_po(
            file, catalog, width=110, omit_header=True, ignore_obsolete=True, sort_output=True, include_lineno=False
        )


def _read(path: Path, language: str) -> Catalog | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language)


def faults_of(folder: Path, language: str, words: Catalog) -> Iterator[str]:
    catalog = _read(folder / language / "LC_MESSAGES" / "django.po", language)
    if catalog is None:
        yield f"{language}: there is no catalogue yet"
        return
    for gone in [*catalog.obsolete.values(), *(message for message in catalog if _is_gone(message, words))]:
        yield f"{language}: no longer used: {gone.id!r}"
    for message in words:
        if message.id:
            yield from (f"{language}: {fault}: {message.id!r}" for fault in _faults(message, catalog))


def _is_gone(message: Message, words: Catalog) -> bool:
    return bool(message.id) and words.get(message.id, message.context) is None


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    found = catalog.get(message.id, message.context)
    said = found.string if found else ""
    forms = said if isinstance(said, tuple | list) else (said,)
    if found is None or not all(forms) or (message.pluralizable and len(forms) != catalog.num_plurals):
        yield "missing"
        return
    if found.fuzzy:
        yield "fuzzy"
    if not _places_agree(message, forms):
        yield "other placeholders than the original"


def _places_agree(message: Message, forms: tuple[str, ...]) -> bool:
    """Each form speaks of what the original speaks of; only one or two of something need not say the number."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wanted = {place for text in ids for place in PLACE.findall(text)}
    if not all(set(PLACE.findall(form)) <= wanted for form in forms):
        return False
    return wanted == set(PLACE.findall(forms[-1]))


if __name__ == "__main__":
    sys.exit(main())
