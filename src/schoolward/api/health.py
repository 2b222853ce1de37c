"""Whether the server answers and reaches its database: for proxies and monitors."""

from http import HTTPStatus

import structlog
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schoolward import __version__


log = structlog.get_logger(__name__)


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503; tell nothing else."""
    reached = _database_answers()
    return JsonResponse(
        {
            "status": "ok" if reached else "unavailable",
            "version": __version__,
            "database": "ok" if reached else "unreachable",
        },
        status=HTTPStatus.OK if reached else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        log.exception("health.database_unreachable")
        return False
