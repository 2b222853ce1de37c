"""What programs may ask of the loading dock: which files came in, and what they did."""

from collections.abc import Sequence
from typing import Any

from ninja import Query, Router

from schoolward.audit import models as audit
from schoolward.base.http import insist
from schoolward.base.rest import (
    BY_KEY,
    PROBLEMS,
    ApiRequest,
    NotThereError,
    after,
    key_of,
    opaque,
)
from schoolward.exchange import policies, shapes
from schoolward.exchange.models import Refused


router = Router(tags=["Imports"])
REFUSALS_MOST = 1000


@router.get(
    "/imports",
    response={200: shapes.Loads, **PROBLEMS},
    operation_id="list_imports",
    url_name="imports",
    summary="List imports",
)
def imports(request: ApiRequest, asked: Query[shapes.LoadsAsked]) -> shapes.Loads:
    """Files that were loaded, the latest first. For analysts and administrators."""
    insist(policies.can_see_loads(request.actor))
    rows = audit.Load.objects.order_by("-pk")
    if asked.state:
        rows = rows.filter(state=asked.state)
    if (before := key_of(after(asked.cursor, BY_KEY))) is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: asked.limit + 1])
    return shapes.Loads(
        items=[shapes.Load(**_facts(one)) for one in found[: asked.limit]],
        next_cursor=opaque(_position(found, limit=asked.limit)),
    )


@router.get(
    "/imports/{id}",
    response={200: shapes.LoadWithRefusals, **PROBLEMS},
    operation_id="read_import",
    url_name="import",
    summary="Read one import",
)
def one_import(
    request: ApiRequest,
    id: str,  # noqa: A002
) -> shapes.LoadWithRefusals:
    """One file's way in, with the rows it refused. For analysts and administrators."""
    insist(policies.can_see_loads(request.actor))
    key = key_of(id)
    found = audit.Load.objects.filter(pk=key).first() if key is not None else None
    if found is None:
        raise NotThereError(
            "There is no import of this id.", next_step="GET /api/v1/imports lists ids."
        )
    rows = Refused.objects.filter(load_id=found.pk).order_by("row", "pk")
    refused = rows.values("row", "column", "value", "reason", "remedy")
    return shapes.LoadWithRefusals(
        **_facts(found),
        refused=[shapes.Refusal(**one) for one in refused[:REFUSALS_MOST]],
    )


def _position(found: Sequence[audit.Load], *, limit: int) -> str | None:
    return str(found[limit - 1].pk) if len(found) > limit else None


def _facts(one: audit.Load) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "target": one.target,
        "format": one.format,
        "file_name": one.file_name,
        "map": one.map_name,
        "source": one.source_key,
        "school_year": one.school_year,
        "as_of": one.as_of_date,
        "state": one.state,
        "begun_by": one.begun_by_name,
        "begun_at": one.begun_at,
        "loaded_at": one.loaded_at,
        "undone_at": one.undone_at,
        "new": one.new_count,
        "changed": one.changed_count,
        "ended": one.ended_count,
        "unchanged": one.unchanged_count,
        "refused_count": one.refused_count,
        "set_aside": one.skipped_count,
        "ignored_columns": [str(name) for name in one.ignored_columns],
        "notes": [str(note) for note in one.notes],
        "problem": one.problem,
    }
