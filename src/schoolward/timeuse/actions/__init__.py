"""What changes in this room: calendars come and go, events are sorted, rules are kept."""

from schoolward.timeuse.actions.calendars import (
    Arrival,
    Loaded,
    load_calendar,
    look,
    remove_calendar,
)
from schoolward.timeuse.actions.sorting import (
    adopt_rules,
    correct,
    drop_own_rule,
    make_own_rule,
    remove_rule,
    save_rule,
)


__all__ = [
    "Arrival",
    "Loaded",
    "adopt_rules",
    "correct",
    "drop_own_rule",
    "load_calendar",
    "look",
    "make_own_rule",
    "remove_calendar",
    "remove_rule",
    "save_rule",
]
