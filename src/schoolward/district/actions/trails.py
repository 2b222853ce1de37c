"""Taking back what was just done: the rows before and after, as long as nobody changed them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.core import serializers
from django.db import models, transaction
from django.db.models import QuerySet

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies
from schoolward.district.actions.posts import reindex
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    Assignment,
    DayException,
    Delegation,
    Goal,
    Membership,
    Post,
    Supervision,
)
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no
from schoolward.kernel.seats import Seat


T = TypeVar("T")
WATCHED: dict[str, type[models.Model]] = {
    model._meta.model_name or "": model
    for model in (
        Assignment,
        DayException,
        Delegation,
        Goal,
        Membership,
        Post,
        Supervision,
    )
}
"""Tables whose rows can be put back."""


@dataclass(frozen=True, slots=True)
class Trail:
    """What a change did: enough to take it back, in plain words and values.

    Attributes:
        says: What was done, for the person who takes it back.
        right: Which right took part: "manage", "reassign", "fill:principal" with the
            seat, or "goals:7" and "assign:7" and "delegate:7" with the school, unit
            or person.
        scope: The filter that finds the rows, such as {"membership": {"school": 7}}.
        url: The page to show once it is taken back.
        before: The rows before, as JSON.
        after: The rows after, as JSON.
    """

    says: str
    right: str
    scope: dict[str, dict[str, int]]
    url: str = "/"
    before: str = ""
    after: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """Return the trail as values a visit can keep."""
        return asdict(self)


@transaction.atomic
def keep_trail(act: Callable[[], T], *, trail: Trail) -> tuple[T, Trail]:
    """Do something and keep what it did to the rows of a trail's scope.

    Args:
        act: What to do.
        trail: The trail as it is to be kept, without its rows.
    """
    before = _rows(trail.scope)
    done = act()
    return done, replace(trail, before=before, after=_rows(trail.scope))


def _rows(scope: dict[str, dict[str, int]]) -> str:
    rows: list[models.Model] = []
    for name, wanted in sorted(scope.items()):
        rows.extend(_found(name, wanted).order_by("pk"))
    return str(serializers.serialize("json", rows))


def _found(name: str, wanted: dict[str, int]) -> QuerySet[models.Model]:
    return WATCHED[name]._base_manager.select_for_update().filter(**wanted)


@transaction.atomic
def take_back(trail: Trail, *, by: Actor, at: datetime) -> None:
    """Put the rows of a scope back as they were before.

    Raises:
        RuleError: Somebody changed them since.
        RefusedError: The actor may not do what is to be taken back.
    """
    insist(_right(by, trail.right))
    if _rows(trail.scope) != trail.after:
        msg = "This was changed again since. Look at it anew and correct it there."
        raise RuleError(msg)
    kept = [one.object for one in serializers.deserialize("json", trail.before)]
    _drop(trail, keep={(type(row), row.pk) for row in kept})
    for row in _closed_first(kept):
        row.save(force_insert=False)
        if isinstance(row, Post):
            reindex(row, at=at)
    record("district.change.undone", by=by, at=at, says=trail.says)


def _drop(trail: Trail, *, keep: set[tuple[type[models.Model], int]]) -> None:
    """Delete the rows that the change had added."""
    for one in serializers.deserialize("json", trail.after):
        if (type(one.object), one.object.pk) not in keep:
            one.object.delete()


def _closed_first(rows: Sequence[models.Model]) -> list[models.Model]:
    """Return rows so that no two are open at once while they are written."""
    return sorted(rows, key=lambda row: getattr(row, "end_date", None) is None)


def _right(actor: Actor, words: str) -> Decision:
    noun, _, which = words.partition(":")
    if noun == "fill":
        return policies.can_fill(actor, Seat(which))
    whole = {"manage": policies.can_manage, "reassign": policies.can_reassign}
    part = {
        "assign": policies.can_assign,
        "delegate": policies.can_delegate,
        "goals": policies.can_edit_goals,
    }
    if noun in whole:
        return whole[noun](actor)
    if noun in part:
        return part[noun](actor, int(which))
    return no("There is nothing to take back.", "Correct it on its own page.")
