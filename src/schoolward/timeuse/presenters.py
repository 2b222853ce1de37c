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
present(
    "timeuse.event.corrected",
    says="{actor} sorted an event of theirs as “{category}”",
    record_class="time",
)
present(
    "timeuse.own_rule.made",
    says="{actor} made a rule of their own for “{category}”",
    record_class="time",
)
present(
    "timeuse.own_rule.dropped",
    says="{actor} took back a rule of their own",
    record_class="time",
)
present(
    "timeuse.rules.adopted",
    says="{actor} copied the {rules} shipped rules of sorting for the district",
)
present("timeuse.rule.saved", says="{actor} wrote the rule of sorting {target}")
present("timeuse.rule.removed", says="{actor} took away the rule of sorting {target}")
