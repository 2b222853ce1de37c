"""Reading a delivery to its end and planning all it says, each part when it is needed."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cached_property

from schoolward.district.models import School
from schoolward.exchange.changes import Changes
from schoolward.exchange.delivery import Delivery
from schoolward.exchange.domain import Record, Refusal, Target
from schoolward.exchange.ledger import Ids
from schoolward.exchange.planning import state
from schoolward.exchange.planning.base import Plan
from schoolward.exchange.planning.calendar import Calendar
from schoolward.exchange.planning.people import People, SchoolFinder
from schoolward.exchange.planning.persons import Persons
from schoolward.exchange.planning.places import Places
from schoolward.exchange.planning.posts import Posts
from schoolward.exchange.planning.schools import Schools


class Planner:
    """Plans a delivery record by record; what it never mentions is never read."""

    def __init__(
        self, delivery: Delivery, *, refuse: Callable[[Refusal], None]
    ) -> None:
        """Begin with an empty plan."""
        changes = Changes(next_id=Ids().next)
        self.plan = Plan(delivery=delivery, changes=changes, refuse=refuse)
        self._supervised: list[tuple[int, int, date]] = []

    @cached_property
    def places(self) -> Places:
        """Return the networks and units there are."""
        return Places(self.plan)

    @cached_property
    def persons(self) -> Persons:
        """Return the people there are."""
        return Persons(self.plan)

    @cached_property
    def schools(self) -> Schools:
        """Return the schools there are."""
        return Schools(self.plan, self.places, lambda: self.persons)

    @cached_property
    def finder(self) -> SchoolFinder:
        """Return how schools are found by the ids and names in the delivery."""
        if "schools" in self.__dict__:
            ids, rows = self.schools.ids, list(self.schools.rows.values())
        else:
            ids = state.ids_of(self.plan.delivery.ids, "school")
            rows = list(state.rows_of(School, "id", "name"))
        names: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            names[" ".join(row["name"].lower().split())].append(row["id"])
        single = {
            name: found[0] if len(found) == 1 else None for name, found in names.items()
        }
        return SchoolFinder(ids=ids, names=single)

    @cached_property
    def people(self) -> People:
        """Return who holds which post."""
        return People(
            plan=self.plan,
            places=self.places,
            persons=self.persons,
            posts=Posts(self.plan),
            schools=self.finder,
            supervise=lambda *told: self._supervised.append(told),
        )

    @cached_property
    def calendar(self) -> Calendar:
        """Return the school calendar."""
        return Calendar(self.plan, self.finder)

    def read(self, record: Record) -> None:
        """Plan one record."""
        if record.target is Target.SCHOOLS:
            self._read_school(record)
        elif record.target is Target.PEOPLE:
            self.people.read(record)
        elif record.target is Target.NETWORKS:
            self.places.read_network(record)
        elif record.target is Target.UNITS:
            self.places.read_unit(record)
        else:
            self.calendar.read(record)

    def _read_school(self, record: Record) -> None:
        if record.fields.get("gone"):
            self.schools.end(record)
        else:
            self.schools.read(record)

    def finish(self) -> Plan:
        """End what is absent, and return the plan."""
        self.plan.keep_source()
        for name in ("schools", "people", "calendar"):
            if name in self.__dict__:
                part = getattr(self, name)
                (part.posts if name == "people" else part).finish()
        self._supervise()
        return self.plan

    def _supervise(self) -> None:
        """Make each ILD who was named for a network the ILD of its schools."""
        for network_id, person_id, day in self._supervised:
            for school_id, spans in list(self.schools.networks.items()):
                if any(span.value == network_id and span.holds(day) for span in spans):
                    self.schools.supervise(school_id, person_id, day)
