"""Tables of the district room, gathered under one name."""

from schoolward.district.models.calendar import DayException, DayKind, SchoolYear, Term
from schoolward.district.models.people import (
    Assignment,
    Capacity,
    Delegation,
    Merge,
    MergeState,
    Person,
    Post,
    Supervision,
)
from schoolward.district.models.places import (
    District,
    ExternalId,
    Level,
    Membership,
    Network,
    PlaceName,
    School,
    SchoolName,
    Source,
    Unit,
)
from schoolward.district.models.profile import (
    Goal,
    ProfileEntry,
    ProfileField,
    WrongFact,
    WrongFactState,
)
from schoolward.district.models.search import (
    EntryKind,
    SearchEntry,
    SearchWord,
    WordPlace,
    WordTrigram,
)


__all__ = [
    "Assignment",
    "Capacity",
    "DayException",
    "DayKind",
    "Delegation",
    "District",
    "EntryKind",
    "ExternalId",
    "Goal",
    "Level",
    "Membership",
    "Merge",
    "MergeState",
    "Network",
    "Person",
    "PlaceName",
    "Post",
    "ProfileEntry",
    "ProfileField",
    "School",
    "SchoolName",
    "SchoolYear",
    "SearchEntry",
    "SearchWord",
    "Source",
    "Supervision",
    "Term",
    "Unit",
    "WordPlace",
    "WordTrigram",
    "WrongFact",
    "WrongFactState",
]
