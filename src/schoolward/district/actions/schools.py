"""Opening, renaming, merging and closing schools."""

from datetime import date, datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies, search
from schoolward.district.actions import tracks
from schoolward.district.actions.names import LONG_AGO
from schoolward.district.actions.rows import Detail, change, day_of, locked
from schoolward.district.domain import RuleError, in_words
from schoolward.district.models import Assignment, EntryKind, Post, School, SchoolName
from schoolward.kernel.actor import Actor


@transaction.atomic
def open_school(name: str, *, by: Actor, at: datetime, **details: Detail) -> School:
    """Open a school.

    Args:
        name: Its name.
        by: Who acts.
        at: When.
        details: Further fields of `School`, such as `level` and `open_date`.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    school = School.objects.create(name=name, **details)
    record("district.school.opened", by=by, at=at, target=school)
    search.refresh(EntryKind.SCHOOL, [school.pk], day=day_of(at))
    return school


@transaction.atomic
def change_school(
    school: School, *, by: Actor, at: datetime, **details: Detail
) -> School:
    """Correct a school's facts; its name changes by `rename_school`.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    school = locked(school)
    if change(school, details, verb="district.school.changed", by=by, at=at):
        search.refresh(EntryKind.SCHOOL, [school.pk], day=day_of(at))
    return school


@transaction.atomic
def check_school(school: School, *, by: Actor, at: datetime) -> School:
    """Note that somebody looked a school's facts over today and found them right.

    Raises:
        RefusedError: The school's profile is not the actor's to write.
    """
    insist(policies.can_edit_profile(by, school.pk))
    school = locked(school)
    school.checked_date = day_of(at)
    school.save(update_fields=["checked_date"])
    record("district.school.checked", by=by, at=at, target=school)
    return school


@transaction.atomic
def rename_school(
    school: School, *, name: str, on: date, by: Actor, at: datetime
) -> School:
    """Give a school another name from a day on, and keep the one it bore.

    Raises:
        RuleError: The day lies ahead, or the school bears this name already.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    school = locked(school)
    _refuse_renaming(school, name, on, today=day_of(at))
    former = school.name
    _keep_name(school, until=on)
    school.name = name
    school.save(update_fields=["name"])
    record(
        "district.school.renamed",
        by=by,
        at=at,
        target=school,
        former=former,
        on=str(on),
    )
    search.refresh_school(school.pk, day=day_of(at))
    return school


def _refuse_renaming(school: School, name: str, on: date, *, today: date) -> None:
    if on > today:
        msg = "A name is changed on its first day or later. Come back on that day."
        raise RuleError(msg)
    if name == school.name:
        msg = f"The school is called {name} already. Enter another name."
        raise RuleError(msg)


def _keep_name(school: School, *, until: date) -> None:
    """Keep the present name as a former one, unless it held for no day."""
    names = SchoolName.objects.unscoped(reason="the school's earlier names")
    last = names.filter(school=school).order_by("-end_date").first()
    start = (last.end_date if last else school.open_date) or LONG_AGO
    if start < until:
        SchoolName.objects.create(
            school=school, name=school.name, start_date=start, end_date=until
        )


@transaction.atomic
def close_school(school: School, *, on: date, by: Actor, at: datetime) -> School:
    """Close a school: nobody leads, supervises or serves it from that day on.

    Raises:
        RuleError: The school opens on or after that day.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    school = _closed(locked(school), on=on)
    record("district.school.closed", by=by, at=at, target=school, on=str(on))
    search.refresh_school(school.pk, day=day_of(at))
    return school


@transaction.atomic
def merge_school(
    school: School, *, into: School, on: date, by: Actor, at: datetime
) -> School:
    """Close a school whose children and staff go to another.

    Raises:
        RuleError: The other is the same school, or closed by then.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    school, into = locked(school), locked(into)
    if school.pk == into.pk or (into.close_date and into.close_date <= on):
        msg = "Choose another school that is open on that day."
        raise RuleError(msg)
    _closed(school, on=on)
    school.merged_into = into
    school.save(update_fields=["merged_into"])
    record(
        "district.school.merged",
        by=by,
        at=at,
        target=school,
        into=into.name,
        on=str(on),
    )
    search.refresh_school(school.pk, day=day_of(at))
    return school


def _closed(school: School, *, on: date) -> School:
    if school.open_date and on <= school.open_date:
        msg = f"The school opens on {in_words(school.open_date)}. Enter a later day."
        raise RuleError(msg)
    school.close_date = on
    school.save(update_fields=["close_date"])
    for track in (tracks.NETWORKS, tracks.ILDS):
        tracks.cut(track, school, start=on)
    for model in (Post, Assignment):
        end_rows_of(model, school, on=on)
    return school


def end_rows_of(
    model: type[Post] | type[Assignment], school: School, *, on: date
) -> None:
    """End a school's running rows on a day; rows that had not begun by then go."""
    rows = model.objects.unscoped(reason="the closing school's own rows")
    mine = rows.filter(school=school)
    mine.filter(start_date__gte=on).delete()
    mine.exclude(end_date__lte=on).update(end_date=on)
