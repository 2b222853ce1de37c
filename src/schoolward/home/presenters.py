"""How this room's acts are told."""

from schoolward.audit.presenters import present


present(
    "home.job.retried",
    says="{actor} started {target} again",
    record_class="technical",
)
present(
    "home.job.stopped", says="{actor} asked {target} to stop", record_class="technical"
)
