"""How this room's acts are told."""

from schoolward.audit.presenters import Forgets, present


present(
    "scorecards.indicator.defined",
    says="{actor} added the indicator {target}",
    record_class="evidence",
)
present(
    "scorecards.indicator.changed",
    says="{actor} changed {target} to version {version}: {changes}. Why: {why}",
    record_class="evidence",
)
present(
    "scorecards.indicator.retired",
    says="{actor} retired the indicator {target}. Why: {why}",
    record_class="evidence",
)
present(
    "scorecards.indicator.revived",
    says="{actor} took the indicator {target} back into use",
    record_class="evidence",
)
present(
    "scorecards.values.loaded",
    says="{actor} loaded {facts:,} values from load {load}: {new:,} new, {changed:,} changed",
    record_class="evidence",
)
present(
    "scorecards.values.undone",
    says="{actor} withdrew the {facts:,} values of load {load}",
    record_class="evidence",
)
present(
    "scorecards.shelves.made",
    says="{actor} figured {indicators} indicators anew, with the networks of {today}",
    forgets=Forgets.NOTHING,
    record_class="technical",
)
