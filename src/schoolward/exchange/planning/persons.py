"""Who a record speaks of: matched by id, then by verified e-mail, else someone new."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schoolward.district.models import Person
from schoolward.exchange.domain import Record
from schoolward.exchange.planning import state
from schoolward.exchange.planning.base import Plan


DETAILS = ("given_name", "family_name", "phone")


@dataclass(slots=True)
class Persons:
    """The people a plan refers to.

    Attributes:
        namesakes: New people who bear a name that is known: perhaps the same person.
    """

    plan: Plan
    rows: dict[int, state.Row] = field(default_factory=state.people)
    ids: state.Ids = field(init=False)
    namesakes: list[tuple[int, int]] = field(default_factory=list)
    _by_email: dict[str, int] = field(init=False)
    _by_name: dict[str, int] = field(init=False)
    _told: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        """Read who is known by which id, e-mail and name."""
        self.ids = state.ids_of(self.plan.delivery.ids, "person")
        self._by_email = {
            row["email"].lower(): pk for pk, row in self.rows.items() if row["email"]
        }
        self._by_name = {
            row["display_name"].lower(): pk for pk, row in self.rows.items()
        }

    def find(self, record: Record) -> int | None:
        """Return who a record speaks of, planning a new person when nobody matches.

        Returns:
            The person; None when the record was refused.
        """
        fields = record.fields
        refs = [("person", one) for one in _ids(fields)]
        email = str(fields.get("email") or "").lower()
        person_id = self._present(self.ids.find(refs))
        if person_id is None and email in self._by_email:
            person_id = self._by_email[email]
            if not self.rows[person_id]["email_is_verified"]:
                self._refuse_email(record, person_id)
                return None
        is_new = person_id is None
        if person_id is None:
            person_id = self._new(fields, email)
        for ref in refs:
            self.plan.keep_id(self.ids, ref, person_id=person_id)
        if not is_new and not self._update(person_id, record, email):
            return None
        return person_id

    def ild(self, record: Record) -> int | None:
        """Return the ILD that a record of a school names."""
        fields = record.fields
        told = {
            "person_id": fields.get("ild_id"),
            "name": fields.get("ild_name")
            or fields.get("ild_id")
            or fields.get("ild_email"),
            "email": fields.get("ild_email"),
        }
        given = {name: value for name, value in told.items() if value}
        return self.find(Record(row=record.row, target=record.target, fields=given))

    def _present(self, person_id: int | None) -> int | None:
        """Follow merges to the person as they are known today."""
        while person_id is not None and self.rows[person_id]["merged_into_id"]:
            person_id = self.rows[person_id]["merged_into_id"]
        return person_id

    def _new(self, fields: Mapping[str, Any], email: str) -> int:
        row: dict[str, Any] = {
            "display_name": _shown(fields, email)[:200],
            "given_name": str(fields.get("given_name") or "")[:100],
            "family_name": str(fields.get("family_name") or "")[:100],
            "email": email,
            "email_is_verified": bool(email) and self.plan.delivery.emails_are_verified,
            "phone": str(fields.get("phone") or "")[:40],
        }
        person_id = self.plan.changes.insert(Person, **row)
        self.rows[person_id] = row | {"id": person_id, "merged_into_id": None}
        if email:
            self._by_email[email] = person_id
        known = self._by_name.setdefault(row["display_name"].lower(), person_id)
        if known != person_id:
            self.namesakes.append((known, person_id))
        return person_id

    def _update(self, person_id: int, record: Record, email: str) -> bool:
        """Plan what the file knows better; return whether the record may go on."""
        row, fields = self.rows[person_id], record.fields
        wanted = {name: fields[name] for name in DETAILS if fields.get(name)}
        if fields.get("name"):
            wanted["display_name"] = _shown(fields, email)[:200]
        if email and email != row["email"]:
            if self._by_email.get(email, person_id) != person_id:
                self._refuse_email(record, self._by_email[email])
                return False
            wanted["email"] = email
            wanted["email_is_verified"] = self.plan.delivery.emails_are_verified
            self._by_email[email] = person_id
        elif email and self.plan.delivery.emails_are_verified:
            wanted["email_is_verified"] = True
        self._told[person_id] += self.plan.changes.update(
            Person, person_id, before=row, **wanted
        )
        row.update(wanted)
        return True

    def was_changed(self, person_id: int) -> bool:
        """Return whether the file told something new of a person."""
        return self._told[person_id] > 0

    def _refuse_email(self, record: Record, holder: int) -> None:
        name = self.rows[holder]["display_name"]
        self.plan.refuse_record(
            record,
            column="email",
            reason=f"{name} has this e-mail address already, and nobody has verified it.",
            remedy="If they are one person, give both the same person id or have them sign "
            "in once; else correct the address.",
        )


def _ids(fields: Mapping[str, Any]) -> Iterable[str]:
    first = fields.get("person_id")
    return [str(one)[:120] for one in (first, *fields.get("also_ids", ())) if one]


def _shown(fields: Mapping[str, Any], email: str) -> str:
    given, family = fields.get("given_name") or "", fields.get("family_name") or ""
    joined = f"{given} {family}".strip()
    return str(fields.get("name") or joined or fields.get("person_id") or email)
