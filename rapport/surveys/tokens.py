"""What a form of ours carries instead of a cookie, so that it works within another site and at a kiosk.

Whoever answers is known by nothing that a browser sends along by itself: the code in the address is all there is. So a
form on another site could do nothing in somebody's name. The token keeps it from sending anything at all, and says of
what sitting it was, so that who sends twice is thanked twice and taken once.
"""

from django.core import signing

_SIGNER = signing.TimestampSigner(salt="rapport.surveys.answering")
LASTS = 3 * 86_400


def token_for(what: str) -> str:
    return _SIGNER.sign(what)


def read(token: str) -> str:
    """What the token was made for; nothing where it is not ours, or too old."""
    try:
        return _SIGNER.unsign(token, max_age=LASTS)
    except signing.BadSignature:
        return ""
