"""Structured logs without personal data: what was asked for by its name, never by whom or with which words."""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from types import ModuleType

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("rapport")
_UNHEARD = {"healthz", "readyz"}
_ADDRESS = re.compile(r"[^\s'\"<>]+@[^\s'\"<>]+")


class WithoutWords(logging.Formatter):
    """Lines of Django and other libraries: their fixed words and where it happened, never what was filled in."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"event": _ADDRESS.sub("…", str(record.msg)), "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            line["where"] = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames))
        return json.dumps(line)


def configured_logs(with_: ModuleType, *, quiet: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutWords())
    logging.basicConfig(level=logging.CRITICAL if quiet else logging.WARNING, handlers=[handler])
    with_.configure(
        processors=[
            with_.processors.add_log_level,
            with_.processors.TimeStamper(fmt="iso", utc=True),
            with_.processors.JSONRenderer(),
        ],
        wrapper_class=with_.make_filtering_bound_logger(logging.CRITICAL if quiet else logging.INFO),
        cache_logger_on_first_use=True,
    )


def log_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """One line a request: route, method, status and time. The path itself may hold a secret code, so it stays out."""

    def answer(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        if request.path.strip("/") in _UNHEARD:
            return response
        match = request.resolver_match
        log.info(
            "request",
            route=match.view_name if match else None,
            method=request.method,
            status=response.status_code,
            ms=round((time.perf_counter() - start) * 1000, 1),
        )
        return response

    return answer
