"""The public face: telling, following, and reading what others said."""

from .kiosk import kiosk
from .reading import public_photo, voices
from .story import additions, contact, contact_removal, follow, photo, reading_removal, receipt, story
from .tell import tell

__all__ = [
    "additions",
    "contact",
    "contact_removal",
    "follow",
    "kiosk",
    "photo",
    "public_photo",
    "reading_removal",
    "receipt",
    "story",
    "tell",
    "voices",
]
