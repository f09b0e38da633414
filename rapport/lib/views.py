"""For those who watch over the house: does it live, and is it ready?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rapport.lib.doors import anyone
from rapport.lib.models import Heartbeat

_migrated = False


@anyone
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@anyone
@require_safe
@never_cache
def readiness(request: HttpRequest) -> JsonResponse:
    """Ready when the database answers and has all its tables. A missing worker is told, but pages work without one."""
    try:
        told = {"database": True, "migrated": _is_migrated(), "worker": Heartbeat.objects.recent().exists()}
    except DatabaseError:
        told = {"database": False, "migrated": _migrated, "worker": False}
    return JsonResponse(told, status=200 if told["database"] and told["migrated"] else 503)


def _is_migrated() -> bool:
    """Asked of the database until it is so; after that it stays so for the life of this process."""
    global _migrated  # noqa: PLW0603
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
