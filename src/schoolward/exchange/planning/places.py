"""Networks and units that a delivery names: found by id or name, else made."""

from dataclasses import dataclass, field

from schoolward.district.models import Network, Unit
from schoolward.exchange.domain import Counts, Record
from schoolward.exchange.planning import state
from schoolward.exchange.planning.base import Plan


@dataclass(slots=True)
class Places:
    """The networks and units a plan refers to."""

    plan: Plan
    networks: dict[str, int] = field(default_factory=lambda: state.named(Network))
    units: dict[str, int] = field(default_factory=lambda: state.named(Unit))
    network_ids: state.Ids = field(init=False)
    unit_ids: state.Ids = field(init=False)

    def __post_init__(self) -> None:
        """Read what the issuer calls networks and units."""
        self.network_ids = state.ids_of(self.plan.delivery.ids, "network")
        self.unit_ids = state.ids_of(self.plan.delivery.ids, "unit")

    def network(self, name: str, *, supervised: bool = True) -> int:
        """Return a network by its name, making it when there is none."""
        found = self.networks.get(name.lower())
        if found is None:
            found = self.plan.changes.insert(
                Network, name=name[:120], supervised=supervised
            )
            self.networks[name.lower()] = found
        return found

    def unit(self, name: str, *, parent: int | None = None) -> int:
        """Return a unit by its name, making it when there is none."""
        found = self.units.get(name.lower())
        if found is None:
            found = self.plan.changes.insert(Unit, name=name[:160], parent_id=parent)
            self.units[name.lower()] = found
        return found

    def read_network(self, record: Record) -> None:
        """Take up a network that the delivery lists."""
        fields = record.fields
        ref = ("network", str(fields.get("network_id") or ""))
        found = self.network_ids.find([ref])
        if found is None:
            known = str(fields["name"]).lower() in self.networks
            found = self.network(
                str(fields["name"]), supervised=bool(fields.get("supervised", True))
            )
            self._count(is_new=not known)
        else:
            self._count(is_new=False)
        self.plan.keep_id(self.network_ids, ref, network_id=found)

    def read_unit(self, record: Record) -> None:
        """Take up a unit that the delivery lists."""
        fields = record.fields
        ref = ("unit", str(fields.get("unit_id") or ""))
        found = self.unit_ids.find([ref])
        if found is None:
            known = str(fields["name"]).lower() in self.units
            parent = self.unit_ids.find([("unit", str(fields.get("parent_id") or ""))])
            found = self.unit(str(fields["name"]), parent=parent)
            self._count(is_new=not known)
        else:
            self._count(is_new=False)
        self.plan.keep_id(self.unit_ids, ref, unit_id=found)

    def _count(self, *, is_new: bool) -> None:
        self.plan.counts += Counts(new=1) if is_new else Counts(unchanged=1)
