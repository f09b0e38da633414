"""Pictures beside words, never instead of them."""

from functools import lru_cache

import lucide
from django.utils.safestring import SafeString, mark_safe

# Arrows that point along the reading direction turn around where one reads from right to left.
_TURNING = {"arrow-right", "arrow-left", "chevron-right", "chevron-left", "send", "log-in", "log-out", "external-link"}


@lru_cache(maxsize=512)
def icon(name: str, size: int = 20) -> SafeString:
    classes = "icon icon--turns" if name in _TURNING else "icon"
    attributes: dict[str, object] = {"aria_hidden": "true", "focusable": "false", "class": classes}
    return mark_safe(lucide._render_icon(name, size, **attributes))
