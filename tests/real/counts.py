"""Counts of the raw files by nothing but the csv module, to hold Schoolward against."""

import csv
import gzip
from collections import Counter
from collections.abc import Container, Iterable
from datetime import date
from pathlib import Path


YEARS = {"SY1516": 2015, "SY1617": 2016, "SY1718": 2017, "SY1819": 2018}
LEADS = ("Principal", "Interim Principal", "Acting Principal")


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a gzipped CSV."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    month, day, year = text[:10].split("/")
    return date(int(year), int(month), int(day))


def is_open(row: dict[str, str], day: date) -> bool:
    """Return whether a row of a profile says that its school is open on a day."""
    opened = _day(row["Open_For_Enrollment_Date"])
    closed = _day(row["Closed_For_Enrollment_Date"])
    return (opened is None or opened <= day) and (closed is None or day < closed)


def schools_per_network(profile: Iterable[dict[str, str]], day: date) -> Counter[str]:
    """Count the schools of each network label that are open on a day; blank is none."""
    rows = (row for row in profile if is_open(row, day))
    return Counter(row["Network"] for row in rows if row["Network"])


def network_changes(
    before: Iterable[dict[str, str]], after: Iterable[dict[str, str]]
) -> tuple[int, int]:
    """Count schools in both files whose label differs: all, and named both times."""
    one = {row["School_ID"]: row["Network"] for row in before}
    two = {row["School_ID"]: row["Network"] for row in after}
    changed = [
        (one[key], two[key]) for key in one if key in two and one[key] != two[key]
    ]
    return len(changed), sum(bool(old and new) for old, new in changed)


def number(text: str) -> float | None:
    """Read a number such as 93.2, 41% or 3.5 days; None when there is none."""
    cleaned = text.replace("%", "").replace(" days", "").strip()
    try:
        return float(cleaned)
    except ValueError:
        return None


def series(
    reports: dict[str, list[dict[str, str]]], column: str
) -> dict[tuple[str, int], tuple[float, str]]:
    """Return the current value of a two-year column by school and year.

    The file of the later year wins; each value comes with the file it is from.
    """
    found: dict[tuple[str, int], tuple[float, str]] = {}
    for label, year in YEARS.items():
        for row in reports[label]:
            for suffix, back in (("Year_2", 0), ("Year_1", 1)):
                value = number(row.get(f"{column}_{suffix}_Pct", ""))
                if value is not None:
                    found[row["School_ID"], year - back] = (value, label)
    return found


def restated(reports: dict[str, list[dict[str, str]]], column: str, year: int) -> int:
    """Count schools whose value of a year differs between its two files."""
    labels = {start: label for label, start in YEARS.items()}
    first = {
        r["School_ID"]: number(r[f"{column}_Year_2_Pct"]) for r in reports[labels[year]]
    }
    later = {
        r["School_ID"]: number(r[f"{column}_Year_1_Pct"])
        for r in reports[labels[year + 1]]
    }
    pairs = [(first[k], later[k]) for k in first if k in later]
    return sum(a is not None and b is not None and a != b for a, b in pairs)


def mean(values: Iterable[float]) -> tuple[float, int]:
    """Return the mean and the number of values."""
    kept = list(values)
    return sum(kept) / len(kept), len(kept)


def leads(
    roster: Iterable[dict[str, str]], known: Container[str], snapshot: str
) -> list[dict[str, str]]:
    """Return the principal positions of a day in departments that are schools."""
    return [
        row
        for row in roster
        if row["snapshot"] == snapshot
        and row["job_title"] in LEADS
        and row["dept_id"] in known
    ]
