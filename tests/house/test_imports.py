"""The picture of the house is the picture of its imports, and a machine holds it."""

import subprocess
import sys

from tests.house.ground import AREAS, CODE, ROOT, floors


def test_imports_go_down_only() -> None:
    command = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"

    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_areas_of_the_settings_stand_in_the_order_of_the_contract() -> None:
    height = {area: number for number, floor in enumerate(floors()) for area in floor}

    assert set(height) == set(AREAS)
    assert [height[area] for area in AREAS] == sorted(height.values())


def test_no_exception_is_made_from_the_contract() -> None:
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()


def test_every_area_says_in_a_sentence_what_it_is_for() -> None:
    silent = [area for area in AREAS if not (CODE / area / "__init__.py").read_text().startswith('"""')]

    assert silent == []


def test_no_area_is_called_by_nothing() -> None:
    nameless = {"core", "common", "utils", "helpers", "services", "managers", "misc"}

    found = [path for path in CODE.rglob("*") if path.stem in nameless and path.suffix in {"", ".py"}]

    assert found == []
