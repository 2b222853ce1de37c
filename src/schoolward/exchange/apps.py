"""The room, known to Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The exchange room."""

    name = "schoolward.exchange"
    label = "exchange"
