"""What no file of the house may say, and what each must."""

import re
import subprocess
from pathlib import Path

import pytest

from rapport.configuration import Configuration
from tests.house.ground import ROOT

HERE = Path(__file__).name
TEXTS = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".po", ".sh", ".yml", ".yaml", ".json", ".svg", ""}
HOSTS = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "jsdeliver", "cdn" + "js", "unpkg", "googleapis"]
PLACES = re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/[a-z]")
UNDONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")


def our_files() -> list[Path]:
    """The files of the repository; in a copy without its history, all but what it makes itself."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    paths = [ROOT / name for name in listed if name] or [
        path for path in ROOT.rglob("*") if not any(part.startswith((".venv", "var", ".git")) for part in path.parts)
    ]
    return [path for path in paths if path.is_file() and path.suffix in TEXTS and path.name not in {HERE, "LICENSE"}]


def saying(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in our_files()
        if (found := pattern.search(path.read_text(errors="replace")))
    ]


@pytest.mark.parametrize("pattern", [re.compile("|".join(map(re.escape, HOSTS))), PLACES], ids=["host", "place"])
def test_no_file_names_a_registry_or_a_place_on_somebodys_machine(pattern: re.Pattern[str]) -> None:
    assert saying(pattern) == []


def test_nothing_is_left_for_later() -> None:
    assert saying(UNDONE) == []


def test_every_setting_is_documented() -> None:
    guide = "\n".join(path.read_text() for path in (ROOT / "docs/running").glob("*.md"))
    fields = Configuration.model_fields.items()
    names = [field.validation_alias or f"RAPPORT_{name.upper()}" for name, field in fields]

    assert [name for name in names if name not in guide] == []


def test_the_documents_lead_to_what_is_there() -> None:
    links = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
    dead = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in our_files()
        if path.suffix == ".md"
        for link in links.findall(path.read_text())
        if not (path.parent / link).exists()
    ]

    assert dead == []


def test_a_file_can_be_read_at_one_sitting() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in our_files()
        if path.suffix in {".py", ".html", ".css", ".js"} and (lines := path.read_text().count("\n")) > 400
    ]

    assert long == []
