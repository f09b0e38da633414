"""How often somebody may do something: `limited(request, "tell", "20/m")`, or `@at_most("20/m")` on a view.

One statement counts and answers, so it is right with any number of processes. Only what changes something is counted.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from rapport.lib.models import Attempts
from rapport.lib.visitors import mark_of

View = Callable[..., HttpResponseBase]
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def limited(who: HttpRequest | str, name: str, rate: str) -> bool:
    """Count this attempt; True where it is one too many. The rate is "20/m", or "5/10m"."""
    most, seconds = _read(rate)
    mark = who if isinstance(who, str) else mark_of(who)
    stretch = int(time.time()) // seconds
    key = hashlib.sha256(f"{name}|{seconds}|{stretch}|{mark}".encode()).hexdigest()
    return _count(key, datetime.fromtimestamp((stretch + 1) * seconds, UTC)) > most


def _read(rate: str) -> tuple[int, int]:
    most, _slash, stretch = rate.partition("/")
    return int(most), int(stretch[:-1] or 1) * _SECONDS[stretch[-1]]


def _count(key: str, until: datetime) -> int:
    table = connection.ops.quote_name(Attempts._meta.db_table)
    sql = (
        f"INSERT INTO {table} (key, count, until) VALUES (%s, 1, %s) "  # noqa: S608 - the table's own name
        f"ON CONFLICT (key) DO UPDATE SET count = {table}.count + 1 RETURNING count"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, connection.ops.adapt_datetimefield_value(until)])
        return int(cursor.fetchone()[0])


def at_most(rate: str, *, by: Literal["address", "account"] = "address", name: str = "") -> Callable[[View], View]:
    """Let each visitor (or account) send this form so often; beyond it they read a kind page."""

    def limit(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and limited(_who(request, by), name or view.__name__, rate):
                answer: HttpResponseBase = import_string(settings.TOO_MANY_VIEW)(request)
                return answer
            return view(request, *args, **kwargs)

        return counted

    return limit


def _who(request: HttpRequest, by: str) -> HttpRequest | str:
    return f"account:{request.user.pk}" if by == "account" and request.user.is_authenticated else request
