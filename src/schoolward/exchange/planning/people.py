"""What a delivery says of people: who they are, and the post each record names."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from schoolward.exchange.domain import Counts, Record, Refusal
from schoolward.exchange.planning import state
from schoolward.exchange.planning.base import Plan
from schoolward.exchange.planning.persons import Persons
from schoolward.exchange.planning.places import Places
from schoolward.exchange.planning.posts import Manner, Posts, Subject, Told, place_of
from schoolward.kernel.seats import KEY_SEATS, SCHOOL_SEATS, UNIT_SEATS, Seat


Supervise = Callable[[int, int, date], bool]


@dataclass(slots=True)
class SchoolFinder:
    """Finds the school a record names: by the issuer's ids, else by its name."""

    ids: state.Ids
    names: dict[str, int | None] = field(default_factory=dict)

    def find(self, record: Record) -> int | None:
        """Return the school, or None."""
        fields = record.fields
        refs = list(fields.get("school_refs") or ())
        if fields.get("school_id"):
            refs.append(
                (str(fields.get("id_kind") or "school"), str(fields["school_id"]))
            )
        found = self.ids.find(refs)
        if found is not None:
            return found
        return self.names.get(
            " ".join(str(fields.get("school_name") or "").lower().split())
        )


@dataclass(slots=True)
class People:
    """Plans what a delivery says of people, one record after the other."""

    plan: Plan
    places: Places
    persons: Persons
    posts: Posts
    schools: SchoolFinder
    supervise: Callable[[int, int, date], None]

    def read(self, record: Record) -> None:
        """Plan a person and take up the post they hold."""
        fields = record.fields
        day = self.plan.day_of(record)
        if fields.get("seat") in KEY_SEATS:
            self._refuse_key_seat(record)
            return
        place = self._place(record)
        if place is None:
            return
        person_id = None
        if not fields.get("is_vacant"):
            before = len(self.persons.rows)
            person_id = self.persons.find(record)
            if person_id is None:
                return
            is_new = len(self.persons.rows) > before
        if fields.get("gone") and person_id is not None:
            self.posts.end_person(person_id, day=day)
        elif fields.get("seat"):
            self._tell(record, place, person_id, day)
        elif person_id is not None:
            self._count_person(person_id, is_new=is_new)

    def _count_person(self, person_id: int, *, is_new: bool) -> None:
        if is_new:
            self.plan.counts += Counts(new=1)
        elif self.persons.was_changed(person_id):
            self.plan.counts += Counts(changed=1)
        else:
            self.plan.counts += Counts(unchanged=1)

    def _place(self, record: Record) -> dict[str, int | None] | None:
        """Return the place of the post; None when the record was refused."""
        fields = record.fields
        place: dict[str, int | None] = dict.fromkeys(
            ("school_id", "unit_id", "network_id")
        )
        seat = fields.get("seat")
        if fields.get("gone") or not seat:
            return place
        if seat in SCHOOL_SEATS:
            place["school_id"] = self.schools.find(record)
            if place["school_id"] is None:
                self._refuse_school(record)
                return None
        elif seat in UNIT_SEATS:
            place["unit_id"] = self._unit(record)
            if place["unit_id"] is None:
                self._refuse_unit(record)
                return None
        elif fields.get("network"):
            place["network_id"] = self.places.network(str(fields["network"]))
        elif fields.get("unit"):
            place["unit_id"] = self._unit(record)
        return place

    def _unit(self, record: Record) -> int | None:
        fields = record.fields
        found = self.places.unit_ids.find([("unit", str(fields.get("unit_id") or ""))])
        if found is None and fields.get("unit"):
            found = self.places.unit(str(fields["unit"]))
        return found

    def _refuse_school(self, record: Record) -> None:
        fields = record.fields
        refs = [value for _, value in fields.get("school_refs") or ()]
        shown = ", ".join(dict.fromkeys(refs)) or str(
            fields.get("school_id") or fields.get("school_name") or ""
        )
        self.plan.refuse(
            Refusal(
                row=record.row,
                column=str(fields.get("school_heading") or "school_id"),
                value=shown[:200],
                reason=f"No school is known by “{shown}”."
                if shown
                else "The row names no school.",
                remedy="Load the schools first, add the id to the crosswalk, or correct it.",
            )
        )

    def _refuse_key_seat(self, record: Record) -> None:
        self.plan.refuse_record(
            record,
            column="seat",
            reason="No file makes anyone an administrator or a records officer.",
            remedy="Have an administrator appoint them, and leave the row out.",
        )

    def _refuse_unit(self, record: Record) -> None:
        self.plan.refuse_record(
            record,
            column="unit",
            reason="The post belongs to a unit, but the row names none.",
            remedy="Fill in the unit, or give the post another seat.",
        )

    def _tell(
        self,
        record: Record,
        place: dict[str, int | None],
        person_id: int | None,
        day: date,
    ) -> None:
        fields = record.fields
        position = str(fields.get("position_number") or "")
        columns: dict[str, Any] = {
            "seat": fields["seat"],
            "person_id": person_id,
            "position_number": position[:40],
            "fte": _share(fields.get("fte")),
            "reports_to_id": None,
        } | place
        subject = Subject(
            seat=str(fields["seat"]),
            place=place_of(columns),
            position=position,
            holder=f"p{person_id}" if person_id else "vacant",
        )
        told = Told(
            manner=Manner(str(fields.get("capacity") or "regular"), _title(fields)),
            columns=columns,
            start=fields.get("start_date"),
            end=_end(fields),
            person_is_new=person_id is not None and self.persons.was_changed(person_id),
        )
        self.posts.tell(subject, told, day=day)
        network = place["network_id"]
        if fields["seat"] == Seat.ILD and network and person_id:
            self.supervise(network, person_id, fields.get("start_date") or day)


def _title(fields: dict[str, Any]) -> str:
    return str(fields.get("title") or "")[:160]


def _end(fields: dict[str, Any]) -> date | None:
    start, end = fields.get("start_date"), fields.get("end_date")
    return None if start and end and end <= start else end


def _share(value: Any) -> Decimal | None:
    """Return the share of a full post as the database keeps it."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))
