"""Sorting: owners correct single events and keep rules of their own; districts theirs."""

from datetime import datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import no
from schoolward.timeuse import policies
from schoolward.timeuse.domain.categories import Category, Rule, plain
from schoolward.timeuse.domain.shipped import SHIPPED
from schoolward.timeuse.models import CalendarEvent, Correction, OwnRule, SortingRule


REASON = "sorting one's own events"
NO_TITLE = no(
    "A rule goes by what an event is called, and this one has no title here.",
    "Sort events like this one by one.",
)


@transaction.atomic
def correct(
    event: CalendarEvent, *, category: Category, by: Actor, at: datetime
) -> Correction:
    """Say what an event was for; the owner's word outweighs every rule.

    Raises:
        RefusedError: It is not in the actor's own calendar.
    """
    insist(policies.can_bring_calendar(by, event.calendar.person_id))
    rows = Correction.objects.unscoped(reason=REASON)
    kept, _ = rows.update_or_create(
        event=event, defaults={"category": category.value, "corrected_at": at}
    )
    record(
        "timeuse.event.corrected",
        by=by,
        at=at,
        target=event,
        category=category.label,
    )
    return kept


@transaction.atomic
def make_own_rule(
    event: CalendarEvent, *, category: Category, by: Actor, at: datetime
) -> OwnRule:
    """Sort everything called like an event the same way from now on, and look back.

    Raises:
        RefusedError: It is not the actor's own event, or it has no title.
    """
    insist(policies.can_bring_calendar(by, event.calendar.person_id))
    title = plain(event.title)[:300]
    if not title:
        insist(NO_TITLE)
    rows = OwnRule.objects.unscoped(reason=REASON)
    kept, _ = rows.update_or_create(
        person_id=event.calendar.person_id,
        title=title,
        defaults={"category": category.value, "made_at": at},
    )
    record("timeuse.own_rule.made", by=by, at=at, target=kept, category=category.label)
    return kept


@transaction.atomic
def drop_own_rule(rule: OwnRule, *, by: Actor, at: datetime) -> None:
    """Take one of one's own rules back.

    Raises:
        RefusedError: It is not the actor's own.
    """
    insist(policies.can_bring_calendar(by, rule.person_id))
    record("timeuse.own_rule.dropped", by=by, at=at, target=rule)
    OwnRule.objects.unscoped(reason=REASON).filter(pk=rule.pk).delete()


@transaction.atomic
def adopt_rules(*, by: Actor, at: datetime) -> int:
    """Copy the shipped rules, so that the district can change them; once.

    Returns:
        How many were copied; 0 when the district has rules already.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_keep_rules(by))
    if SortingRule.objects.select_for_update().exists():
        return 0
    rows = [
        _filled(SortingRule(position=10 * number), rule)
        for number, rule in enumerate(SHIPPED, 1)
    ]
    SortingRule.objects.bulk_create(rows)
    record("timeuse.rules.adopted", by=by, at=at, rules=len(rows))
    return len(rows)


@transaction.atomic
def save_rule(
    row: SortingRule | None, rule: Rule, *, position: int, by: Actor, at: datetime
) -> SortingRule:
    """Write a rule of the district, new or changed; it holds for all weeks at once.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_keep_rules(by))
    adopt_rules(by=by, at=at)
    kept = _filled(row or SortingRule(), rule)
    kept.position = position
    kept.save()
    record("timeuse.rule.saved", by=by, at=at, target=kept)
    return kept


@transaction.atomic
def remove_rule(row: SortingRule, *, by: Actor, at: datetime) -> None:
    """Take a rule of the district away.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_keep_rules(by))
    record("timeuse.rule.removed", by=by, at=at, target=row)
    row.delete()


def _filled(row: SortingRule, rule: Rule) -> SortingRule:
    row.name = rule.name
    row.category = rule.category.value
    row.words = list(rule.words)
    row.principals = rule.principals.value
    row.at_school = rule.at_school
    row.from_unit = rule.from_unit
    return row
