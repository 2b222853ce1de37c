"""The room, known to Django."""

from django.apps import AppConfig


class TimeuseConfig(AppConfig):
    """The room of time."""

    name = "schoolward.timeuse"
    label = "timeuse"
