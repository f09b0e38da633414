"""Structured logs without personal data: what was asked for by its name, never by whom or with which words."""

import logging
import time
from collections.abc import Callable
from types import ModuleType

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("rapport")


def configured_logs(with_: ModuleType, *, quiet: bool) -> None:
    logging.basicConfig(level=logging.CRITICAL if quiet else logging.WARNING, format="%(message)s")
    with_.configure(
        processors=[
            with_.processors.add_log_level,
            with_.processors.TimeStamper(fmt="iso", utc=True),
            with_.processors.format_exc_info,
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
