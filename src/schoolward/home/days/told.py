"""What a section of "my day" tells: figures, a table, lines, or why there is nothing."""

from dataclasses import dataclass

from schoolward.ui.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing in a list: what it is, a note, and what stands at the end."""

    title: str
    url: str = ""
    note: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that stands out, with the words beside it and under it."""

    label: str
    number: int | str | None
    small: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """Why there is nothing, and what to do next."""

    title: str
    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one section tells today.

    Attributes:
        headline: One sentence for the top of the page; empty when nothing stands out.
        meta: Words beside the heading.
        figures: Numbers that stand out.
        table: A table of records.
        lines: A list of things.
        empty: What stands there when there is neither table nor lines.
        foot: A note under it all: a source, a rule, what counts.
        more_url: Where all of it is found.
        more: The words of that link.
    """

    headline: str = ""
    meta: str = ""
    figures: tuple[Figure, ...] = ()
    table: Table | None = None
    lines: tuple[Line, ...] = ()
    empty: Empty | None = None
    foot: str = ""
    more_url: str = ""
    more: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether the section has nothing to list."""
        return not (self.figures or self.table or self.lines)
