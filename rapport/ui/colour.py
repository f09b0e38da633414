"""Whether two colours can be told apart (WCAG 2.2, relative luminance), for accents that libraries choose."""

import re

LIGHT_PAPER, DARK_PAPER = "#FBF8F2", "#12191E"


def is_colour(text: str) -> bool:
    return bool(re.fullmatch(r"#[0-9a-fA-F]{6}", text))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, ground: str, *, least: float = 4.5) -> str:
    """The colour, moved towards black or white only as far as it must be to be read on this ground."""
    away = 0 if luminance(ground) > 0.18 else 255
    for step in range(21):
        mixed = _mix(colour, away, step / 20)
        if contrast(mixed, ground) >= least:
            return mixed
    return "#000000" if away == 0 else "#FFFFFF"


def _mix(colour: str, target: int, share: float) -> str:
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(c + (target - c) * share):02X}" for c in channels)
