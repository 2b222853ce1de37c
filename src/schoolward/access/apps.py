"""The room, known to Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access room."""

    name = "schoolward.access"
    label = "access"
