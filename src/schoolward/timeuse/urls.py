"""Addresses of one's own time."""

from django.urls import path

from schoolward.timeuse.views import calendars, sorting


app_name = "timeuse"

urlpatterns = [
    path("time/", calendars.week, name="week"),
    path("time/calendars/new/", calendars.bring, name="bring"),
    path("time/calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("time/calendars/<int:pk>/remove/", calendars.remove, name="remove"),
    path("time/events/<int:pk>/sort/", sorting.correct, name="correct"),
    path("time/rules/", sorting.rules, name="rules"),
    path("time/rules/own/<int:pk>/drop/", sorting.drop, name="drop"),
    path("time/rules/adopt/", sorting.adopt, name="adopt"),
    path("time/rules/new/", sorting.new_rule, name="new_rule"),
    path("time/rules/<int:pk>/", sorting.rule, name="rule"),
    path("time/rules/<int:pk>/remove/", sorting.remove_rule, name="remove_rule"),
]
