"""Every change of the catalogue and of the values, each with its trace."""

from schoolward.scorecards.actions.catalogue import (
    change_indicator,
    define_indicator,
    ensure_indicators,
    retire_indicator,
    revive_indicator,
)
from schoolward.scorecards.actions.shelves import rebuild, refresh, sweep
from schoolward.scorecards.actions.values import (
    Staged,
    commit_values,
    discard,
    load_values,
    stage_values,
    undo_values,
)


__all__ = [
    "Staged",
    "change_indicator",
    "commit_values",
    "define_indicator",
    "discard",
    "ensure_indicators",
    "load_values",
    "rebuild",
    "refresh",
    "retire_indicator",
    "revive_indicator",
    "stage_values",
    "sweep",
    "undo_values",
]
