"""The room, known to Django."""

from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    """The scorecards room."""

    name = "schoolward.scorecards"
    label = "scorecards"
