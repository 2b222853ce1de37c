"""Why a withheld number cannot be worked out: a swap that leaves all that shows as it is.

If one student more in this cell, and one less or more in a few other withheld cells,
gives exactly the same shown cells and sums, then nobody can tell the two tables apart
and the number cannot be derived. For each guarded number such a swap is looked for, and
where none exists the cheapest one is made by withholding further cells. Withholding more
never breaks a swap, so each is made once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from schoolward.analytics.grid import (
    REST,
    WHOLE,
    Grid,
    Mark,
    Place,
    Ranked,
    Row,
    dimension_of,
)


NONE: frozenset[str] = frozenset()
NOBODY: frozenset[int] = frozenset()
LIKELY = 12
"""How many schools are tried before all are."""

FEW = 3
"""How many of a network's smallest schools are tried before its sums are withheld."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Cells that would hold one more and one less, and sums above that would change."""

    more: tuple[Mark, ...]
    less: tuple[Mark, ...]
    above: tuple[Mark, ...] = ()

    @property
    def cost(self) -> float:
        """Return how many people's numbers it newly withholds."""
        return sum(mark.weight for mark in self._marks() if not mark.hidden)

    @property
    def is_possible(self) -> bool:
        """Return whether whole people and whole counts can be moved, one way or back."""
        return (_spare(self.less) or _spare(self.more)) and (
            _recounts(self.more, self.less) or _recounts(self.less, self.more)
        )

    def make(self) -> None:
        """Withhold every cell of the swap."""
        for mark in self._marks():
            mark.hidden = True

    def _marks(self) -> tuple[Mark, ...]:
        return self.more + self.less + self.above


def _spare(marks: tuple[Mark, ...]) -> bool:
    """Return whether each group could lose one and still have someone in it."""
    return all(mark.size is None or mark.size >= 2 for mark in marks)


def _recounts(more: tuple[Mark, ...], less: tuple[Mark, ...]) -> bool:
    return all(map(_can_rise, more)) and all(map(_can_fall, less))


def _can_rise(mark: Mark) -> bool:
    return mark.count is None or mark.size is None or mark.count + 1 <= mark.size


def _can_fall(mark: Mark) -> bool:
    return mark.count is None or mark.count >= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A number that must not be worked out: a cell, or several withheld ones together.

    Attributes:
        place: Where it is shown or withheld; a network's number must move between
            networks, the district's must move out of it.
        column: The column that has to move.
        schools: The schools in which it may move.
        not_columns: Columns it may not be swapped with, being part of the number.
        not_schools: Schools it may not be swapped with, being part of the number.
    """

    place: Place
    column: str
    schools: tuple[int, ...]
    not_columns: frozenset[str] = NONE
    not_schools: frozenset[int] = NOBODY


def of_cell(grid: Grid, place: Place, column: str) -> Aim:
    """Return the aim of guarding one cell."""
    bearing = bearers(grid, place, column)
    return Aim(place=place, column=column, schools=_smallest(grid, bearing, column))


def bearers(grid: Grid, place: Place, column: str) -> list[int]:
    """Return the schools whose cell moves a place's number when it moves."""
    if place.kind == "school":
        return [place.id]
    return [
        school
        for school in grid.members_by_place(place)
        if column in grid.schools[school].lines.get(column, ())
    ]


def _smallest(grid: Grid, schools: Iterable[int], column: str) -> tuple[int, ...]:
    def weight(school: int) -> float:
        return grid.schools[school].marks[column].weight

    return tuple(sorted(schools, key=weight)[:FEW])


def certify(grid: Grid, aim: Aim) -> None:
    """Make sure that a number cannot be worked out, withholding more if needed."""
    for swaps in _ways(grid, aim):
        if cheapest := _cheapest(swaps):
            cheapest.make()
            return
    withhold_all(grid, aim.place)


def _cheapest(swaps: Iterable[Swap]) -> Swap | None:
    best, least = None, float("inf")
    for swap in swaps:
        if swap.is_possible and (cost := swap.cost) < least:
            best, least = swap, cost
            if cost == 0:
                break
    return best


def _ways(grid: Grid, aim: Aim) -> Iterator[Iterator[Swap]]:
    """Yield ways to guard a number, from the least to the most that is withheld.

    A group is swapped with another of its dimension; where none can move, as in a
    school of one grade, it is swapped together with the wholes.
    """
    if aim.place.kind == "school":
        for way in (_between, _with_wholes):
            yield _within(grid, aim, way, most=LIKELY)
            yield _within(grid, aim, way)
    if aim.place.kind != "district":
        for way in (_between, _with_wholes):
            yield _across(grid, aim, way, most=LIKELY)
            yield _across(grid, aim, way)
    yield _outside(grid, aim)


Pairing = Callable[[Row, tuple[Row, ...]], Iterator[Swap]]
"""Swaps of a guarded row with another; sums above that change are withheld too."""


class Way(Protocol):
    """A way to swap between two schools."""

    def __call__(self, grid: Grid, aim: Aim, one: Row) -> Pairing | None:
        """Return how a guarded row swaps with others; None when it cannot."""


def _within(
    grid: Grid, aim: Aim, way: Way, *, most: int | None = None
) -> Iterator[Swap]:
    for school in aim.schools:
        network, row = grid.networks_of.get(school), grid.schools[school]
        yield from _alone(grid, aim, row)
        if swaps_with := way(grid, aim, row):
            for other in _partners(grid.ranked(aim.column, network), aim, most=most):
                if other != school:
                    yield from swaps_with(grid.schools[other], ())


def _across(
    grid: Grid, aim: Aim, way: Way, *, most: int | None = None
) -> Iterator[Swap]:
    for school in aim.schools:
        network, row = grid.networks_of.get(school), grid.schools[school]
        if swaps_with := way(grid, aim, row):
            elsewhere = grid.ranked_outside(aim.column, network)
            for other in _partners(elsewhere, aim, most=most):
                above = grid.rows_of(network, grid.networks_of.get(other))
                yield from swaps_with(grid.schools[other], above)


def _partners(ranked: Sequence[Ranked], aim: Aim, *, most: int | None) -> Iterable[int]:
    """Return the schools to swap with, the likeliest first.

    Those that withhold the column already come first, then those in which it is small.
    """
    known = [one for one in ranked if one[1] not in aim.not_schools]
    at_no_cost = sorted(one[1] for one in known if _costs_nothing(one))
    others = (one[1] for one in known if not _costs_nothing(one))
    return islice(chain(at_no_cost, others), most)


def _costs_nothing(one: Ranked) -> bool:
    weight, _school, mark = one
    return weight == 0 or (mark is not None and mark.hidden)


def _alone(grid: Grid, aim: Aim, row: Row) -> Iterator[Swap]:
    """Yield swaps inside one school, between cells that no sum above tells apart."""
    if aim.column == WHOLE:
        return
    for second in _seconds(grid, aim, row):
        if row.line_of(second) == row.line_of(aim.column):
            yield Swap((row.marks[aim.column],), (row.marks[second],))


def _seconds(grid: Grid, aim: Aim, row: Row) -> list[str]:
    """Return the columns of the same dimension to swap with, withheld ones first."""
    found = [
        column
        for column in grid.dimensions[dimension_of(aim.column)]
        if column != aim.column
        and column in row.marks
        and _as_seen(aim, row, column) not in aim.not_columns
    ]
    return sorted(found, key=lambda c: (row.shows(c), row.marks[c].weight))


def _as_seen(aim: Aim, row: Row, column: str) -> str:
    """Return which column of the guarded row a school's cell is part of."""
    return column if aim.place.kind == "school" else row.line_of(column)


def _between(grid: Grid, aim: Aim, one: Row) -> Pairing | None:
    """Return the swaps of a group with another group, between two schools."""
    if aim.column == WHOLE:
        return None
    line, own = one.line_of(aim.column), one.marks[aim.column]
    seconds = [
        (one.marks[second], one.line_of(second))
        for second in _seconds(grid, aim, one)
        if line != one.line_of(second)
        and Swap((own,), (one.marks[second],)).is_possible
    ]

    def swaps_with(two: Row, above: tuple[Row, ...]) -> Iterator[Swap]:
        backs = [two.marks[column] for column in two.lines.get(line, ())]
        for second, other_line in seconds if backs else ():
            for back in backs:
                for column in two.lines.get(other_line, ()):
                    yield Swap(
                        more=(own, two.marks[column]),
                        less=(second, back),
                        above=_marks(above, (line, other_line)),
                    )

    return swaps_with if seconds else None


def _marks(rows: tuple[Row, ...], columns: Iterable[str]) -> tuple[Mark, ...]:
    """Return the cells of these rows in these columns; a rest above is never shown."""
    return tuple(
        row.marks[column]
        for row in rows
        for column in columns
        if column in row.marks and not column.endswith(REST)
    )


def _with_wholes(grid: Grid, aim: Aim, one: Row) -> Pairing | None:
    """Return the swaps of two wholes, in which one group of each dimension moves along.

    Of the guarded group's own dimension, that group moves. A number made up of several
    columns of a row with a shown whole cannot move in this way.
    """
    if aim.not_columns or WHOLE not in one.marks:
        return None

    def swaps_with(two: Row, above: tuple[Row, ...]) -> Iterator[Swap]:
        if WHOLE in two.marks:
            yield from _of_wholes(grid, aim, (one, two), above=above)

    return swaps_with


def _of_wholes(
    grid: Grid, aim: Aim, pair: tuple[Row, Row], *, above: tuple[Row, ...]
) -> Iterator[Swap]:
    """Yield the swap of two wholes, unless a dimension has no group that moves along."""
    one, two = pair
    more, less, lines = [one.marks[WHOLE]], [two.marks[WHOLE]], [WHOLE]
    for dimension in grid.dimensions.values():
        movable = [aim.column] if aim.column in dimension else dimension
        best = _cheapest(
            Swap((one.marks[mine],), (two.marks[yours],))
            for mine in movable
            if mine in one.marks
            for yours in two.lines.get(one.line_of(mine), ())
        )
        if best is None:
            return
        more += best.more
        less += best.less
        lines += [line for line, c in _lines_of(one) if one.marks[c] is best.more[0]]
    yield Swap(tuple(more), tuple(less), _marks(above, lines))


def _lines_of(row: Row) -> Iterator[tuple[str, str]]:
    for line, columns in row.lines.items():
        for column in columns:
            yield line, column


def _outside(grid: Grid, aim: Aim) -> Iterator[Swap]:
    """Yield swaps that change the district's own sums, which are then withheld."""
    for school in aim.schools:
        row = grid.schools[school]
        above = (*grid.rows_of(grid.networks_of.get(school)), grid.district)
        seconds = _seconds(grid, aim, row) if aim.column != WHOLE else []
        for second in seconds:
            lines = (row.line_of(aim.column), row.line_of(second))
            yield Swap(
                (row.marks[aim.column],), (row.marks[second],), _marks(above, lines)
            )
        if not aim.not_columns:
            yield from _whole_outside(grid, aim, row, above=above)


def _whole_outside(
    grid: Grid, aim: Aim, row: Row, *, above: tuple[Row, ...]
) -> Iterator[Swap]:
    """Yield the swap of a school's whole, and a group of each dimension, with nobody."""
    if WHOLE not in row.marks:
        return
    columns = [WHOLE]
    for dimension in grid.dimensions.values():
        movable = [aim.column] if aim.column in dimension else dimension
        present = [column for column in movable if column in row.marks]
        if not present:
            return
        columns.append(min(present, key=lambda c: (row.shows(c), row.marks[c].weight)))
    moved = tuple(row.marks[column] for column in columns)
    yield Swap(moved, (), _marks(above, [row.line_of(column) for column in columns]))


def withhold_all(grid: Grid, place: Place) -> None:
    """Withhold everything a number is summed into: nothing shown depends on it then."""
    schools = grid.members_by_place(place)
    networks = {grid.networks_of.get(school) for school in schools}
    rows = [grid.schools[school] for school in schools]
    for row in (*rows, *grid.rows_of(*networks), grid.district):
        for column in row.columns():
            row.marks[column].hidden = True
