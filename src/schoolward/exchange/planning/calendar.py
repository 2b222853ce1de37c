"""What a delivery says of the school calendar: years, terms and days that differ."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schoolward.district.models import DayException, SchoolYear, Term
from schoolward.exchange.domain import Counts, Record, Target
from schoolward.exchange.planning import state
from schoolward.exchange.planning.base import Plan
from schoolward.exchange.planning.people import SchoolFinder
from schoolward.kernel import schoolyear


Key = tuple[date, int | None]


@dataclass(slots=True)
class Calendar:
    """Plans the calendar once all records of a delivery are read."""

    plan: Plan
    schools: SchoolFinder
    _years: dict[int, state.Row] = field(init=False)
    _terms: dict[tuple[int, str], state.Row] = field(init=False)
    _days: dict[Key, state.Row] = field(init=False)
    _edges: dict[int, dict[str, date]] = field(default_factory=dict)
    _waiting: list[Record] = field(default_factory=list)
    _seen: set[Key] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read the calendar there is."""
        self._years = {row["start_year"]: row for row in state.rows_of(SchoolYear)}
        self._terms = {
            (row["school_year_id"], row["name"]): row for row in state.rows_of(Term)
        }
        self._days = {
            (row["day"], row["school_id"]): row for row in state.rows_of(DayException)
        }

    def read(self, record: Record) -> None:
        """Take up one row of a calendar."""
        fields = record.fields
        kind = fields["kind"]
        if kind == "year":
            edges = self._edges.setdefault(fields["start_year"], {})
            edges |= {"first": fields["first_date"], "last": fields["last_date"]}
        elif kind in {"first", "last"}:
            year = schoolyear.SchoolYear.of(fields["day"]).start
            self._edges.setdefault(year, {})[kind] = fields["day"]
        elif kind == "term":
            self._waiting.append(record)
        else:
            self._day(record)

    def finish(self) -> None:
        """Plan years before the terms in them; drop days a complete delivery lacks."""
        for year, edges in sorted(self._edges.items()):
            self._year(year, edges)
        for record in self._waiting:
            self._term(record)
        if Target.CALENDAR in self.plan.delivery.complete:
            self._drop_absent()

    def _year(self, year: int, edges: dict[str, date]) -> None:
        known = self._years.get(year)
        first = edges.get("first") or (known and known["first_date"])
        last = edges.get("last") or (known and known["last_date"])
        if not first or not last or last <= first:
            self.plan.notes.append(
                f"The school year {schoolyear.SchoolYear(year)} needs both its first and "
                "its last day; it was left as it is."
            )
            return
        days = {"first_date": first, "last_date": last}
        if known is None:
            row_id = self.plan.changes.insert(SchoolYear, start_year=year, **days)
            self._years[year] = {"id": row_id, "start_year": year} | days
            self.plan.counts += Counts(new=1)
        else:
            self._change(SchoolYear, known, days)

    def _change(
        self,
        model: type[SchoolYear] | type[Term] | type[DayException],
        known: state.Row,
        new: dict[str, Any],
    ) -> None:
        changed = self.plan.changes.update(model, known["id"], before=known, **new)
        known.update(new)
        self.plan.counts += Counts(changed=1) if changed else Counts(unchanged=1)

    def _term(self, record: Record) -> None:
        fields = record.fields
        start = fields.get("start_year")
        if start is None:
            start = schoolyear.SchoolYear.of(fields["first_date"]).start
        year = self._years.get(start)
        if year is None:
            self.plan.refuse_record(
                record,
                column="name",
                reason=f"The term belongs to {schoolyear.SchoolYear(start)}, a school year "
                "that is not known.",
                remedy="Give the first and the last day of that school year too.",
            )
            return
        name = str(fields.get("name") or "Term")[:80]
        days = {"first_date": fields["first_date"], "last_date": fields["last_date"]}
        known = self._terms.get((year["id"], name))
        if known is not None:
            self._change(Term, known, days)
            return
        row_id = self.plan.changes.insert(
            Term, school_year_id=year["id"], name=name, **days
        )
        self._terms[year["id"], name] = {"id": row_id, "name": name} | days
        self.plan.counts += Counts(new=1)

    def _day(self, record: Record) -> None:
        fields = record.fields
        school_id = None
        if fields.get("school_id") or fields.get("school_refs"):
            school_id = self.schools.find(record)
            if school_id is None:
                self.plan.refuse_record(
                    record,
                    column="school_id",
                    reason="No school is known by this id.",
                    remedy="Load the schools first, or correct the id.",
                )
                return
        key = (fields["day"], school_id)
        if key in self._seen:
            return
        self._seen.add(key)
        about = {
            "kind": fields["day_kind"],
            "name": str(fields.get("name") or "")[:120],
            "office_is_open": bool(
                fields.get("office_is_open", fields["day_kind"] == "pd")
            ),
        }
        known = self._days.get(key)
        if known is not None:
            self._change(DayException, known, about)
            return
        row_id = self.plan.changes.insert(
            DayException, day=fields["day"], school_id=school_id, **about
        )
        self._days[key] = {
            "id": row_id,
            "day": fields["day"],
            "school_id": school_id,
        } | about
        self.plan.counts += Counts(new=1)

    def _drop_absent(self) -> None:
        """Drop the district's own days of the years told that are no longer listed."""
        told = [self._years[year] for year in self._edges if year in self._years]
        for key, row in list(self._days.items()):
            inside = any(
                one["first_date"] <= key[0] <= one["last_date"] for one in told
            )
            if inside and key[1] is None and key not in self._seen:
                columns = {name: value for name, value in row.items() if name != "id"}
                self.plan.changes.delete(DayException, row["id"], row=columns)
                self.plan.counts += Counts(ended=1)
