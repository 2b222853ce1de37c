"""Writing what one school belongs to when: its networks and its ILDs."""

from datetime import date
from typing import NamedTuple

from schoolward.base.guarded import GuardedQuerySet
from schoolward.district import domain
from schoolward.district.models import Membership, School, Supervision
from schoolward.kernel.spans import Span


REASON = "an action changes the dated rows of one school"


class Track(NamedTuple):
    """A kind of dated row of which a school has one at a time."""

    model: type[Membership] | type[Supervision]
    value: str

    def rows(self, school: School) -> "GuardedQuerySet[Membership | Supervision]":
        """Return the school's rows, for changing."""
        return self.model.objects.unscoped(reason=REASON).filter(school=school)  # type: ignore[return-value]

    def stretches(self, school: School) -> list[domain.Stretch]:
        """Return the school's rows as stretches, locked until the transaction ends."""
        rows = self.rows(school).select_for_update().order_by("start_date")
        return [
            domain.Stretch(row.span, getattr(row, self.value), row.pk) for row in rows
        ]


NETWORKS = Track(Membership, "network_id")
ILDS = Track(Supervision, "person_id")


def put(
    track: Track, school: School, value: int, *, start: date, until: date | None
) -> domain.Edits:
    """Let a value hold from a day to the next recorded change; return what was written."""
    before = track.stretches(school)
    after = domain.begin(before, value, start=start, until=until)
    return _write(track, school, before, after)


def cut(
    track: Track, school: School, *, start: date, until: date | None = None
) -> domain.Edits:
    """Let nothing hold from a day on, or up to another; return what was written."""
    before = track.stretches(school)
    return _write(track, school, before, domain.cut(before, Span(start, until)))


def _write(
    track: Track,
    school: School,
    before: list[domain.Stretch],
    after: list[domain.Stretch],
) -> domain.Edits:
    found = domain.edits(before, after)
    rows = track.rows(school)
    rows.filter(pk__in=found.removed).delete()
    for one in found.changed:
        rows.filter(pk=one.row).update(start_date=one.span.start, end_date=one.span.end)
    for one in found.added:
        track.model._base_manager.create(
            school=school,
            start_date=one.span.start,
            end_date=one.span.end,
            **{track.value: one.value},
        )
    return found
