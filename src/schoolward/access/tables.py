"""Tables of access: who may do what, and why; who has which way in."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from schoolward.access.queries import Account
from schoolward.access.who import Reader, Right
from schoolward.ui.tables import Cell, Column, Row, Table
from schoolward.ui.tags.words import pill


def rights(found: Iterable[Right], *, label: str) -> Table:
    """Return verbs with yes or no, what is allowed first, each with the page's reason."""
    return Table(
        label=label,
        columns=[
            Column("What", width="30"),
            Column("May"),
            Column("Why", phone="full"),
        ],
        rows=[_right(one) for one in sorted(found, key=lambda one: not one.decision)],
    )


def _right(one: Right) -> Row:
    answer = pill("Yes", tone="good") if one.decision else pill("No", tone="quiet")
    reason = Cell(one.decision.reason, note=one.decision.next_step)
    return Row([one.says, answer, reason])


def readers(found: Iterable[Reader], *, school_id: int) -> Table:
    """Return everyone who can open a school's page, and why."""
    return Table(
        label="Who can open the page",
        columns=[Column("Person"), Column("Seat"), Column("Why", phone="full")],
        rows=[_reader(one, school_id) for one in found],
    )


def _reader(one: Reader, school_id: int) -> Row:
    url = f"{reverse('access:who')}?person={one.person_id}&school={school_id}"
    return Row([Cell(one.name, url=url), one.seats, one.reason])


def accounts(found: Iterable[Account]) -> Table:
    """Return people with their way in."""
    return Table(
        label="Accounts",
        columns=[
            Column("Person"),
            Column("Seat"),
            Column("Account"),
            Column("Second factor"),
            Column("Last sign-in"),
        ],
        rows=[_account(one) for one in found],
    )


def _account(one: Account) -> Row:
    url = reverse("access:account_of", args=[one.person_id])
    factor = pill("On", tone="good") if one.has_second_factor else "Not set up"
    return Row(
        [
            Cell(one.name, url=url, note=one.email),
            one.seats or "No post today",
            _state(one),
            factor if one.user_id else None,
            _day(one.last_sign_in),
        ]
    )


def _state(one: Account) -> str:
    if one.is_open:
        return pill("Open", tone="good")
    if one.user_id:
        return pill("Closed", tone="quiet")
    if one.invited_until:
        return pill(f"Invited until {_day(one.invited_until)}", tone="accent")
    return "Not invited yet"


def _day(moment: datetime | None) -> str | None:
    return date_format(localtime(moment)) if moment else None
