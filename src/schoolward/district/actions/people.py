"""Adding and correcting people, and naming who acts for whom."""

from datetime import date, datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies, search
from schoolward.district.actions.rows import Detail, change, day_of, locked
from schoolward.district.domain import RuleError
from schoolward.district.models import Delegation, EntryKind, Person
from schoolward.kernel.actor import Actor


@transaction.atomic
def add_person(
    display_name: str, *, by: Actor, at: datetime, **details: Detail
) -> Person:
    """Add a person, who holds no post yet.

    Raises:
        RuleError: Somebody else has this e-mail address.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    _refuse_email(details.get("email"))
    person = Person.objects.create(display_name=display_name, **details)
    record("district.person.added", by=by, at=at, target=person)
    search.refresh(EntryKind.PERSON, [person.pk], day=day_of(at))
    return person


@transaction.atomic
def change_person(
    person: Person, *, by: Actor, at: datetime, **details: Detail
) -> Person:
    """Correct a person's name or how to reach them.

    Raises:
        RuleError: Somebody else has this e-mail address.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    person = locked(person)
    _refuse_email(details.get("email"), but=person.pk)
    if details.get("email", person.email) != person.email:
        details["email_is_verified"] = False
    if change(person, details, verb="district.person.changed", by=by, at=at):
        search.refresh(EntryKind.PERSON, [person.pk], day=day_of(at))
    return person


def _refuse_email(email: Detail, *, but: int = 0) -> None:
    if not email:
        return
    rows = Person.objects.unscoped(reason="whether the address is taken")
    if other := rows.filter(email=email).exclude(pk=but).first():
        msg = f"{other} has this e-mail address. If they are one person, merge them."
        raise RuleError(msg)


@transaction.atomic
def name_delegate(wanted: Delegation, *, by: Actor, at: datetime) -> Delegation:
    """Let a person act on another's behalf; everything they do is recorded so.

    Args:
        wanted: The delegation, not stored yet.
        by: Who acts: the person themselves or an administrator.
        at: When.

    Raises:
        RuleError: It is themselves, or the two have such a delegation already.
        RefusedError: The actor is neither the person nor an administrator.
    """
    insist(policies.can_delegate(by, wanted.person_id))
    if wanted.person_id == wanted.delegate_id:
        msg = "Choose somebody else: nobody acts for themselves."
        raise RuleError(msg)
    if wanted.end_date is not None and wanted.end_date <= wanted.start_date:
        msg = "Enter a last day after the first."
        raise RuleError(msg)
    rows = Delegation.objects.unscoped(reason="whether the two have a delegation")
    same = rows.filter(person=wanted.person_id, delegate=wanted.delegate_id)
    if same.exclude(end_date__lte=wanted.start_date).exists():
        msg = f"{wanted.delegate} acts for {wanted.person} then already."
        raise RuleError(msg)
    wanted.save(force_insert=True)
    _told("district.delegation.begun", wanted, by=by, at=at)
    return wanted


@transaction.atomic
def end_delegation(
    delegation: Delegation, *, on: date, by: Actor, at: datetime
) -> Delegation:
    """End a delegation; one that has not begun by that day is taken back.

    Raises:
        RefusedError: The actor is neither the person nor an administrator.
    """
    insist(policies.can_delegate(by, delegation.person_id))
    delegation = locked(delegation)
    _told("district.delegation.ended", delegation, by=by, at=at)
    if on <= delegation.start_date:
        delegation.delete()
    elif delegation.end_date is None or on < delegation.end_date:
        delegation.end_date = on
        delegation.save(update_fields=["end_date"])
    return delegation


def _told(verb: str, delegation: Delegation, *, by: Actor, at: datetime) -> None:
    record(
        verb,
        by=by,
        at=at,
        target=delegation,
        person=delegation.person.display_name,
        delegate=delegation.delegate.display_name,
        purpose=delegation.purpose,
    )
