"""The plumbing, known to Django; wakes the registries of every room."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Jobs and the demo mark."""

    name = "schoolward.base"
    label = "base"
