"""The room, known to Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The api room."""

    name = "schoolward.api"
    label = "api"
