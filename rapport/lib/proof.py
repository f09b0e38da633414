"""A little work for the sender's machine instead of a puzzle for the sender.

A form holds a signed challenge; a script looks for a number that makes its hash begin with zero bits. A person does not
notice the part of a second; who sends a thousand does. Without scripts nothing is solved, and a person has to look.
"""

import hashlib
import hmac
import secrets
import time
from datetime import UTC, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from rapport.lib.models import UsedProof

BITS = 12  # about 4,000 hashes: some 0.4 s on a phone
LASTS = 4 * 3600
LEAST_AGE = 3  # nobody writes a form in fewer seconds


def challenge() -> str:
    words = f"{int(time.time())}.{BITS}.{secrets.token_hex(12)}"
    return f"{words}.{_signature(words)}"


def is_solved(challenge: str, solution: str) -> bool:
    """Was the work done, for one of our challenges, in time, and not used before? Asking uses it up."""
    made_at, bits, nonce = _read(challenge)
    if not nonce or not 0 <= time.time() - made_at < LASTS or not solution.isdecimal() or len(solution) > 12:
        return False
    digest = hashlib.sha256(f"{challenge}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0 and _use(nonce, made_at)


def is_old_enough(challenge: str, seconds: int = LEAST_AGE) -> bool:
    """Has the form been open for as long as it takes to write something?"""
    made_at, _bits, nonce = _read(challenge)
    return bool(nonce) and time.time() - made_at >= seconds


def _read(challenge: str) -> tuple[int, int, str]:
    words, _dot, signature = challenge.rpartition(".")
    if len(challenge) > 200 or not hmac.compare_digest(signature.encode(), _signature(words).encode()):
        return 0, 0, ""
    made_at, bits, nonce = words.split(".")
    return int(made_at), int(bits), nonce


def _signature(words: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"proof|{words}".encode(), hashlib.sha256).hexdigest()


def _use(nonce: str, made_at: int) -> bool:
    try:
        with transaction.atomic():
            UsedProof.objects.create(nonce=nonce, until=datetime.fromtimestamp(made_at + LASTS, UTC))
    except IntegrityError:
        return False
    return True
