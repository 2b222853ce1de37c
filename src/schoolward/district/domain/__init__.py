"""Rules of the directory that need no database: spans, days, lines of reporting."""

from schoolward.district.domain.days import (
    Day,
    DayRule,
    ProposedDay,
    day_rule,
    in_words,
    proposed_day,
    shifted_year,
)
from schoolward.district.domain.errors import RuleError
from schoolward.district.domain.reporting import (
    WANTED_DISTANCES,
    Chain,
    chain_to,
    is_near,
)
from schoolward.district.domain.stretches import (
    Edits,
    Stretch,
    begin,
    cut,
    edits,
    put,
    reach,
)
from schoolward.district.domain.tenure import first_day_of, tenure


__all__ = [
    "WANTED_DISTANCES",
    "Chain",
    "Day",
    "DayRule",
    "Edits",
    "ProposedDay",
    "RuleError",
    "Stretch",
    "begin",
    "chain_to",
    "cut",
    "day_rule",
    "edits",
    "first_day_of",
    "in_words",
    "is_near",
    "proposed_day",
    "put",
    "reach",
    "shifted_year",
    "tenure",
]
