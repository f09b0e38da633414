"""Who knocks, as far as limits need it: never kept, never logged, and another every day."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def address_of(request: HttpRequest) -> str:
    """The visitor's address: what the outermost of our own proxies saw. What comes before it anyone can invent."""
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.HOUSE.proxies
    if proxies and len(seen) >= proxies:
        return str(seen[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def mark_of(request: HttpRequest) -> str:
    """A keyed hash of the address (for IPv6 of the household's network) that means nothing tomorrow."""
    words = f"{timezone.localdate():%Y-%m-%d}|{_network(address_of(request))}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(ip_network(f"{known}/64", strict=False))
    return str(known)
