"""The panels of a school's page, in order: each later room adds its own to the list.

A panel is built from its room's queries for one visit. It returns what its template
shows, or None when it has nothing to say to this visitor.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from schoolward.home import school
from schoolward.home.visits import Visit


class Column(StrEnum):
    """Where a panel stands on a wide screen: two columns, then the whole width."""

    MAIN = "main"
    SIDE = "side"
    WIDE = "wide"


Built = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One subject of a school's page.

    Attributes:
        key: Its short name; also the anchor of its heading.
        title: Its heading.
        build: What its template shows for a visit; None leaves the panel out.
        template: The template of its body.
        column: Where it stands.
        question: The question it answers, under the heading.
    """

    key: str
    title: str
    build: Callable[[Visit], Built]
    template: str
    column: Column
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A panel with what it shows."""

    panel: Panel
    page: Mapping[str, Any]

    @property
    def meta(self) -> str:
        """Return the words beside the heading."""
        return str(self.page.get("meta", ""))

    @property
    def title(self) -> str:
        """Return the heading: the panel's own, or a fuller one it built."""
        return str(self.page.get("title", self.panel.title))


PANELS: tuple[Panel, ...] = (
    Panel(
        key="goals",
        title="Goals",
        build=school.goals,
        template="home/panels/goals.html",
        column=Column.MAIN,
    ),
    Panel(
        key="lately",
        title="What changed lately",
        build=school.lately,
        template="home/panels/lately.html",
        column=Column.MAIN,
    ),
    Panel(
        key="wrong",
        title="Said to be wrong",
        build=school.reports,
        template="home/panels/reports.html",
        column=Column.MAIN,
    ),
    Panel(
        key="about",
        title="About this school",
        build=school.about,
        template="home/panels/about.html",
        column=Column.MAIN,
    ),
    Panel(
        key="serves",
        title="Who serves this school",
        build=school.serving,
        template="home/panels/serving.html",
        column=Column.SIDE,
    ),
    Panel(
        key="profile",
        title="Profile",
        build=school.profile,
        template="home/panels/profile.html",
        column=Column.SIDE,
    ),
    Panel(
        key="days",
        title="Days off and PD days ahead",
        build=school.days,
        template="home/panels/days.html",
        column=Column.MAIN,
    ),
    Panel(
        key="indicators",
        title="Indicators",
        build=school.indicators,
        template="home/panels/indicators.html",
        column=Column.WIDE,
        question=(
            "How is the school doing, against its own past and beside its network "
            "and the district? A signal is a value beyond the school's usual range."
        ),
    ),
)


def shown(visit: Visit) -> dict[Column, list[Shown]]:
    """Build the panels of a visit, by column, in their order."""
    columns: dict[Column, list[Shown]] = {column: [] for column in Column}
    for panel in PANELS:
        page = panel.build(visit)
        if page is not None:
            columns[panel.column].append(Shown(panel=panel, page=page))
    return columns
