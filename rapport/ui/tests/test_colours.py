import re
from pathlib import Path

import pytest

from rapport.ui import colour

TOKENS = (Path(__file__).parents[1] / "static/ui/tokens.css").read_text()
FOUND = re.findall(r"^\s+--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", TOKENS, re.M)
EVERYDAY = {name: (light, dark) for name, light, dark in reversed(FOUND)}
MORE = {name: (light, dark) for name, light, dark in FOUND}

GROUNDS = {
    "ink": "paper sheet wood act-tint attention-tint mark-tint info-tint",
    "quiet": "paper sheet wood mark-tint act-tint",
    "act": "paper sheet wood act-tint mark-tint",
    "attention": "paper sheet wood attention-tint",
    "info": "paper sheet",
    "on-act": "act",
}
TEXT = [(words, ground) for words, grounds in GROUNDS.items() for ground in grounds.split()]
SIGNS = [("edge", "paper"), ("edge", "sheet"), ("edge", "wood"), ("info", "sheet"), ("info", "wood"), ("act", "wood")]


@pytest.mark.parametrize("tokens", [EVERYDAY, EVERYDAY | MORE], ids=["everyday", "more contrast"])
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_pair_can_be_read(tokens: dict[str, tuple[str, str]], theme: int) -> None:
    faint = {
        pair: round(measured, 2)
        for pairs, least in ((TEXT, 4.5), (SIGNS, 3.0))
        for pair in pairs
        if (measured := colour.contrast(tokens[pair[0]][theme], tokens[pair[1]][theme])) < least
    }

    assert faint == {}


def test_an_accent_is_moved_only_as_far_as_it_must_be() -> None:
    assert colour.readable("#1F5D4C", colour.LIGHT_PAPER) == "#1F5D4C"
    yellow = colour.readable("#F4D03F", colour.LIGHT_PAPER)
    assert yellow != "#F4D03F"
    assert colour.contrast(yellow, colour.LIGHT_PAPER) >= 4.5


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(colour.contrast("#000000", "#FFFFFF")) == 21
