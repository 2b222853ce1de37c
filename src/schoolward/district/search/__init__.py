"""Finding schools, people, units and networks by names that are typed wrong or outdated."""

from schoolward.district.search.finding import Hit, search
from schoolward.district.search.index import (
    entry_count,
    index_rows,
    rebuild,
    refresh,
    refresh_school,
)


__all__ = [
    "Hit",
    "entry_count",
    "index_rows",
    "rebuild",
    "refresh",
    "refresh_school",
    "search",
]
