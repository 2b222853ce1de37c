"""A reader says "this is wrong"; the owner of the fact's source answers."""

from datetime import datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base import jobs
from schoolward.base.http import insist
from schoolward.district import policies
from schoolward.district.actions.rows import locked
from schoolward.district.domain import RuleError
from schoolward.district.models import School, Source, WrongFact, WrongFactState
from schoolward.kernel.actor import Actor


@transaction.atomic
def report_wrong(wanted: WrongFact, *, by: Actor, at: datetime) -> WrongFact:
    """Say that a fact of a school is wrong; the owner of its source gets it.

    Where the source has no steward and no unit, or is not known, those who keep the
    district's records get it.

    Args:
        wanted: The report, not stored yet: school, fact, what it shows, what is said,
            and the source when it is known.
        by: Who says so.
        at: When.

    Raises:
        RefusedError: The actor may not open the school's page.
    """
    insist(policies.can_report_wrong(by, wanted.school_id))
    wanted.said_by_id, wanted.said_at = by.person_id, at
    if wanted.source is not None:
        wanted.owner_id = wanted.source.steward_id
        wanted.owner_unit_id = wanted.source.unit_id
    wanted.save(force_insert=True)
    record(
        "district.wrong.reported",
        by=by,
        at=at,
        target=wanted,
        fact=wanted.fact,
        school=wanted.school.name,
        source=wanted.source.name if wanted.source else "–",
    )
    jobs.later("district.wrong.tell_owner", by=by, wrong_id=wanted.pk)
    return wanted


@transaction.atomic
def answer_wrong(
    wrong: WrongFact, *, state: WrongFactState, answer: str, by: Actor, at: datetime
) -> WrongFact:
    """Answer a report: the fact was mended, or it is right; who said so is told.

    Raises:
        RuleError: Somebody answered already.
        RefusedError: The actor does not answer for the fact's source.
    """
    wrong = locked(wrong)
    owner, unit = wrong.owner_id, wrong.owner_unit_id
    insist(policies.can_answer_wrong(by, owner_id=owner, owner_unit_id=unit))
    if wrong.state != WrongFactState.OPEN:
        msg = f"{wrong.answered_by} answered this already."
        raise RuleError(msg)
    wrong.state, wrong.answer = state, answer
    wrong.answered_by_id, wrong.answered_at = by.person_id or None, at
    fields = ["state", "answer", "answered_by", "answered_at"]
    wrong.save(update_fields=fields)
    record(
        "district.wrong.answered",
        by=by,
        at=at,
        target=wrong,
        fact=wrong.fact,
        school=wrong.school.name,
        outcome=WrongFactState(state).label,
    )
    jobs.later("district.wrong.tell_reader", by=by, wrong_id=wrong.pk)
    return wrong


def source_of(key: str) -> Source | None:
    """Return the source that a fact names by its key."""
    rows = Source.objects.unscoped(reason="the source of a fact on a page")
    return rows.filter(key=key).first() if key else None


def report_of(
    school: School, *, fact: str, said: str, shown: str = "", source_key: str = ""
) -> WrongFact:
    """Return a report that is not stored yet."""
    return WrongFact(
        school=school,
        fact=fact,
        said=said,
        shown=shown,
        source=source_of(source_key),
    )
