"""What a library counts for the official statistics: sets of elements as data, and one function that counts them.

Source: Institute of Museum and Library Services, FY 2024 Public Libraries Survey Data Element Definitions.
"""

from .counting import CrossFoot, Figure, counted
from .elements import PLS_2024, SETS, Element, ElementSet
from .happenings import Audience, Happening, Kind, Place, Recording, audience_of, from_typical_weeks

__all__ = [
    "PLS_2024",
    "SETS",
    "Audience",
    "CrossFoot",
    "Element",
    "ElementSet",
    "Figure",
    "Happening",
    "Kind",
    "Place",
    "Recording",
    "audience_of",
    "counted",
    "from_typical_weeks",
]
