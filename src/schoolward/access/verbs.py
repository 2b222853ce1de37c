"""Every verb that somebody may or may not do, with the policy that answers.

A room above registers its verbs in a `verbs.py` of its own; those of the rooms below
are here. The page "Who sees what" and each person's own page ask them all, so what they
say is what the pages do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schoolward.access import policies as access
from schoolward.audit import policies as audit
from schoolward.district import policies as district
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision


class About(StrEnum):
    """What a verb is asked about."""

    DISTRICT = "district"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that people do.

    Attributes:
        key: `room.noun.verb`.
        says: What it is, as in "Open the school's page".
        about: Asked of the whole district, or of one school.
        ask: The policy: of the actor, and of the school's id when about a school.
    """

    key: str
    says: str
    about: About
    ask: Callable[..., Decision]

    def answer(self, actor: Actor, *, school_id: int | None = None) -> Decision:
        """Ask the policy.

        Raises:
            ValueError: The verb is about a school and none was given.
        """
        if self.about is About.DISTRICT:
            return self.ask(actor)
        if school_id is None:
            msg = f"{self.key} is asked about a school."
            raise ValueError(msg)
        return self.ask(actor, school_id)


_VERBS: dict[str, Verb] = {}


def register(
    key: str,
    *,
    says: str,
    ask: Callable[..., Decision],
    about: About = About.DISTRICT,
) -> None:
    """Add a verb to those that are asked."""
    _VERBS[key] = Verb(key, says, about, ask)


def verbs() -> Mapping[str, Verb]:
    """Return every verb by its key."""
    return dict(sorted(_VERBS.items()))


register(
    "district.directory.see",
    says="Look up schools, units, networks and people",
    ask=district.can_see_directory,
)
register(
    "district.page.open",
    says="Open the school’s page",
    ask=district.can_open_page,
    about=About.SCHOOL,
)
register(
    "district.profile.write",
    says="Write the school’s profile",
    ask=district.can_edit_profile,
    about=About.SCHOOL,
)
register(
    "district.goal.write",
    says="Write the school’s goals",
    ask=district.can_edit_goals,
    about=About.SCHOOL,
)
register(
    "district.wrong.report",
    says="Say that a fact of the school is wrong",
    ask=district.can_report_wrong,
    about=About.SCHOOL,
)
register(
    "district.records.keep",
    says="Change schools, units, posts and the calendar",
    ask=district.can_manage,
)
register(
    "district.keys.give",
    says="Appoint administrators and records officers",
    ask=district.can_give_keys,
)
register(
    "district.schools.assign",
    says="Change who supervises which school, and which network it is in",
    ask=district.can_reassign,
)
register(
    "audit.events.see",
    says="Search the record of what happened",
    ask=audit.can_see_events,
)
register(
    "audit.records.keep",
    says="Set retention periods, place holds, dispose of records",
    ask=audit.can_keep_records,
)
register(
    "access.accounts.keep",
    says="Invite people and mend their accounts",
    ask=access.can_keep_accounts,
)
register(
    "access.accounts.see",
    says="See who has an account",
    ask=access.can_see_accounts,
)
register("access.who.see", says="See who can see what, and why", ask=access.can_see_who)
