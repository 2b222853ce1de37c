"""Addresses of one's own time."""

from django.urls import path

from schoolward.timeuse import views


app_name = "timeuse"

urlpatterns = [
    path("time/", views.week, name="week"),
    path("time/calendars/new/", views.bring, name="bring"),
    path("time/calendars/<int:pk>/", views.calendar, name="calendar"),
    path("time/calendars/<int:pk>/remove/", views.remove, name="remove"),
]
