"""How what happens at the loading dock is told."""

from schoolward.audit.presenters import Forgets, present


present(
    "exchange.load.loaded",
    says="{actor} loaded {file}: {new} new, {changed} changed, {ended} ended, {refused} refused",
    record_class="evidence",
)
present(
    "exchange.load.undone",
    says="{actor} undid the load of {file}",
    record_class="evidence",
)
present("exchange.load.arranged", says="{actor} chose how to read {file}")
present("exchange.load.discarded", says="{actor} gave up the load of {file}")
present("exchange.map.saved", says="{actor} saved the map {target} for {of}")
present(
    "exchange.map.deleted",
    says="{actor} deleted the map {name}",
    forgets=Forgets.NAMES,
)
