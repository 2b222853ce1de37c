"""What people may do with their time, for the page of who sees what."""

from schoolward.access.verbs import register
from schoolward.timeuse import policies


register(
    "timeuse.own.see",
    says="Bring in their own calendar and see where their hours went",
    ask=policies.can_see_own_time,
)
register(
    "timeuse.rules.keep",
    says="Change the shared rules by which events are sorted",
    ask=policies.can_keep_rules,
)
