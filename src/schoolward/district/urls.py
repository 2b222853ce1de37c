"""Addresses of the pages on which the district's records are kept."""

from django.urls import path

from schoolward.district.views import (
    manage,
    networks,
    people,
    posts,
    profile,
    schools,
    units,
    wrong,
    year,
)


app_name = "district"

KEPT_PLACES = [
    path("manage/schools/", schools.manage_schools, name="manage_schools"),
    path("manage/schools/add/", schools.school_add, name="school_add"),
    path("manage/schools/<int:pk>/", schools.school_kept, name="school_kept"),
    path("manage/schools/<int:pk>/facts/", schools.school_change, name="school_change"),
    path("manage/schools/<int:pk>/name/", schools.school_rename, name="school_rename"),
    path("manage/schools/<int:pk>/close/", schools.school_close, name="school_close"),
    path("manage/schools/<int:pk>/merge/", schools.school_merge, name="school_merge"),
    path("manage/schools/<int:pk>/move/", schools.school_move, name="school_move"),
    path("manage/schools/<int:pk>/ild/", schools.supervise, name="supervise"),
    path("manage/networks/", networks.manage_networks, name="manage_networks"),
    path("manage/networks/add/", networks.network_add, name="network_add"),
    path("manage/networks/<int:pk>/", networks.network_change, name="network_change"),
    path(
        "manage/networks/<int:pk>/close/", networks.network_close, name="network_close"
    ),
    path("manage/units/", units.manage_units, name="manage_units"),
    path("manage/units/add/", units.unit_add, name="unit_add"),
    path("manage/units/<int:pk>/", units.unit_kept, name="unit_kept"),
    path("manage/units/<int:pk>/facts/", units.unit_change, name="unit_change"),
    path("manage/units/<int:pk>/close/", units.unit_close, name="unit_close"),
    path("manage/units/<int:pk>/assign/", units.assign, name="assign"),
    path(
        "manage/assignments/<int:pk>/end/", units.assignment_end, name="assignment_end"
    ),
]

KEPT_PEOPLE = [
    path("manage/people/", people.manage_people, name="manage_people"),
    path("manage/people/add/", people.person_add, name="person_add"),
    path("manage/people/<int:pk>/", people.person_kept, name="person_kept"),
    path("manage/people/<int:pk>/facts/", people.person_change, name="person_change"),
    path("manage/people/<int:pk>/schools/", people.transfer, name="transfer"),
    path("manage/people/<int:pk>/delegates/", people.delegates, name="delegates"),
    path(
        "manage/delegations/<int:pk>/end/", people.delegation_end, name="delegation_end"
    ),
    path("manage/merges/", people.merges, name="merges"),
    path("manage/merges/add/", people.merge_propose, name="merge_propose"),
    *(
        path(
            f"manage/merges/<int:pk>/{how}/",
            people.merge_decide,
            {"how": how},
            name=f"merge_{how}",
        )
        for how in people.MERGES
    ),
    path("manage/posts/add/", posts.appoint, name="appoint"),
    path("manage/posts/<int:pk>/", posts.post_change, name="post_change"),
    path("manage/posts/<int:pk>/end/", posts.post_end, name="post_end"),
]

KEPT_DAYS = [
    path("manage/calendar/", year.calendar, name="calendar"),
    path("manage/calendar/<int:start_year>/", year.calendar, name="calendar_year"),
    path(
        "manage/calendar/<int:start_year>/change/", year.year_change, name="year_change"
    ),
    path("manage/calendar/add/", year.rollover, name="rollover"),
    path("manage/days/", year.days_set, name="days_set"),
    path("manage/days/<int:pk>/clear/", year.day_clear, name="day_clear"),
]

KEPT_SETTINGS = [
    path("manage/", manage.manage, name="manage"),
    path("manage/settings/", manage.settings, name="settings"),
    path("manage/search/", manage.search_rebuild, name="search_rebuild"),
    path("manage/sources/", manage.sources, name="sources"),
    path("manage/sources/add/", manage.source_add, name="source_add"),
    path("manage/sources/<int:pk>/", manage.source_change, name="source_change"),
    path("manage/undo/<int:number>/", manage.undo, name="undo"),
    path("manage/pick/<slug:kind>/", manage.pick, name="pick"),
]

SCHOOLS_OWN = [
    path("schools/<int:pk>/profile/", profile.edit_profile, name="edit_profile"),
    path(
        "schools/<int:pk>/profile/history/",
        profile.profile_history,
        name="profile_history",
    ),
    path("schools/<int:pk>/check/", profile.check_school, name="check_school"),
    path("schools/<int:pk>/goals/", profile.goals, name="goals"),
    path("schools/<int:pk>/goals/add/", profile.goal_add, name="goal_add"),
    path("schools/<int:pk>/goals/carry/", profile.goals_carry, name="goals_carry"),
    path("goals/<int:pk>/", profile.goal_change, name="goal_change"),
    path("goals/<int:pk>/end/", profile.goal_end, name="goal_end"),
    path("schools/<int:pk>/wrong/", wrong.report_wrong, name="report_wrong"),
    path("wrong/", wrong.wrong_facts, name="wrong_facts"),
    path("wrong/<int:pk>/", wrong.wrong_fact, name="wrong_fact"),
]

urlpatterns = [
    *KEPT_SETTINGS,
    *KEPT_PLACES,
    *KEPT_PEOPLE,
    *KEPT_DAYS,
    *SCHOOLS_OWN,
]
