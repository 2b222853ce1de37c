"""How the founding of a district is told."""

from schoolward.audit.presenters import Forgets, present


present(
    "config.district.founded",
    says="{target} was set up from the command line",
    forgets=Forgets.NOTHING,
)
present(
    "config.administrator.made",
    says="{target} became the first administrator, from the command line",
)
