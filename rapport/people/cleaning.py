"""The nightly clean-up: it keeps what the privacy page promises."""

import structlog
from django.db import transaction

from rapport.lib.later import can_wait
from rapport.people.models import CleanUp
from rapport.people.privacy import Kept, kept

log = structlog.get_logger(__name__)


@can_wait
def clean_up(dry_run: bool = False) -> dict[str, int]:
    """Remove everything whose time has come, each kind by itself: one that fails does not keep the others waiting."""
    removed: dict[str, int] = {}
    failed: list[Exception] = []
    for record in kept:
        try:
            removed |= _clean(record, dry_run)
        except Exception as problem:
            log.exception("clean_up_failed", kind=record.name)
            failed.append(problem)
    if failed:
        raise failed[0]
    return removed


def _clean(record: Kept, dry_run: bool) -> dict[str, int]:
    if record.clean is None:
        return {}
    with transaction.atomic():
        count = record.clean()
        CleanUp.objects.create(name=record.name, removed=count)
        transaction.set_rollback(dry_run)
    log.info("clean_up", kind=record.name, removed=count, dry_run=dry_run)
    return {record.name: count}
