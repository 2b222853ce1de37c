"""What a command shows the person before it: progress on the error stream."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)


class Step(Protocol):
    """Told how much more was done, and what is at work now."""

    def __call__(self, more: int = 1, *, doing: str = "") -> None:
        """Move on."""


@contextmanager
def bar(title: str, *, total: float | None = None) -> Iterator[Step]:
    """Show a progress bar for the length of a block; nothing where no person looks.

    Args:
        title: What is done.
        total: How much there is, when it is known.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task(title, total=total)

        def step(more: int = 1, *, doing: str = "") -> None:
            shown.update(task, advance=more, description=doing or title)

        yield step
