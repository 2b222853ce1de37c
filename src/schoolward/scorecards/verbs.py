"""What people may do with indicators, for the page of who sees what."""

from schoolward.access.verbs import register
from schoolward.scorecards import policies


register(
    "scorecards.catalogue.see",
    says="Read the indicators, and what networks and the district reach",
    ask=policies.can_see_catalogue,
)
register(
    "scorecards.catalogue.define",
    says="Change the catalogue of indicators",
    ask=policies.can_define,
)
