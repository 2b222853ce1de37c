"""Who may see and change what in the district: each rule once for one and once for many.

The directory (which schools, units, networks and people there are, and who serves whom)
is open to everyone who holds a post. A school's page is open to the people who lead it,
supervise it or serve it by name, to unit leads, and to seats whose work reaches every
school. Everyone else is told whom to ask.
"""

from django.db.models import Q

from schoolward.base.faces import EVERYTHING, NOTHING
from schoolward.base.faces import every_face as every_filter
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import KEY_SEATS, Seat


NO_POST = no(
    "You hold no post in this district today.",
    "Ask your administrator to check the dates of your post.",
)
MANAGERS = (Seat.ADMINISTRATOR, Seat.ANALYST)


@every_filter
def directory_visible(actor: Actor) -> Q:
    """Return the filter for directory rows: all for members, none for others."""
    return EVERYTHING if actor.is_member else NOTHING


@every_face
def can_see_directory(actor: Actor) -> Decision:
    """Return whether an actor may look people and places up."""
    if actor.is_member:
        return yes("You see this because everyone with a post sees the directory.")
    return NO_POST


def _page_school_ids(actor: Actor) -> frozenset[int]:
    return (
        actor.led_school_ids
        | actor.acted_school_ids
        | actor.supervised_school_ids
        | actor.served_school_ids
    )


def _opens_every_page(actor: Actor) -> bool:
    return actor.reaches_all_schools or actor.holds(Seat.UNIT_LEAD)


@every_filter
def page_visible(actor: Actor, *, prefix: str = "") -> Q:
    """Return the filter for schools whose page an actor may open.

    Args:
        actor: Who asks.
        prefix: The way from the filtered row to its school, such as "school__".
    """
    if _opens_every_page(actor):
        return EVERYTHING
    ids = _page_school_ids(actor)
    return Q(**{f"{prefix}pk__in": ids}) if ids else NOTHING


@every_face
def can_open_page(actor: Actor, school_id: int) -> Decision:
    """Return whether an actor may open a school's page, and why."""
    if words := tie(actor, school_id):
        return yes(f"You see this because {words}.")
    if not actor.is_member:
        return NO_POST
    return no(
        "This page belongs to the people who lead, supervise or serve this school.",
        "The directory shows who they are; ask its principal or its ILD.",
    )


def tie(actor: Actor, school_id: int) -> str:
    """Return what ties an actor to a school, in words; empty when nothing does."""
    ties = (
        (school_id in actor.led_school_ids, "you lead this school"),
        (school_id in actor.acted_school_ids, "you act for this school's principal"),
        (school_id in actor.supervised_school_ids, "you are this school's ILD"),
        (school_id in actor.served_school_ids, _serving(actor, school_id)),
        (actor.reaches_all_schools, "your seat reaches every school"),
        (actor.holds(Seat.UNIT_LEAD), "you lead a unit that serves every school"),
    )
    return next((words for holds, words in ties if holds), "")


def _serving(actor: Actor, school_id: int) -> str:
    unit = actor.served_for.get(school_id)
    partner = (
        f"the {unit} partner of this school" if unit else "a partner of this school"
    )
    return f"you are {partner}"


@writing
def can_edit_profile(actor: Actor, school_id: int) -> Decision:
    """Return whether an actor may write in a school's profile."""
    if school_id in _page_school_ids(actor):
        return yes(
            "You may change this because you lead, supervise or serve this school."
        )
    return no(
        "A profile is written by the principal and by those who serve the school.",
        "Tell its principal what you know, or report a fact as wrong.",
    )


@writing
def can_edit_goals(actor: Actor, school_id: int) -> Decision:
    """Return whether an actor may write a school's goals."""
    near = actor.led_school_ids | actor.acted_school_ids | actor.supervised_school_ids
    if school_id in near:
        return yes("You may change this because you lead or supervise this school.")
    return no(
        "Goals belong to the principal and the ILD.",
        "Speak with them; the profile shows how best to reach the school.",
    )


@writing
def can_report_wrong(actor: Actor, school_id: int) -> Decision:
    """Return whether an actor may say that a fact of a school is wrong."""
    return can_open_page(actor, school_id)


@writing
def can_answer_wrong(
    actor: Actor, *, owner_id: int | None, owner_unit_id: int | None
) -> Decision:
    """Return whether an actor may answer a report of a wrong fact."""
    mine = owner_id == actor.person_id or owner_unit_id in actor.unit_ids
    if mine or actor.holds(*MANAGERS):
        return yes("You may answer because you answer for this fact's source.")
    return no(
        "Only the owner of the source answers.",
        "The report has reached them; its page shows who they are.",
    )


@every_filter
def wrong_facts_visible(actor: Actor) -> Q:
    """Return the filter for reports of wrong facts: those of pages one may open, and one's own."""
    own = Q(owner_id=actor.person_id) | Q(said_by_id=actor.person_id)
    return own | Q(owner_unit_id__in=actor.unit_ids) | _pages_of(actor)


def _pages_of(actor: Actor) -> Q:
    if _opens_every_page(actor):
        return EVERYTHING | Q(school_id__isnull=False)
    return Q(school_id__in=_page_school_ids(actor))


@writing
def can_manage(actor: Actor) -> Decision:
    """Return whether an actor may change schools, units, posts and the calendar."""
    if actor.holds(*MANAGERS):
        return yes("You may change this because you keep the district's records.")
    return no(
        "The district's records are kept by analysts and administrators.",
        "Report what is wrong on the school's page; it reaches the owner.",
    )


@writing
def can_give_keys(actor: Actor) -> Decision:
    """Return whether an actor may say who is an administrator or a records officer.

    Keepers of the records may not: an analyst could else become an administrator.
    """
    if actor.holds(Seat.ADMINISTRATOR):
        return yes("You may change this because you are an administrator.")
    return no(
        "Administrators alone decide who is an administrator or a records officer.",
        "Ask an administrator; the people page shows who they are.",
    )


@writing
def can_fill(actor: Actor, seat: Seat) -> Decision:
    """Return whether an actor may say who holds a seat."""
    return can_give_keys(actor) if seat in KEY_SEATS else can_manage(actor)


@writing
def can_reassign(actor: Actor) -> Decision:
    """Return whether an actor may change who supervises whom and which network a school is in."""
    if actor.holds(Seat.DEPUTY, Seat.SUPERINTENDENT, *MANAGERS):
        return yes("You may change this because you answer for the ILDs' spans.")
    return no(
        "The deputy decides who supervises which school.",
        "Ask the deputy; the district page shows who it is.",
    )


@writing
def can_assign(actor: Actor, unit_id: int) -> Decision:
    """Return whether an actor may name who in a unit serves which school."""
    if unit_id in actor.led_unit_ids or actor.holds(*MANAGERS):
        return yes("You may change this because you lead the unit or keep its records.")
    return no(
        "A unit's lead decides who in it serves which school.",
        "Ask the lead; the unit's page shows who it is.",
    )


@writing
def can_delegate(actor: Actor, person_id: int) -> Decision:
    """Return whether an actor may name a delegate for a person: themselves, or an administrator."""
    if person_id == actor.person_id or actor.holds(Seat.ADMINISTRATOR):
        return yes("You may name who acts for you.")
    return no("Only the person or an administrator names a delegate.", "Ask them to.")
