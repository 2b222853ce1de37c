"""The room, known to Django."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """The analytics room."""

    name = "schoolward.analytics"
    label = "analytics"
