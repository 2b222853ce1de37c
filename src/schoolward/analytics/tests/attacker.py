"""Someone who reads every shown number and subtracts: exact linear algebra over fractions."""

from fractions import Fraction

from schoolward.analytics.grid import dimension_of


Equation = dict[object, Fraction]


def derivable(equations: list[Equation]) -> set[object]:
    """Return the unknowns that the equations determine.

    An unknown is determined exactly when the reduced equations hold a row with it alone.
    """
    pivots: dict[object, Equation] = {}
    for equation in equations:
        row = {key: Fraction(value) for key, value in equation.items() if value}
        for key, pivot in pivots.items():
            if key in row:
                _subtract(row, pivot, row[key])
        if not row:
            continue
        lead = next(iter(row))
        row = {key: value / row[lead] for key, value in row.items()}
        for pivot in pivots.values():
            if lead in pivot:
                _subtract(pivot, row, pivot[lead])
        pivots[lead] = row
    return {key for key, row in pivots.items() if len(row) == 1}


def _subtract(row: Equation, other: Equation, times: Fraction) -> None:
    for key, value in other.items():
        left = row.get(key, Fraction(0)) - times * value
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def knowledge(cells, withheld, *, networks, today) -> list[Equation]:
    """Return what the shown cells and sums say of the withheld ones.

    Unknowns are the withheld cells of schools and the rests of their dimensions; every
    shown number is a constant and so leaves nothing but the unknowns.
    """
    hidden = withheld.schools
    closed = {c.school for c in cells if c.withheld and c.group == ""}
    open_cells = [c for c in cells if c.school not in closed]
    equations = _of_rows(open_cells, hidden)
    groups = {c.group for c in open_cells}
    for group in groups:
        counted = [c for c in open_cells if c.group == group and not c.withheld]
        unknown = [c for c in counted if (c.school, group) in hidden]
        if group not in withheld.district:
            equations.append({(c.school, group): Fraction(1) for c in unknown})
        for grouping, withheld_sums in (
            (networks, withheld.networks_then),
            (today, withheld.networks_today),
        ):
            for network in set(grouping.values()):
                if (network, group) in withheld_sums:
                    continue
                members = [c for c in unknown if grouping.get(c.school) == network]
                equations.append({(c.school, group): Fraction(1) for c in members})
    return equations


def _of_rows(cells, hidden) -> list[Equation]:
    equations = []
    sizes = {(c.school, c.group): c.size for c in cells}
    dimensions = {dimension_of(c.group) for c in cells if c.group}
    for school in {c.school for c in cells}:
        if (school, "") not in sizes:
            continue
        for dimension in dimensions:
            groups = [
                g
                for s, g in sizes
                if s == school and g and dimension_of(g) == dimension
            ]
            if not groups:
                continue
            equation = {
                (school, g): Fraction(1) for g in groups if (school, g) in hidden
            }
            if (school, "") in hidden:
                equation[school, ""] = Fraction(-1)
            if sizes[school, ""] != sum(sizes[school, g] for g in groups):
                equation[school, dimension, "rest"] = Fraction(1)
            equations.append(equation)
    return equations
