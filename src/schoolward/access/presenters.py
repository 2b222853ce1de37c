"""How the record tells of sign-in, invitations, tokens, viewing and refusals."""

from schoolward.audit.presenters import Forgets, present


RECORD_CLASS = "security"

present(
    "access.page.refused",
    says="{actor} was refused the page {path}: {reason}",
    record_class=RECORD_CLASS,
)
present(
    "access.session.started",
    says="{actor} signed in with {how}",
    record_class=RECORD_CLASS,
)
present("access.session.left", says="{actor} signed out", record_class=RECORD_CLASS)
present(
    "access.session.ended",
    says="{actor} ended {count} sessions elsewhere",
    record_class=RECORD_CLASS,
)
present(
    "access.session.failed",
    says="Somebody did not get in: the {step} did not fit ({account})",
    forgets=Forgets.FACTS,
    personal=("account",),
    record_class=RECORD_CLASS,
)
present(
    "access.key.changed",
    says="{actor}: {what}",
    record_class=RECORD_CLASS,
)
present(
    "access.second_factor.reset",
    says="{actor} removed the second factor of {target}",
    record_class=RECORD_CLASS,
)
present(
    "access.account.closed",
    says="{actor} closed the account {target}",
    record_class=RECORD_CLASS,
)
present(
    "access.account.opened",
    says="{actor} opened the account {target} again",
    record_class=RECORD_CLASS,
)
present(
    "access.invitation.made",
    says="{actor} invited {about}",
    forgets=Forgets.FACTS,
    personal=("about",),
    record_class=RECORD_CLASS,
)
present(
    "access.invitation.withdrawn",
    says="{actor} withdrew: {target}",
    record_class=RECORD_CLASS,
)
present(
    "access.invitation.accepted",
    says="{actor} accepted an invitation and set a password",
    record_class=RECORD_CLASS,
)
present(
    "access.token.made",
    says="{actor} made the token {target} of {about} for {days} days",
    forgets=Forgets.FACTS,
    personal=("about",),
    record_class=RECORD_CLASS,
)
present(
    "access.token.used",
    says="A program used the token {target} of {actor}, the first time that day",
    record_class=RECORD_CLASS,
)
present(
    "access.token.ended",
    says="{actor} ended the token {target} of {about}",
    forgets=Forgets.FACTS,
    personal=("about",),
    record_class=RECORD_CLASS,
)
present(
    "access.viewing.started",
    says="{actor} began to view as {target}",
    record_class=RECORD_CLASS,
)
present(
    "access.viewing.ended",
    says="{actor} stopped viewing as {target} ({why})",
    record_class=RECORD_CLASS,
)
