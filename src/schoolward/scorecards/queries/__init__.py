"""Reads that answer a page's question; small-cell rules hold for all they return.

None of them asks who reads: the entrance checks the page's policy first and passes ids.
"""

from schoolward.analytics.limits import Limits
from schoolward.scorecards.domain import CursorError
from schoolward.scorecards.queries.catalogue import (
    Coverage,
    WarehouseFile,
    catalogue,
    coverage,
    indicator,
    versions_of,
    warehouse_files,
)
from schoolward.scorecards.queries.lists import (
    data_gaps,
    indicator_values,
    latest_readings,
    moved_beyond_limits,
    places_with_values,
    restatements,
    stale_or_missing,
)
from schoolward.scorecards.queries.places import place_indicators, school_indicators
from schoolward.scorecards.readings import (
    DataGap,
    IndicatorLine,
    Moved,
    PlaceValue,
    Reading,
    Restated,
    Restatement,
    SchoolIndicator,
    Signal,
    SourceLine,
    StaleValue,
    TrendPoint,
    ValuePage,
)


__all__ = [
    "Coverage",
    "CursorError",
    "DataGap",
    "IndicatorLine",
    "Limits",
    "Moved",
    "PlaceValue",
    "Reading",
    "Restated",
    "Restatement",
    "SchoolIndicator",
    "Signal",
    "SourceLine",
    "StaleValue",
    "TrendPoint",
    "ValuePage",
    "WarehouseFile",
    "catalogue",
    "coverage",
    "data_gaps",
    "indicator",
    "indicator_values",
    "latest_readings",
    "moved_beyond_limits",
    "place_indicators",
    "places_with_values",
    "restatements",
    "school_indicators",
    "stale_or_missing",
    "versions_of",
    "warehouse_files",
]
