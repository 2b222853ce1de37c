"""How this room's acts are told: counts, never what a calendar says."""

from schoolward.audit.presenters import Forgets, present


present(
    "timeuse.calendar.loaded",
    says="{actor} brought in a calendar of {owner}: {new} meetings new, {changed} "
    "changed, {removed} gone, {refused} parts refused",
    forgets=Forgets.FACTS,
    personal=("owner",),
    record_class="time",
)
present(
    "timeuse.calendar.removed",
    says="{actor} took a calendar out with its {meetings} meetings",
    record_class="time",
)
