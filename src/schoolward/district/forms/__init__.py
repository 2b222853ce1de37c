"""What people fill in about the district."""

from schoolward.district.forms.people import (
    Appoint,
    Delegate,
    Details,
    EndPost,
    PeopleFilter,
    PersonFacts,
    ProposeMerge,
    Transfer,
)
from schoolward.district.forms.picking import options, written
from schoolward.district.forms.places import (
    Assign,
    DistrictSettings,
    MergeInto,
    MoveSchool,
    NetworkFacts,
    NewSchool,
    NewSource,
    OnDay,
    Rename,
    SchoolFacts,
    SchoolFilter,
    SourceFacts,
    Supervise,
    UnitFacts,
)
from schoolward.district.forms.school import (
    AnswerWrong,
    GoalFacts,
    Part,
    ReportWrong,
)
from schoolward.district.forms.year import DayLines, Days, TermLines, Year


__all__ = [
    "AnswerWrong",
    "Appoint",
    "Assign",
    "DayLines",
    "Days",
    "Delegate",
    "Details",
    "DistrictSettings",
    "EndPost",
    "GoalFacts",
    "MergeInto",
    "MoveSchool",
    "NetworkFacts",
    "NewSchool",
    "NewSource",
    "OnDay",
    "Part",
    "PeopleFilter",
    "PersonFacts",
    "ProposeMerge",
    "Rename",
    "ReportWrong",
    "SchoolFacts",
    "SchoolFilter",
    "SourceFacts",
    "Supervise",
    "TermLines",
    "Transfer",
    "UnitFacts",
    "Year",
    "options",
    "written",
]
