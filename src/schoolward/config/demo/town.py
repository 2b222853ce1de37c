"""What of the simulated district stands so far, by the names of its plan."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random

from schoolward.access.actors import actor_of
from schoolward.config.demo.plan import TODAY, DistrictPlan
from schoolward.district.models import Network, Person, Post, School, Unit
from schoolward.kernel.actor import Actor


@dataclass
class Town:
    """What has been built so far, by the names of the plan."""

    plan: DistrictPlan
    admin: Actor
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    networks: list[Network] = field(default_factory=list)
    schools: dict[str, School] = field(default_factory=dict)
    draw: Random = field(default_factory=lambda: Random(1))  # noqa: S311

    def acting(self, name: str) -> Actor:
        """Return a person as the actor of the demo's day."""
        return actor_of(self.people[name], today=TODAY)


def moment(day: date, hour: int = 15) -> datetime:
    """Return an hour of a day, as the district's clock would have told it."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def address_of(name: str) -> str:
    """Return the invented e-mail address of a person."""
    plain = name.lower().replace("’", "").replace(" ", ".")
    ascii_only = plain.translate(str.maketrans("áéíóúñ", "aeioun"))
    return f"{ascii_only}@lakemont.example"
