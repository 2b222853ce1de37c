"""What people may do with files, for the page of who sees what."""

from schoolward.access.verbs import register
from schoolward.exchange import policies


register(
    "exchange.loads.see",
    says="Look at what files were loaded",
    ask=policies.can_see_loads,
)
register(
    "exchange.files.load",
    says="Load files and undo a load",
    ask=policies.can_load,
)
