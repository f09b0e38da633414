"""Templates name only what stands below them, and hold nothing that the content policy refuses."""

import re
from pathlib import Path

import pytest

from tests.house.ground import AREAS, CODE, files, may_know

NAMES = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"'#]+)""")
PARTS = re.compile(r"<c-([\w.-]+)")
URLS = re.compile(r"""\{%\s*url\s+["']([\w-]+):|\b(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*["']([\w-]+):""")
COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
REFUSED = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//"),
}
MAIL = {"letter.html"}  # mail programs read no stylesheet of ours
OTHERS = {"account", "mfa", "django", "allauth"}


def template_files(area: str) -> list[Path]:
    return [path for path in files(area, "*.html", "*.txt", "*.svg") if "templates" in path.parts]


def named(path: Path) -> set[str]:
    """The areas whose templates this one extends, includes, or uses as parts."""
    text = COMMENTS.sub("", path.read_text())
    areas = {name.split("/")[0] for name in NAMES.findall(text)}
    parts = {part for part in PARTS.findall(text) if part not in {"vars", "slot"}}
    return areas | {_area_of_part(part) for part in parts}


def _area_of_part(part: str) -> str:
    name = part.replace("-", "_").replace(".", "/")
    homes = [area for area in AREAS if (CODE / area / "templates/cotton" / f"{name}.html").exists()]
    return homes[0] if homes else f"nobody's part <c-{part}>"


@pytest.mark.parametrize("area", AREAS)
def test_templates_name_only_what_stands_below(area: str) -> None:
    known = may_know(area) | OTHERS

    up = [f"{path.relative_to(CODE)} names {other}" for path in template_files(area) for other in named(path) - known]

    assert up == []


@pytest.mark.parametrize("area", AREAS)
def test_addresses_go_down_only(area: str) -> None:
    known = may_know(area) | OTHERS

    up = [
        f"{path.relative_to(CODE)} names {other}"
        for path in [*template_files(area), *files(area, "*.py")]
        for found in URLS.findall(path.read_text())
        for other in found
        if other and other not in known
    ]

    assert up == []


@pytest.mark.parametrize("why", REFUSED)
def test_no_template_holds(why: str) -> None:
    found = [
        str(path.relative_to(CODE))
        for area in AREAS
        for path in template_files(area)
        if path.name not in MAIL and REFUSED[why].search(COMMENTS.sub("", path.read_text()))
    ]

    assert found == []


def test_every_template_lies_in_its_own_area() -> None:
    shared = {"ui": {"ui", "cotton", "allauth", "django", "account", "mfa"}, "people": {"people", "account", "mfa"}}

    stray = [
        str(folder.relative_to(CODE))
        for area in AREAS
        for folder in (CODE / area / "templates").glob("*")
        if folder.name not in shared.get(area, {area}) | {"cotton"}
    ]

    assert stray == []
