"""The room, known to Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The home room."""

    name = "schoolward.home"
    label = "home"
