"""Measure how well columns are proposed; writes the table of docs/method/header-likeness.md.

Run it by hand: python bench/header_likeness.py
"""

import os
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")

from schoolward.exchange.domain import Target
from schoolward.exchange.likeness import propose, sample_of
from schoolward.exchange.sheets.read import open_sheet


GOLD = files("schoolward.exchange") / "gold"
ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "method" / "header-likeness.md"
SAMPLES = Path(
    os.environ.get("SCHOOLWARD_SAMPLE_DATA", ROOT.parent / "shared" / "data")
)
BEGIN, END = "<!-- table -->", "<!-- end of table -->"


@dataclass(frozen=True)
class Score:
    """How one file's columns were proposed."""

    publisher: str
    tuned: bool
    columns: int
    right: int
    wanted: int
    found: int
    wrong: int


def scores() -> list[Score]:
    """Score every file of the gold set."""
    names = sorted(one.name for one in GOLD.iterdir() if one.name.endswith(".toml"))
    golds = [tomllib.loads((GOLD / name).read_text()) for name in names]
    return [score_of(gold) for gold in golds if "sample" not in gold or here(gold)]


def here(gold: dict) -> bool:
    """Return whether a real file is at hand; its cells do not ship."""
    return (SAMPLES / gold["sample"]).exists()


def score_of(gold: dict) -> Score:
    """Score one file."""
    if "sample" in gold:
        with open_sheet(SAMPLES / gold["sample"]) as sheet:
            headings = sheet.headings
            cells = sample_of(row.values for row in sheet.rows)
    else:
        headings, cells = gold["headings"], gold["cells"]
    found = propose(Target(gold["target"]), headings, cells)
    pairs = [(gold["fields"].get(one.heading, ""), one.field) for one in found]
    return Score(
        publisher=gold["publisher"],
        tuned=gold["tuned"],
        columns=len(pairs),
        right=sum(wanted == given for wanted, given in pairs),
        wanted=sum(bool(wanted) for wanted, _ in pairs),
        found=sum(bool(wanted) and wanted == given for wanted, given in pairs),
        wrong=sum(bool(given) and wanted != given for wanted, given in pairs),
    )


def total(rows: list[Score], name: str) -> Score:
    """Add the files of a group up."""
    return Score(
        name,
        rows[0].tuned,
        *(
            sum(getattr(row, part) for row in rows)
            for part in ("columns", "right", "wanted", "found", "wrong")
        ),
    )


def table(rows: list[Score]) -> str:
    """Return the table as Markdown."""
    lines = [
        "| file | columns | right | fields to find | found | wrongly proposed |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for group, name in ((True, "all tuned files"), (False, "all held-out files")):
        chosen = [row for row in rows if row.tuned is group]
        for row in (*chosen, total(chosen, f"**{name}**")):
            lines.append(  # noqa: PERF401
                f"| {row.publisher} | {row.columns} | {share(row.right, row.columns)} "
                f"| {row.wanted} | {share(row.found, row.wanted)} | {row.wrong} |"
            )
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """Return a share in percent."""
    return f"{part / whole * 100:.0f} %"


if __name__ == "__main__":
    result = table(scores())
    print(result)
    if PAGE.exists():
        text = PAGE.read_text()
        start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
        PAGE.write_text(f"{text[:start]}\n\n{result}\n\n{text[end:]}")
