"""Schools, networks and the district as rows of one table, with groups as columns.

The shape that `smallcells` reasons about. Every dimension of groups (such as gender) has
one more column, its rest: those of the whole who are in none of its groups.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


WHOLE = ""
"""The column of everyone."""

REST = ":·rest·"
"""What the name of a dimension's rest ends in."""

UNKNOWN_WEIGHT = 1e6
"""What withholding a cell of unknown size is held to cost."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place: `school`, `network` or `district`."""

    kind: str
    id: int = 0


@dataclass(slots=True, eq=False)
class Mark:
    """One cell while it is decided whether it shows."""

    size: float | None
    count: float | None
    from_file: bool = False
    hidden: bool = False

    @property
    def weight(self) -> float:
        """Return what withholding this cell costs: the people it would no longer show."""
        return UNKNOWN_WEIGHT if self.size is None else self.size


Ranked = tuple[float, int, Mark | None]
"""What withholding a school's cell costs, the school, and the cell if it has one."""


@dataclass(slots=True)
class Row:
    """The cells of one school, network or the district.

    Attributes:
        marks: The cells by column, the rests among them.
        lines: For each sum above, the columns of this row that are part of it. A
            value that the file withheld is part of no group's sum, so it lies with
            the rest.
    """

    marks: dict[str, Mark] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)

    def columns(self) -> list[str]:
        """Return the columns that could be shown: all but the rests."""
        return [column for column in self.marks if not column.endswith(REST)]

    def shows(self, column: str) -> bool:
        """Return whether a cell is there and not withheld."""
        mark = self.marks.get(column)
        return mark is not None and not mark.hidden

    def hides(self, column: str) -> bool:
        """Return whether a cell is there and withheld."""
        mark = self.marks.get(column)
        return mark is not None and mark.hidden

    def line_of(self, column: str) -> str:
        """Return the sum above that a cell is part of."""
        if self.marks[column].from_file and column != WHOLE:
            return dimension_of(column) + REST
        return column

    def draw_lines(self) -> None:
        """Note which columns are part of which sum."""
        self.lines = {}
        for column in self.marks:
            self.lines.setdefault(self.line_of(column), []).append(column)

    def rest_of(self, column: str) -> float:
        """Return how many of the whole are not in a column; 0 when unknown."""
        whole = self.marks.get(WHOLE)
        if column == WHOLE or whole is None or whole.size is None:
            return 0
        return max(whole.size - (self.marks[column].size or 0), 0)


def dimension_of(column: str) -> str:
    """Return the dimension a group or a rest belongs to; "" for a bare name.

    >>> dimension_of("gender:female"), dimension_of("ELL")
    ('gender', '')
    """
    if column.endswith(REST):
        return column.removesuffix(REST)
    return column.rpartition(":")[0]


class Grid:
    """One indicator and period, over all schools."""

    def __init__(self, networks: Mapping[int, int]) -> None:
        """Start empty, knowing the network of each school."""
        self.networks_of = networks
        self.schools: dict[int, Row] = {}
        self.networks: dict[int, Row] = {}
        self.district = Row()
        self.dimensions: dict[str, list[str]] = {}
        self.members: dict[int | None, list[int]] = defaultdict(list)
        self._ranked: dict[tuple[str, int | None], list[Ranked]] = {}
        self._outside: dict[tuple[str, int | None], list[Ranked]] = {}

    def add(self, school: int, group: str, mark: Mark) -> None:
        """Put one cell in its place."""
        self.schools.setdefault(school, Row()).marks[group] = mark

    def sum_up(self) -> None:
        """Find dimensions and rests, and add the rows of networks and district."""
        self._find_dimensions()
        for row in self.schools.values():
            self._add_rests(row)
            row.draw_lines()
        self._add_networks()
        self.district = self._sum(list(self.schools))
        for row in (*self.networks.values(), self.district):
            self._add_rests(row)

    def regrouped(self, networks: Mapping[int, int]) -> "Grid":
        """Return the same schools, as they are now withheld, under other networks."""
        other = Grid(networks)
        other.schools, other.dimensions = self.schools, self.dimensions
        other._add_networks()
        return other

    def _find_dimensions(self) -> None:
        groups = {group for row in self.schools.values() for group in row.marks}
        for group in sorted(groups - {WHOLE}):
            self.dimensions.setdefault(dimension_of(group), []).append(group)
        for dimension, columns in self.dimensions.items():
            columns.append(dimension + REST)

    def _add_rests(self, row: Row) -> None:
        for dimension, columns in self.dimensions.items():
            rest = _rest(row, [row.marks[c] for c in columns if c in row.marks])
            if rest is not None:
                row.marks[dimension + REST] = rest

    def _add_networks(self) -> None:
        for school in sorted(self.schools):
            self.members[self.networks_of.get(school)].append(school)
        for network, schools in self.members.items():
            if network is not None:
                self.networks[network] = self._sum(schools)

    def _sum(self, schools: list[int]) -> Row:
        summed = Row()
        for school in schools:
            row = self.schools[school]
            for column in row.columns():
                if not row.marks[column].from_file:
                    _add(summed, column, row.marks[column])
        return summed

    def rows(self) -> Iterator[tuple[Place, Row]]:
        """Yield every row with its place: schools, then networks, then the district."""
        for school, row in self.schools.items():
            yield Place("school", school), row
        for network, row in self.networks.items():
            yield Place("network", network), row
        yield Place("district"), self.district

    def rows_of(self, *networks: int | None) -> tuple[Row, ...]:
        """Return the rows of these networks; none for a school without one."""
        return tuple(self.networks[one] for one in networks if one is not None)

    def members_by_place(self, place: Place) -> list[int]:
        """Return the schools that a place is made of."""
        if place.kind == "school":
            return [place.id]
        return self.members[place.id] if place.kind == "network" else list(self.schools)

    def ranked(self, column: str, network: int | None) -> list[Ranked]:
        """Return a network's schools by the weight of their cell, the lightest first."""
        key = column, network
        if key not in self._ranked:
            self._ranked[key] = self._by_weight(column, self.members[network])
        return self._ranked[key]

    def ranked_outside(self, column: str, network: int | None) -> list[Ranked]:
        """Return the schools of all other networks, the lightest cell first."""
        key = column, network
        if key not in self._outside:
            others = [s for s in self.schools if self.networks_of.get(s) != network]
            self._outside[key] = self._by_weight(column, others)
        return self._outside[key]

    def _by_weight(self, column: str, schools: list[int]) -> list[Ranked]:
        found = []
        for school in schools:
            mark = self.schools[school].marks.get(column)
            found.append((mark.weight if mark else UNKNOWN_WEIGHT, school, mark))
        return sorted(found, key=lambda one: one[:2])

    def hidden_count(self) -> int:
        """Return how many cells are withheld."""
        return sum(
            mark.hidden for _place, row in self.rows() for mark in row.marks.values()
        )

    def hidden_in(self, network: int, column: str) -> set[int]:
        """Return the schools of a network with a withheld cell in a column's sum."""
        rows = ((school, self.schools[school]) for school in self.members[network])
        return {
            school
            for school, row in rows
            if row.hides(column) and not row.marks[column].from_file
        }


def _add(summed: Row, column: str, mark: Mark) -> None:
    before = summed.marks.get(column)
    if before is None:
        summed.marks[column] = Mark(mark.size, mark.count)
        return
    before.size = _plus(before.size, mark.size)
    before.count = _plus(before.count, mark.count)


def _plus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _rest(row: Row, groups: list[Mark]) -> Mark | None:
    """Return the rest of a dimension; None when its groups make up the whole.

    Without a whole nothing ties the groups together, and where groups overlap their
    sum tells nothing: both leave a rest of unknown size. Where a size is unknown the
    groups are taken to make up the whole, which withholds more, not less.
    """
    whole = row.marks.get(WHOLE)
    if whole is None:
        return Mark(None, None, hidden=True)
    sizes = [mark.size for mark in groups]
    if whole.size is None or None in sizes:
        return None
    left = whole.size - sum(size for size in sizes if size is not None)
    if left == 0 and groups:
        return None
    return Mark(left if left >= 0 else None, _rest_count(whole, groups), hidden=True)


def _rest_count(whole: Mark, groups: list[Mark]) -> float | None:
    counts = [mark.count for mark in groups]
    if whole.count is None or None in counts:
        return None
    left = whole.count - sum(count for count in counts if count is not None)
    return left if left >= 0 else None
