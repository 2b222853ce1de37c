"""What a delivery says of schools: their particulars, names, networks and ILDs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schoolward.district.models import (
    Assignment,
    Membership,
    Post,
    School,
    SchoolName,
    Supervision,
)
from schoolward.exchange.domain import Counts, Record, Target
from schoolward.exchange.models import Sighting
from schoolward.exchange.planning import state
from schoolward.exchange.planning.base import Plan
from schoolward.exchange.planning.persons import Persons
from schoolward.exchange.planning.places import Places
from schoolward.exchange.timeline import Held, observe, value_on


PARTICULARS = (
    "short_name",
    "level",
    "grades",
    "category",
    "address",
    "city",
    "state",
    "postal_code",
    "phone",
    "website",
    "latitude",
    "longitude",
    "open_date",
    "close_date",
)
"""What a later file replaces; an earlier one only fills in what is blank."""

WEIGHTY = frozenset({"level", "open_date", "close_date"})
"""Particulars whose change the guard weighs; a new telephone number it does not."""


@dataclass(slots=True)
class Schools:
    """Plans what a delivery says of schools, one record after the other."""

    plan: Plan
    places: Places
    persons: Callable[[], Persons]
    rows: dict[int, state.Row] = field(default_factory=state.schools)
    ids: state.Ids = field(init=False)
    confirmed: list[date] = field(init=False)
    sightings: dict[int, state.Row] = field(init=False)
    names: dict[int, list[Held[str]]] = field(default_factory=state.former_names)
    networks: dict[int, list[Held[int]]] = field(init=False)
    ilds: dict[int, list[Held[int]]] = field(init=False)
    _seen: dict[int, int] = field(default_factory=dict)
    _listed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read what the source told before."""
        key = self.plan.source_key
        self.ids = state.ids_of(self.plan.delivery.ids, "school")
        self.confirmed = state.confirmed_days(key, Target.SCHOOLS)
        self.sightings = state.sightings(key)
        self.networks = state.spans_of(Membership, "network_id")
        self.ilds = state.spans_of(Supervision, "person_id")

    def read(self, record: Record) -> None:
        """Plan one school; the same id twice in one file is refused."""
        ref = (
            str(record.fields.get("id_kind") or "school"),
            record.fields["school_id"],
        )
        school_id = self.ids.find([ref])
        if school_id in self._seen:
            self._refuse_twice(record, self._seen[school_id])
            return
        day = self.plan.day_of(record)
        is_new = school_id is None
        if school_id is None:
            school_id = self._new(record)
        self._seen[school_id] = record.row
        self.plan.keep_id(self.ids, ref, school_id=school_id)
        changed, weighty = self._compare(school_id, record, day)
        self._keep_ids(school_id, record)
        self._sight(school_id, day)
        self._count(is_new=is_new, changed=changed, weighty=weighty)

    def _refuse_twice(self, record: Record, first: int) -> None:
        self.plan.refuse_record(
            record,
            column="school_id",
            reason=f"The same school stands in row {first} already.",
            remedy="Keep the row that is right and delete the other.",
        )

    def _new(self, record: Record) -> int:
        given = {
            name: record.fields[name]
            for name in PARTICULARS
            if record.fields.get(name) is not None
        }
        school_id = self.plan.changes.insert(
            School, name=record.fields["name"], **given
        )
        blank = {name: _default(name) for name in PARTICULARS}
        self.rows[school_id] = (
            blank | given | {"id": school_id, "name": record.fields["name"]}
        )
        return school_id

    def _compare(self, school_id: int, record: Record, day: date) -> tuple[bool, bool]:
        """Plan what differs; return whether anything does, and whether it weighs."""
        particulars = self._particulars(school_id, record.fields, day)
        moved = [self._name(school_id, record.fields["name"], day)]
        moved.append(self._reopen(school_id, record.fields, day))
        if "network" in record.fields or "network_id" in record.fields:
            moved.append(self._network(school_id, record.fields, day))
        if record.fields.get("ild_id") or record.fields.get("ild_email"):
            moved.append(self._ild(school_id, record, day))
        weighty = any(moved) or bool(WEIGHTY & set(particulars))
        return weighty or bool(particulars), weighty

    def _is_latest(self, day: date) -> bool:
        return not self.confirmed or day >= self.confirmed[-1]

    def _particulars(
        self, school_id: int, fields: Mapping[str, Any], day: date
    ) -> list[str]:
        row = self.rows[school_id]
        latest = self._is_latest(day)
        given = {
            name: fields[name] for name in PARTICULARS if fields.get(name) is not None
        }
        wanted = {
            name: value
            for name, value in given.items()
            if _differs(name, row[name], value)
            and (latest or row[name] in ("", None, "other"))
        }
        self.plan.changes.update(School, school_id, before=row, **wanted)
        row.update(wanted)
        return list(wanted)

    def _name(self, school_id: int, name: str, day: date) -> bool:
        """Let the school bear a name from the day on; keep what it bore before."""
        row, former = self.rows[school_id], self.names[school_id]
        start = former[-1].end if former else min([day, *self.confirmed[:1]])
        if value_on(former, day) == name or (name == row["name"] and not former):
            return False
        present = Held(start or day, None, row["name"])
        after = observe(
            [*former, present], day=day, value=name, confirmed=self.confirmed
        )
        last = after[-1]
        kept = self.plan.write_spans(
            SchoolName,
            former,
            [span for span in after if span.end is not None],
            row_of=lambda span: {"school_id": school_id, "name": span.value},
        )
        self.names[school_id] = kept
        changed = self.plan.changes.update(
            School, school_id, before=row, name=last.value
        )
        row["name"] = last.value
        return changed or len(kept) != len(former)

    def _reopen(self, school_id: int, fields: Mapping[str, Any], day: date) -> bool:
        """Open a school again that a file lists after it had ended."""
        row = self.rows[school_id]
        closed = row["close_date"]
        if closed is None or closed > day or fields.get("close_date"):
            return False
        if school_id not in self.sightings:
            return False
        self.plan.changes.update(School, school_id, before=row, close_date=None)
        row["close_date"] = None
        return True

    def _network(self, school_id: int, fields: Mapping[str, Any], day: date) -> bool:
        before = self.networks[school_id]
        network = self._network_of(fields)
        after = observe(before, day=day, value=network, confirmed=self.confirmed)
        if after == before:
            return False
        self.networks[school_id] = self.plan.write_spans(
            Membership,
            before,
            after,
            row_of=lambda span: {"school_id": school_id, "network_id": span.value},
        )
        return True

    def _network_of(self, fields: Mapping[str, Any]) -> int | None:
        if ref := fields.get("network_id"):
            found = self.places.network_ids.find([("network", str(ref))])
            if found is not None:
                return found
        name = fields.get("network")
        if not name:
            return None
        supervised = bool(fields.get("network_supervised", True))
        return self.places.network(str(name), supervised=supervised)

    def _ild(self, school_id: int, record: Record, day: date) -> bool:
        person_id = self.persons().ild(record)
        return person_id is not None and self.supervise(school_id, person_id, day)

    def supervise(self, school_id: int, person_id: int, day: date) -> bool:
        """Plan that a person is a school's ILD from a day on."""
        before = self.ilds[school_id]
        after = observe(before, day=day, value=person_id, confirmed=self.confirmed)
        if after == before:
            return False
        self.ilds[school_id] = self.plan.write_spans(
            Supervision,
            before,
            after,
            row_of=lambda span: {"school_id": school_id, "person_id": span.value},
        )
        return True

    def _keep_ids(self, school_id: int, record: Record) -> None:
        """Keep further ids; one that two schools claim in this file is kept by neither."""
        for kind, value in dict(record.fields.get("ids") or {}).items():
            ref = (str(kind), str(value))
            holder = self.ids.known.get(ref)
            if holder is not None and holder != school_id:
                self.ids.shared.add(ref)
            else:
                self.plan.keep_id(self.ids, ref, school_id=school_id)

    def _sight(self, school_id: int, day: date) -> None:
        seen = self.sightings.get(school_id)
        key = self.plan.source_key
        if seen is None:
            days = {"first_day": day, "last_day": day}
            row_id = self.plan.changes.insert(
                Sighting, source_key=key, school_id=school_id, **days
            )
            self.sightings[school_id] = {"id": row_id, "school_id": school_id} | days
            return
        wanted = {
            "first_day": min(seen["first_day"], day),
            "last_day": max(seen["last_day"], day),
        }
        self.plan.changes.update(Sighting, seen["id"], before=seen, **wanted)
        seen.update(wanted)

    def _count(self, *, is_new: bool, changed: bool, weighty: bool) -> None:
        if is_new:
            self.plan.counts += Counts(new=1)
        elif changed:
            self.plan.counts += Counts(changed=1, weighty=int(weighty))
        else:
            self.plan.counts += Counts(unchanged=1)

    def finish(self) -> None:
        """End what a complete delivery no longer lists, and remember its day."""
        if self.ids.shared:
            self.plan.notes.append(
                f"{len(self.ids.shared)} further ids are claimed by two schools each; "
                "each stays with the school that had it first."
            )
        day = self.plan.delivery.as_of
        if not self._seen or Target.SCHOOLS not in self.plan.delivery.complete:
            return
        for school_id, seen in list(self.sightings.items()):
            if (
                school_id not in self._seen
                and seen["first_day"] < day > seen["last_day"]
            ):
                self._end(school_id, day)
        self.plan.keep_day(Target.SCHOOLS, day, self.confirmed)

    def end(self, record: Record) -> None:
        """End a school that a delivery says is gone."""
        ref = (
            str(record.fields.get("id_kind") or "school"),
            record.fields["school_id"],
        )
        school_id = self.ids.find([ref])
        if school_id is not None and school_id not in self._seen:
            self._seen[school_id] = record.row
            self._end(school_id, self.plan.day_of(record))

    def _end(self, school_id: int, day: date) -> None:
        row = self.rows[school_id]
        if row["close_date"] is not None and row["close_date"] <= day:
            return
        self.plan.changes.update(School, school_id, before=row, close_date=day)
        row["close_date"] = day
        for model in (Membership, Supervision, Assignment, Post):
            self._end_rows(model, school_id, day)
        self.plan.counts += Counts(ended=1)

    def _end_rows(
        self,
        model: type[Membership] | type[Supervision] | type[Assignment] | type[Post],
        school_id: int,
        day: date,
    ) -> None:
        running = state.rows_of(
            model, "id", "end_date", school_id=school_id, start_date__lt=day
        )
        for row in running:
            if row["end_date"] is None or row["end_date"] > day:
                self.plan.changes.update(model, row["id"], before=row, end_date=day)


def _differs(name: str, before: Any, after: Any) -> bool:
    """Compare a particular; a telephone number by its digits alone."""
    if name == "phone" and before:
        return re.sub(r"\D", "", before) != re.sub(r"\D", "", after)
    return bool(before != after)


def _default(name: str) -> Any:
    fields = {one.attname: one for one in School._meta.concrete_fields}
    value = fields[name].get_default()
    return value.value if hasattr(value, "value") else value
