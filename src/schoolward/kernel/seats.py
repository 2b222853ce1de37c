"""The seats people hold in a district, in the field's own words."""

from enum import StrEnum


class Seat(StrEnum):
    """What a post makes its holder."""

    PRINCIPAL = "principal"
    ASSISTANT_PRINCIPAL = "assistant_principal"
    ILD = "ild"
    DEPUTY = "deputy"
    UNIT_LEAD = "unit_lead"
    UNIT_STAFF = "unit_staff"
    CHIEF = "chief"
    SUPERINTENDENT = "superintendent"
    ANALYST = "analyst"
    RECORDS_OFFICER = "records_officer"
    BOARD_MEMBER = "board_member"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """Return the words people read, such as "Assistant principal"."""
        return "ILD" if self is Seat.ILD else self.replace("_", " ").capitalize()


SCHOOL_SEATS = frozenset({Seat.PRINCIPAL, Seat.ASSISTANT_PRINCIPAL})
"""Seats that belong to one school."""

UNIT_SEATS = frozenset({Seat.UNIT_LEAD, Seat.UNIT_STAFF})
"""Seats that belong to one unit."""

KEY_SEATS = frozenset({Seat.ADMINISTRATOR, Seat.RECORDS_OFFICER})
"""Seats that open accounts or what is held about people; no file makes anyone one."""

WHOLE_DISTRICT_SEATS = frozenset(
    {Seat.DEPUTY, Seat.CHIEF, Seat.SUPERINTENDENT, Seat.ANALYST, Seat.ADMINISTRATOR}
)
"""Seats whose work reaches every school."""
