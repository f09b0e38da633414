"""Pictures for the demo's projects: plain shapes in the colours of the house, drawn and not taken from anywhere."""

import io
from collections.abc import Callable

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

PAPER, WOOD, INK, GREEN, BRICK, MUSTARD, SKY, LEAF = (
    "#FBF8F2", "#E7DAC3", "#1C2830", "#1F5D4C", "#A8482A", "#D9A521", "#2F6690", "#7FA88F",
)  # fmt: skip
_W, _H, _FINER = 640, 480, 2

Pen = ImageDraw.ImageDraw
Box = tuple[float, float, float, float]


def picture(what: str) -> "ContentFile[bytes]":
    """A picture of it as WebP. Raises KeyError where nobody has drawn it."""
    drawn, ground = _DRAWN[what]
    sheet = Image.new("RGB", (_W * _FINER, _H * _FINER), ground)
    pen = ImageDraw.Draw(sheet)
    _box(pen, (0, 380, _W, _H), WOOD)
    drawn(pen)
    file = io.BytesIO()
    sheet.resize((_W, _H), Image.Resampling.LANCZOS).save(file, "WEBP", quality=82, method=0)
    return ContentFile(file.getvalue(), name=f"{what}.webp")


def _at(box: Box) -> Box:
    return (box[0] * _FINER, box[1] * _FINER, box[2] * _FINER, box[3] * _FINER)


def _box(pen: Pen, box: Box, colour: str, radius: int = 0) -> None:
    pen.rounded_rectangle(_at(box), radius * _FINER, fill=colour)


def _round(pen: Pen, box: Box, colour: str) -> None:
    pen.ellipse(_at(box), fill=colour)


def _shape(pen: Pen, points: list[tuple[int, int]], colour: str) -> None:
    pen.polygon([(x * _FINER, y * _FINER) for x, y in points], fill=colour)


def _line(pen: Pen, points: list[tuple[int, int]], colour: str, width: int = 10) -> None:
    pen.line([(x * _FINER, y * _FINER) for x, y in points], fill=colour, width=width * _FINER, joint="curve")


def _arc(pen: Pen, box: Box, turn: tuple[int, int], colour: str, width: int) -> None:
    pen.arc(_at(box), *turn, fill=colour, width=width * _FINER)


def _books(pen: Pen) -> None:
    colours = (BRICK, GREEN, MUSTARD, SKY, LEAF, BRICK, INK)
    for n, (colour, height) in enumerate(zip(colours, (210, 250, 190, 230, 260, 200, 240), strict=True)):
        left = 120 + n * 56
        _box(pen, (left, 380 - height, left + 48, 380), colour, 5)
        _box(pen, (left + 10, 380 - height + 28, left + 38, 380 - height + 38), PAPER)


def _comics(pen: Pen) -> None:
    _box(pen, (150, 90, 490, 380), PAPER, 8)
    for box, colour in (((170, 110, 320, 230), MUSTARD), ((335, 110, 470, 230), SKY), ((170, 245, 470, 362), BRICK)):
        _box(pen, box, colour, 4)
    _round(pen, (360, 128, 450, 190), PAPER)
    _shape(pen, [(385, 180), (375, 212), (412, 186)], PAPER)
    _round(pen, (215, 140, 275, 200), INK)
    for x in (220, 290, 360, 430):
        _shape(pen, [(x - 26, 340), (x, 262), (x + 26, 340)], PAPER)


def _languages(pen: Pen) -> None:
    for n, colour in enumerate((GREEN, BRICK, SKY)):
        top = 318 - n * 62
        _box(pen, (150 + n * 14, top, 490 - n * 18, top + 56), colour, 6)
        _box(pen, (165 + n * 14, top + 20, 205 + n * 14, top + 36), PAPER, 3)
    for box, colour in (((180, 40, 330, 130), MUSTARD), ((340, 66, 480, 156), LEAF)):
        _box(pen, box, colour, 30)
    _shape(pen, [(230, 124), (220, 160), (270, 126)], MUSTARD)
    for x in (215, 255, 295):
        _round(pen, (x - 9, 76, x + 9, 94), PAPER)
    for x in (375, 410, 445):
        _round(pen, (x - 9, 102, x + 9, 120), PAPER)


def _tent(pen: Pen) -> None:
    _shape(pen, [(320, 70), (130, 380), (510, 380)], MUSTARD)
    _shape(pen, [(320, 150), (250, 380), (390, 380)], INK)
    _shape(pen, [(320, 70), (250, 380), (130, 380)], BRICK)
    _line(pen, [(320, 76), (320, 36)], INK, 6)
    _shape(pen, [(322, 36), (372, 50), (322, 64)], GREEN)
    _box(pen, (285, 345, 355, 362), PAPER, 3)


def _games(pen: Pen) -> None:
    _box(pen, (140, 110, 400, 370), PAPER, 10)
    for row in range(5):
        for column in range(5):
            if (row + column) % 2 == 0:
                left, top = 150 + column * 48, 120 + row * 48
                _box(pen, (left, top, left + 48, top + 48), LEAF)
    _box(pen, (410, 230, 530, 350), BRICK, 18)
    for x, y in ((440, 260), (500, 260), (470, 290), (440, 320), (500, 320)):
        _round(pen, (x - 10, y - 10, x + 10, y + 10), PAPER)
    for x, colour in ((225, SKY), (320, MUSTARD)):
        _shape(pen, [(x, 190), (x - 28, 270), (x + 28, 270)], colour)
        _round(pen, (x - 20, 165, x + 20, 205), colour)


def _beanbags(pen: Pen) -> None:
    for left, colour in ((110, GREEN), (330, BRICK)):
        _round(pen, (left, 220, left + 210, 400), colour)
        _round(pen, (left + 30, 150, left + 160, 320), colour)
        _arc(pen, (left + 40, 190, left + 170, 360), (200, 330), PAPER, 4)


def _microscope(pen: Pen) -> None:
    _box(pen, (190, 350, 450, 384), INK, 10)
    _arc(pen, (230, 120, 450, 370), (270, 80), INK, 26)
    _box(pen, (250, 286, 390, 306), GREEN, 4)
    _box(pen, (276, 80, 340, 250), SKY, 10)
    _box(pen, (288, 52, 328, 90), INK, 6)
    _box(pen, (292, 250, 324, 280), MUSTARD, 4)


def _headphones(pen: Pen) -> None:
    _arc(pen, (170, 80, 470, 400), (180, 360), INK, 26)
    for left in (148, 412):
        _box(pen, (left, 220, left + 80, 350), BRICK, 30)
        _box(pen, (left + 18, 236, left + 62, 334), MUSTARD, 20)
    for n, height in enumerate((50, 90, 130, 90, 50)):
        left = 262 + n * 26
        _box(pen, (left, 285 - height / 2, left + 14, 285 + height / 2), GREEN, 7)


def _robot(pen: Pen) -> None:
    _line(pen, [(320, 110), (320, 70)], INK, 8)
    _round(pen, (304, 44, 336, 76), BRICK)
    _box(pen, (220, 105, 420, 235), SKY, 20)
    for x in (275, 365):
        _round(pen, (x - 26, 140, x + 26, 192), PAPER)
        _round(pen, (x - 10, 156, x + 10, 176), INK)
    _box(pen, (285, 205, 355, 217), PAPER, 5)
    _box(pen, (240, 245, 400, 360), GREEN, 12)
    for left in (190, 410):
        _box(pen, (left, 255, left + 40, 340), MUSTARD, 16)
    for left in (255, 335):
        _box(pen, (left, 360, left + 50, 392), INK, 8)


def _lamps(pen: Pen) -> None:
    _shape(pen, [(230, 230), (120, 380), (400, 380), (330, 230)], "#F7E7B4")
    _line(pen, [(430, 374), (470, 210), (330, 120)], INK, 12)
    _shape(pen, [(340, 70), (200, 190), (345, 235), (380, 120)], GREEN)
    _round(pen, (245, 185, 305, 245), MUSTARD)
    _box(pen, (370, 366, 500, 388), INK, 10)


def _plants(pen: Pen) -> None:
    for x, colour in ((220, BRICK), (420, SKY)):
        _line(pen, [(x, 300), (x, 130)], GREEN, 10)
        for side in (-1, 1):
            for y in (150, 200, 250):
                _round(pen, (min(x, x + side * 74), y - 22, max(x, x + side * 74), y + 22), LEAF if y == 200 else GREEN)
        _shape(pen, [(x - 66, 296), (x + 66, 296), (x + 46, 388), (x - 46, 388)], colour)


def _globe(pen: Pen) -> None:
    _round(pen, (190, 70, 440, 320), SKY)
    for points in (
        [(230, 130), (300, 100), (330, 150), (280, 200), (240, 180)],
        [(340, 190), (410, 170), (420, 240), (360, 290), (330, 240)],
        [(240, 230), (290, 230), (280, 290), (250, 270)],
    ):
        _shape(pen, points, LEAF)
    _arc(pen, (168, 48, 462, 342), (300, 130), MUSTARD, 14)
    _line(pen, [(320, 335), (320, 374)], INK, 14)
    _box(pen, (240, 366, 400, 388), INK, 10)


_DRAWN: dict[str, tuple[Callable[[Pen], None], str]] = {
    "books": (_books, "#DCE7DF"),
    "comics": (_comics, "#DDE7F0"),
    "languages": (_languages, "#F6EBCB"),
    "tent": (_tent, "#DCE7DF"),
    "games": (_games, "#F6E2D8"),
    "beanbags": (_beanbags, "#F6EBCB"),
    "microscope": (_microscope, "#F6E2D8"),
    "headphones": (_headphones, "#DDE7F0"),
    "robot": (_robot, "#F6EBCB"),
    "lamps": (_lamps, "#33444F"),
    "plants": (_plants, "#F6E2D8"),
    "globe": (_globe, "#DCE7DF"),
}
PICTURES = frozenset(_DRAWN)
