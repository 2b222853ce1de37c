"""The room, known to Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit room."""

    name = "schoolward.audit"
    label = "audit"
