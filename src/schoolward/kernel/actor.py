"""Who is asking, with what their posts let them reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schoolward.kernel.seats import WHOLE_DISTRICT_SEATS, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person behind a request, as their posts stand today.

    Attributes:
        person_id: The person who is signed in; 0 when the system itself acts.
        name: How the person is written in records.
        seats: What their posts of today make them.
        led_school_ids: Schools they lead as principal or assistant principal.
        acted_school_ids: Schools whose principal made them a delegate.
        supervised_school_ids: Schools whose principal they supervise as ILD.
        served_school_ids: Schools they serve for a unit, by name.
        served_for: The unit for which a school is served, in words, by school id.
        unit_ids: Units in which they hold a post.
        led_unit_ids: Units which they lead, with the units under these.
        delegate_for: Persons on whose behalf they act.
        acted_for: Id and name of the person on whose behalf, by school id.
        scopes: What a token allows ("read", "write"); empty means a signed-in page.
        as_seen_by: "View as": the other person, whose rights narrow these.
    """

    person_id: int
    name: str = ""
    seats: frozenset[Seat] = frozenset()
    led_school_ids: frozenset[int] = frozenset()
    acted_school_ids: frozenset[int] = frozenset()
    supervised_school_ids: frozenset[int] = frozenset()
    served_school_ids: frozenset[int] = frozenset()
    served_for: Mapping[int, str] = field(default_factory=dict, repr=False)
    unit_ids: frozenset[int] = frozenset()
    led_unit_ids: frozenset[int] = frozenset()
    delegate_for: frozenset[int] = frozenset()
    acted_for: Mapping[int, tuple[int, str]] = field(default_factory=dict, repr=False)
    scopes: frozenset[str] = frozenset()
    as_seen_by: "Actor | None" = field(default=None, repr=False)

    @property
    def faces(self) -> tuple["Actor", ...]:
        """Return everyone whose rights must agree: one, or two under "view as"."""
        return (self,) if self.as_seen_by is None else (self, self.as_seen_by)

    @property
    def is_member(self) -> bool:
        """Return whether the person holds any post today, or acts for someone who does."""
        return bool(self.seats or self.delegate_for)

    @property
    def may_write(self) -> bool:
        """Return whether this visit may change anything: not while viewing as another."""
        return self.as_seen_by is None and self.scopes != {"read"}

    def holds(self, *seats: Seat) -> bool:
        """Return whether any of these seats is held."""
        return not self.seats.isdisjoint(seats)

    def behalf_at(self, school_id: int) -> tuple[int, str] | None:
        """Return on whose behalf they act at a school; None when their own work is there.

        >>> Actor(person_id=2, acted_for={7: (1, "Ada Cole")}).behalf_at(7)
        (1, 'Ada Cole')
        """
        own = self.led_school_ids | self.supervised_school_ids | self.served_school_ids
        return None if school_id in own else self.acted_for.get(school_id)

    @property
    def reaches_all_schools(self) -> bool:
        """Return whether a seat's work reaches every school of the district."""
        return not self.seats.isdisjoint(WHOLE_DISTRICT_SEATS)


SYSTEM = Actor(person_id=0, name="Schoolward")
"""Who is recorded when no person acted: set-up, schedules, upgrades."""
