"""Every change to the district that leaves a trace."""

from schoolward.district.actions.calendar import (
    DayMark,
    TermPlan,
    YearPlan,
    change_year,
    clear_day,
    roll_over,
    set_days,
)
from schoolward.district.actions.merges import (
    dismiss_merge,
    merge_people,
    propose_merge,
    undo_merge,
)
from schoolward.district.actions.networks import (
    change_network,
    close_network,
    move_school,
    open_network,
    supervise,
    transfer_schools,
)
from schoolward.district.actions.people import (
    add_person,
    change_person,
    end_delegation,
    name_delegate,
)
from schoolward.district.actions.posts import (
    Appointment,
    appoint,
    change_post,
    end_post,
)
from schoolward.district.actions.profile import (
    add_goal,
    carry_goals,
    change_goal,
    end_goal,
    write_profile,
)
from schoolward.district.actions.schools import (
    change_school,
    check_school,
    close_school,
    merge_school,
    open_school,
    rename_school,
)
from schoolward.district.actions.settings import (
    add_source,
    change_district,
    change_source,
)
from schoolward.district.actions.trails import Trail, keep_trail, take_back
from schoolward.district.actions.units import (
    assign,
    change_unit,
    close_unit,
    end_assignment,
    open_unit,
)
from schoolward.district.actions.wrong import answer_wrong, report_of, report_wrong


__all__ = [
    "Appointment",
    "DayMark",
    "TermPlan",
    "Trail",
    "YearPlan",
    "add_goal",
    "add_person",
    "add_source",
    "answer_wrong",
    "appoint",
    "assign",
    "carry_goals",
    "change_district",
    "change_goal",
    "change_network",
    "change_person",
    "change_post",
    "change_school",
    "change_source",
    "change_unit",
    "change_year",
    "check_school",
    "clear_day",
    "close_network",
    "close_school",
    "close_unit",
    "dismiss_merge",
    "end_assignment",
    "end_delegation",
    "end_goal",
    "end_post",
    "keep_trail",
    "merge_people",
    "merge_school",
    "move_school",
    "name_delegate",
    "open_network",
    "open_school",
    "open_unit",
    "propose_merge",
    "rename_school",
    "report_of",
    "report_wrong",
    "roll_over",
    "set_days",
    "supervise",
    "take_back",
    "transfer_schools",
    "undo_merge",
    "write_profile",
]
