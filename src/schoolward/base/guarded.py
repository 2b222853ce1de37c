"""Rows that cannot be read without saying for whom.

A guarded queryset raises when it is about to read, unless it was scoped: by the room's
`visible_to(actor)`, or by `unscoped(reason=…)` in code that acts for the product itself.
"""

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from django.db import models


M = TypeVar("M", bound=models.Model)


class UnguardedReadError(RuntimeError):
    """Code read rows without naming an actor or a reason."""


class GuardedQuerySet(models.QuerySet[M]):
    """A queryset that answers only after `visible_to` or `unscoped`."""

    _scoped_by: str = ""

    def unscoped(self, *, reason: str) -> Self:
        """Open all rows to code that is not an entrance; the reason is for its reader."""
        return self.scoped_as(reason)

    def scoped_as(self, reason: str) -> Self:
        """Return a copy that may be read; for `visible_to` of the rooms."""
        opened = self.all()
        opened._scoped_by = reason
        return opened

    def _clone(self) -> Self:
        twin: Self = super()._clone()  # type: ignore[misc]
        twin._scoped_by = self._scoped_by
        return twin

    def _insist(self) -> None:
        if not self._scoped_by:
            msg = (
                f"{self.model.__name__} rows were read without visible_to(actor) or "
                "unscoped(reason=…)."
            )
            raise UnguardedReadError(msg)

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._insist()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        """Iterate without caching, once scoped."""
        self._insist()
        return super().iterator(chunk_size=chunk_size)

    def count(self) -> int:
        """Count, once scoped."""
        self._insist()
        return super().count()

    def exists(self) -> bool:
        """Return whether any row is there, once scoped."""
        self._insist()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Aggregate, once scoped."""
        self._insist()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Update many rows, once scoped."""
        self._insist()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete many rows, once scoped."""
        self._insist()
        return super().delete()
