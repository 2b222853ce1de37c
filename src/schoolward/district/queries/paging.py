"""Long lists in parts: where one part ends, the next begins, whatever came in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from schoolward.kernel.asked import whole_number


T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a long list.

    Attributes:
        items: The rows.
        next_cursor: What to pass as `after` for the rows that follow; None at the end.
    """

    items: Sequence[T]
    next_cursor: str | None = None


def past(rows: QuerySet[M], after: str, *, field: str) -> QuerySet[M]:
    """Keep the rows behind a cursor, in order; a cursor nobody gave out is ignored.

    Args:
        rows: The list.
        after: The cursor of the part before; empty for the first.
        field: The field that orders the list, an index behind it.
    """
    number, _, word = after.partition("~")
    ordered = rows.order_by(field, "pk")
    key = whole_number(number)
    if not key or "\x00" in word:
        return ordered
    behind = Q(**{f"{field}__gt": word}) | Q(**{field: word, "pk__gt": key})
    return ordered.filter(behind, **{f"{field}__gte": word})


def paged(rows: QuerySet[M], *, limit: int, field: str) -> Page[M]:
    """Return the first rows and the cursor that stands behind them."""
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return Page(found)
    last = found[limit - 1]
    return Page(found[:limit], f"{last.pk}~{getattr(last, field)}")
