"""Which cells of one indicator and period are withheld, so that no small group shows.

One engine for pages, API and files. It withholds small groups, then further cells until
no small group can be worked out from what is left: from a school's groups and its whole,
from a network's schools and its sum, from networks and the district, and from networks
as they were then and as they are today. Method: docs/method/small-cells.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from schoolward.analytics.grid import WHOLE, Grid, Mark, Place, Row, dimension_of
from schoolward.analytics.swaps import Aim, bearers, certify, of_cell, withhold_all


EXTREME_COUNT = 3
"""A count closer than this to none or to all is shown as a bound."""

LEAST_MINIMUM = 5
"""No district may show smaller groups than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a file says of one group of one school.

    Attributes:
        school: The school.
        group: "" for all, else `dimension:member`.
        size: How many are in the group; None when the file does not say.
        count: How many of them have what the indicator counts; None when unknown.
        withheld: The file itself withheld the value.
    """

    school: int
    group: str
    size: float | None = None
    count: float | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is small, and whether extremes are guarded.

    Attributes:
        minimum: Groups of 1 up to this, exclusive, are small; at least 5.
        guards_extremes: Whether a share near none or all would tell something about
            nearly every member of the group.
    """

    minimum: int
    guards_extremes: bool = False

    def __post_init__(self) -> None:
        """Refuse a minimum under five."""
        if self.minimum < LEAST_MINIMUM:
            msg = f"The minimum cell is at least {LEAST_MINIMUM}, not {self.minimum}."
            raise ValueError(msg)

    def is_small(self, size: float | None) -> bool:
        """Return whether a group has someone in it, but too few."""
        return size is not None and 0 < size < self.minimum

    def is_extreme(self, size: float | None, count: float | None) -> bool:
        """Return whether nearly none or nearly all of a group are counted."""
        if not self.guards_extremes or size is None or count is None or size <= 0:
            return False
        return min(count, size - count) < EXTREME_COUNT


@dataclass(frozen=True, slots=True)
class Withheld:
    """What must not be shown, by place and group."""

    schools: set[tuple[int, str]] = field(default_factory=set)
    networks_then: set[tuple[int, str]] = field(default_factory=set)
    networks_today: set[tuple[int, str]] = field(default_factory=set)
    district: set[str] = field(default_factory=set)


def bounds(size: float) -> tuple[float, float]:
    """Return the shares beyond which only a bound is shown.

    >>> bounds(60)
    (0.05, 0.95)
    """
    reach = min(EXTREME_COUNT / size, 0.5)
    return reach, 1 - reach


def protect(
    cells: Iterable[Cell],
    *,
    rules: Rules,
    networks: Mapping[int, int],
    today: Mapping[int, int] | None = None,
) -> Withheld:
    """Find what to withhold in one indicator and period.

    Args:
        cells: One per school and group; no pair twice.
        rules: What is small.
        networks: The network of each school at the end of the period; a school may
            be in none.
        today: The same for the second set of sums, under the networks of today.

    A school whose whole the file withheld is left out of every sum, and all of its
    groups are withheld; the sums that are published must leave it out as well.

    Returns:
        Every cell not to be shown. A guarded extreme is among them: its exact value is
        withheld and a bound may be shown.
    """
    known = list(cells)
    closed = {one.school for one in known if one.withheld and one.group == WHOLE}
    grid = _grid((one for one in known if one.school not in closed), networks)
    for place, column in _withhold_guarded(grid, rules):
        certify(grid, of_cell(grid, place, column))
    while _settle(grid, rules):
        pass
    found = _withheld(grid, today=today or {}, rules=rules)
    found.schools.update(
        (one.school, one.group) for one in known if one.school in closed
    )
    return found


def _grid(cells: Iterable[Cell], networks: Mapping[int, int]) -> Grid:
    grid = Grid(networks)
    for cell in cells:
        mark = Mark(cell.size, cell.count, from_file=cell.withheld)
        grid.add(cell.school, cell.group, mark)
    grid.sum_up()
    return grid


def _withhold_guarded(grid: Grid, rules: Rules) -> list[tuple[Place, str]]:
    """Withhold small and extreme cells; return each of them with its place."""
    guarded = [
        (place, column)
        for place, row in grid.rows()
        for column in row.columns()
        if _is_guarded(row, column, rules)
    ]
    rows = dict(grid.rows())
    for place, column in guarded:
        rows[place].marks[column].hidden = True
    return guarded


def _is_guarded(row: Row, column: str, rules: Rules) -> bool:
    """Return whether a cell is small, leaves a small rest, or is extreme."""
    mark, whole = row.marks[column], row.marks.get(WHOLE)
    if mark.from_file or rules.is_small(mark.size):
        return True
    if rules.is_extreme(mark.size, mark.count):
        return True
    if whole is None or column == WHOLE:
        return False
    return rules.is_small(whole.size) or rules.is_small(row.rest_of(column))


def _settle(grid: Grid, rules: Rules) -> bool:
    """Guard what is withheld together where it is still a small group.

    Returns:
        Whether anything had to be done. Each call withholds more or returns False, so
        calling it again and again ends.
    """
    aims = [*_small_in_rows(grid, rules), *_small_in_sums(grid, rules)]
    before = grid.hidden_count()
    for aim in aims:
        certify(grid, aim)
    if aims and grid.hidden_count() == before:
        for aim in aims:
            withhold_all(grid, aim.place)
    return grid.hidden_count() > before


def _small_in_rows(grid: Grid, rules: Rules) -> Iterator[Aim]:
    """Yield the shown wholes of which the shown groups leave only a small group."""
    for place, row in grid.rows():
        if not row.shows(WHOLE):
            continue
        for columns in grid.dimensions.values():
            hidden = [column for column in columns if row.hides(column)]
            if rules.is_small(sum(row.marks[c].size or 0 for c in hidden)):
                yield _together(grid, place, hidden)


def _together(grid: Grid, place: Place, hidden: list[str]) -> Aim:
    """Return the aim that a row's withheld columns together move against another."""
    column = max(hidden, key=lambda c: len(bearers(grid, place, c)))
    aim = of_cell(grid, place, column)
    return Aim(
        place=place,
        column=column,
        schools=aim.schools,
        not_columns=frozenset(hidden),
    )


def _small_in_sums(grid: Grid, rules: Rules) -> Iterator[Aim]:
    """Yield the shown sums of which the shown parts leave only a small group."""
    for network, row in grid.networks.items():
        parts = {s: grid.schools[s] for s in grid.members[network]}
        for column in row.columns():
            if row.shows(column) and (few := _few(parts, column, rules)):
                yield _apart(Place("school", few[0]), column, few)
    yield from _small_in_district(grid, rules)


def _small_in_district(grid: Grid, rules: Rules) -> Iterator[Aim]:
    alone = grid.members.get(None, [])
    parts = {s: grid.schools[s] for s in alone}
    for column in grid.district.columns():
        if not grid.district.shows(column):
            continue
        networks = {-n: row for n, row in grid.networks.items()}
        if few := _few(parts | networks, column, rules):
            behind = [s for n in few for s in (grid.members[-n] if n < 0 else [n])]
            known = set(bearers(grid, Place("district"), column))
            yield _apart(Place("network"), column, [s for s in behind if s in known])


def _few(parts: Mapping[int, Row], column: str, rules: Rules) -> list[int]:
    """Return the parts whose withheld cells of a column make up a small group."""
    hidden = {
        key: row
        for key, row in parts.items()
        if row.hides(column) and not row.marks[column].from_file
    }
    together = sum(row.marks[column].size or 0 for row in hidden.values())
    rest = sum(row.rest_of(column) for row in hidden.values())
    return list(hidden) if rules.is_small(together) or rules.is_small(rest) else []


def _apart(place: Place, column: str, schools: list[int]) -> Aim:
    return Aim(
        place=place,
        column=column,
        schools=tuple(schools),
        not_schools=frozenset(schools),
    )


def _withheld(grid: Grid, *, today: Mapping[int, int], rules: Rules) -> Withheld:
    found = Withheld()
    for place, row in grid.rows():
        hidden = {column for column in row.columns() if row.hides(column)}
        if place.kind == "school":
            found.schools.update((place.id, column) for column in hidden)
        elif place.kind == "network":
            found.networks_then.update((place.id, column) for column in hidden)
        else:
            found.district.update(hidden)
    found.networks_today.update(_withheld_today(grid, today, rules))
    return found


def _withheld_today(
    grid: Grid, today: Mapping[int, int], rules: Rules
) -> set[tuple[int, str]]:
    """Withhold a network's sums of today wherever they would add to the sums of then.

    Where the same withheld schools stand behind both sums, the second tells nothing
    new. Where they differ, all groups of that dimension are withheld; where wholes
    differ, the whole row is.
    """
    second = grid.regrouped(today)
    found: set[tuple[int, str]] = set()
    for network, row in second.networks.items():
        new = {
            column
            for column in row.columns()
            if _adds(grid, second, network, column) or _is_guarded(row, column, rules)
        }
        found.update((network, column) for column in _widened(new, row))
    return found


def _adds(grid: Grid, second: Grid, network: int, column: str) -> bool:
    """Return whether a network's sum of today would tell more than that of then."""
    behind = second.hidden_in(network, column)
    if not behind:
        return False
    first = grid.networks.get(network)
    hides = first is not None and first.hides(column)
    return hides or behind != grid.hidden_in(network, column)


def _widened(columns: set[str], row: Row) -> set[str]:
    if WHOLE in columns:
        return set(row.columns())
    touched = {dimension_of(column) for column in columns}
    return {c for c in row.columns() if c != WHOLE and dimension_of(c) in touched}
