"""The room, known to Django."""

from django.apps import AppConfig


class DistrictConfig(AppConfig):
    """The district room."""

    name = "schoolward.district"
    label = "district"
