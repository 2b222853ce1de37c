"""The assembly, known to Django; wakes every room's jobs once all rooms are loaded."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    """The config room; loaded last, so that every room's jobs can be found."""

    name = "schoolward.config"
    label = "config"

    def ready(self) -> None:
        """Register the jobs, looks, presenters, record types and verbs of every room."""
        autodiscover_modules("jobs", "looks", "presenters", "records", "verbs")
