"""The room, known to Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The ui room."""

    name = "schoolward.ui"
    label = "ui"
