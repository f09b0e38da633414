"""Addresses as people copy them, and as a camera reads them (QR, ISO/IEC 18004)."""

import io
from typing import Protocol

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


class HasAddress(Protocol):
    def get_absolute_url(self) -> str: ...


def full_address(thing: HasAddress) -> str:
    return f"{settings.HOUSE.address}{thing.get_absolute_url()}"


def short_address(thing: HasAddress) -> str:
    """Without what every browser adds by itself."""
    return full_address(thing).partition("://")[2].rstrip("/")


def code_inline(address: str) -> SafeString:
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=6, border=2, omitsize=True)
    return mark_safe(drawn)


def code_file(address: str, kind: str) -> bytes:
    """As a file, "svg" or "png", with the quiet edge that cameras need."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind=kind, scale=10, border=4)
    return out.getvalue()
