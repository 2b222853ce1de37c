"""Two rows of one person: proposing, merging, and taking a merge back."""

from datetime import datetime

from django.core import serializers
from django.db import models, transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies, search
from schoolward.district.actions.rows import day_of, locked
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    Assignment,
    Delegation,
    EntryKind,
    ExternalId,
    Merge,
    MergeState,
    Person,
    Post,
    Source,
    Supervision,
    WrongFact,
)
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


BELONGINGS: tuple[tuple[type[models.Model], str], ...] = (
    (Post, "person"),
    (Supervision, "person"),
    (Assignment, "person"),
    (Delegation, "person"),
    (Delegation, "delegate"),
    (ExternalId, "person"),
    (Source, "steward"),
    (WrongFact, "owner"),
)
"""What goes with a person when two rows become one; what they wrote stays as written."""


@transaction.atomic
def propose_merge(
    kept: Person, *, other: Person, reason: str, by: Actor, at: datetime
) -> Merge:
    """Propose that two rows are one person; nothing changes until somebody confirms.

    Raises:
        RuleError: It is one row, one was merged before, or somebody decided already.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    if kept.pk == other.pk or kept.merged_into_id or other.merged_into_id:
        msg = "Choose two people of whom neither was merged before."
        raise RuleError(msg)
    _refuse_decided(kept, other)
    merge = Merge.objects.create(kept=kept, other=other, reason=reason, proposed_at=at)
    _told("district.merge.proposed", merge, by=by, at=at)
    return merge


def _refuse_decided(kept: Person, other: Person) -> None:
    rows = Merge.objects.unscoped(reason="earlier decisions about the two")
    rows = rows.filter(kept__in=[kept, other], other__in=[kept, other])
    earlier = rows.exclude(state=MergeState.UNDONE).first()
    if earlier is not None:
        msg = f"This pair is on the list as “{earlier.get_state_display()}”."
        raise RuleError(msg)


@transaction.atomic
def merge_people(merge: Merge, *, by: Actor, at: datetime) -> Merge:
    """Confirm that two rows are one person: what belongs to the second goes to the first.

    Raises:
        RuleError: Somebody decided already.
        RefusedError: The actor may not fill a seat that one of the two holds.
    """
    insist(policies.can_manage(by))
    _insist_on_seats(merge, by=by, at=at)
    merge = _decided(merge, MergeState.MERGED, by=by, at=at)
    dropped = _doubles(merge)
    moved = {
        f"{model._meta.model_name}.{field}": _moved(
            model, field, start=merge.other_id, end=merge.kept_id
        )
        for model, field in BELONGINGS
    }
    merge.moved = {"rows": moved, "dropped": dropped}
    merge.save(update_fields=["moved"])
    Person.objects.unscoped(reason="the merged row").filter(pk=merge.other_id).update(
        merged_into=merge.kept_id
    )
    _told("district.merge.confirmed", merge, by=by, at=at)
    search.refresh(EntryKind.PERSON, [merge.kept_id, merge.other_id], day=day_of(at))
    return merge


def _insist_on_seats(merge: Merge, *, by: Actor, at: datetime) -> None:
    """Insist that the actor may fill every seat that the two hold or will hold.

    A merge hands posts and accounts from one person to another, so it could else make
    an analyst an administrator.
    """
    posts = Post.objects.unscoped(reason="the seats that a merge hands over")
    held = posts.filter(person__in=[merge.kept_id, merge.other_id])
    for seat in held.exclude(end_date__lte=day_of(at)).values_list("seat", flat=True):
        insist(policies.can_fill(by, Seat(seat)))


def _moved(
    model: type[models.Model],
    field: str,
    *,
    start: int,
    end: int,
    only: list[int] | None = None,
) -> list[int]:
    """Hand rows from one person to another; return which."""
    rows = model._base_manager.filter(**{field: start})
    if only is not None:
        rows = rows.filter(pk__in=only)
    ids = sorted(rows.values_list("pk", flat=True))
    model._base_manager.filter(pk__in=ids).update(**{field: end})
    return ids


def _doubles(merge: Merge) -> str:
    """Drop rows of the second person that the first has too; return them, to put back."""
    reason = "rows that both have"
    services = Assignment.objects.unscoped(reason=reason).filter(end_date=None)
    pairs = set(services.filter(person=merge.kept_id).values_list("unit", "school"))
    theirs = services.filter(person=merge.other_id)
    doubled = [row for row in theirs if (row.unit_id, row.school_id) in pairs]
    both = [merge.kept_id, merge.other_id]
    mutual = Delegation.objects.unscoped(reason=reason).filter(
        person__in=both, delegate__in=both
    )
    rows: list[models.Model] = [*doubled, *mutual]
    kept = serializers.serialize("json", rows)
    for row in rows:
        row.delete()
    return str(kept)


@transaction.atomic
def dismiss_merge(merge: Merge, *, by: Actor, at: datetime) -> Merge:
    """Decide that two rows are two different people; the pair is not proposed again.

    Raises:
        RuleError: Somebody decided already.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    merge = _decided(merge, MergeState.DISMISSED, by=by, at=at)
    _told("district.merge.dismissed", merge, by=by, at=at)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, by: Actor, at: datetime) -> Merge:
    """Make two people again of a merged one; each gets back what was theirs.

    Raises:
        RuleError: The two are not merged.
        RefusedError: The actor may not fill a seat that one of the two holds.
    """
    insist(policies.can_manage(by))
    _insist_on_seats(merge, by=by, at=at)
    merge = locked(merge)
    if merge.state != MergeState.MERGED:
        msg = "The two are not merged, so there is nothing to undo."
        raise RuleError(msg)
    for model, field in BELONGINGS:
        key = f"{model._meta.model_name}.{field}"
        ids = merge.moved["rows"].get(key, [])
        _moved(model, field, start=merge.kept_id, end=merge.other_id, only=ids)
    for row in serializers.deserialize("json", merge.moved["dropped"]):
        row.save()
    Person.objects.unscoped(reason="the merged row").filter(pk=merge.other_id).update(
        merged_into=None
    )
    merge.state, merge.decided_at = MergeState.UNDONE, at
    merge.save(update_fields=["state", "decided_at"])
    _told("district.merge.undone", merge, by=by, at=at)
    search.refresh(EntryKind.PERSON, [merge.kept_id, merge.other_id], day=day_of(at))
    return merge


def _decided(merge: Merge, state: MergeState, *, by: Actor, at: datetime) -> Merge:
    merge = locked(merge)
    if merge.state != MergeState.PROPOSED:
        msg = f"Somebody decided already: {merge.get_state_display().lower()}."
        raise RuleError(msg)
    merge.state, merge.decided_at = state, at
    merge.decided_by_id = by.person_id or None
    merge.save(update_fields=["state", "decided_at", "decided_by"])
    return merge


def _told(verb: str, merge: Merge, *, by: Actor, at: datetime) -> None:
    record(
        verb,
        by=by,
        at=at,
        target=merge.kept,
        kept=merge.kept.display_name,
        other=merge.other.display_name,
        reason=merge.reason,
    )
