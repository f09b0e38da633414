from pathlib import Path

from rapport.configuration import Configuration


def test_every_variable_is_on_the_page_of_settings() -> None:
    page = (Path(__file__).parents[3] / "docs/running/settings.md").read_text()

    names = [f.validation_alias or f"RAPPORT_{name.upper()}" for name, f in Configuration.model_fields.items()]

    assert [name for name in names if f"`{name}`" not in page] == []
