"""What every room's router for programs shares: problems in one shape, cursors, days.

A router lives in its room's `api.py`; the room `api` mounts it and turns what is raised
here into answers.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field

from schoolward.base import clock
from schoolward.base.http import ActorRequest


ApiRequest = ActorRequest
LIMIT_MOST = 200
LARGEST_ID = 2**63 - 1
DAY = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
SCHOOL_YEAR = r"^(19|20)[0-9]{2}-[0-9]{2}$"
ID = r"^[0-9]{1,18}$"


class Fault(Schema):
    """What went wrong and what to do about it."""

    code: str = Field(description="A word that programs may rely on, such as refused.")
    message: str = Field(description="What went wrong, as a sentence for a person.")
    next_step: str = Field(description="What to do instead, as a sentence.")


class Problem(Schema):
    """The one shape of every answer that is not a success."""

    error: Fault


PROBLEMS: Mapping[int, Any] = {400: Problem, 401: Problem, 403: Problem, 404: Problem,
                               422: Problem, 429: Problem, 500: Problem}  # fmt: skip
"""Answers that every operation may give, for its `response`."""


class AnswerError(Exception):
    """An answer that is not a success; subclasses say which."""

    status = 500
    code = "fault"

    def __init__(self, message: str, *, next_step: str) -> None:
        """Keep both sentences."""
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class NotUnderstoodError(AnswerError):
    """The request contradicts itself, or bears a cursor that no list handed out."""

    status = 400
    code = "not_understood"


class NotThereError(AnswerError):
    """There is nothing under this id."""

    status = 404
    code = "not_found"


class UnclearParameterError(AnswerError):
    """A parameter is unknown or its value cannot be meant."""

    status = 422
    code = "unclear_parameter"


def _spelled(pattern: str, remedy: str) -> BeforeValidator:
    """Return a check that a parameter is written in its one spelling.

    What reads parameters would take 0 for a day of 1970 and "on" for true.
    """

    def check(value: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            raise ValueError(remedy)
        return value

    return BeforeValidator(check)


Day = Annotated[date, _spelled(DAY, "write a day such as 2026-11-19")]
Count = Annotated[int, _spelled(r"[0-9]{1,6}", "write a whole number")]
Flag = Annotated[bool, _spelled(r"true|false", "write true or false")]


class Part(Schema):
    """Which part of a list is asked for."""

    limit: Count = Field(
        100, ge=1, le=LIMIT_MOST, description="How many items at most."
    )
    cursor: str = Field(
        "",
        max_length=800,
        description="The `next_cursor` of the part before; leave it out for the first. "
        "It is opaque: pass it on as it is.",
    )


class OnDay(Schema):
    """Which day is asked about."""

    as_of: Day | None = Field(
        None,
        description="Read the district as it stood on this day; today, if left out.",
        examples=["2026-11-19"],
        json_schema_extra={"pattern": DAY},
    )


def id_field(description: str) -> Any:
    """Return the field of a filter that takes an id; empty means no filter."""
    return Field("", max_length=18, pattern=r"^[0-9]*$", description=description)


def day_of(as_of: date | None) -> date:
    """Return the day a request is about.

    Raises:
        UnclearParameterError: The day lies beyond what calendars here hold.
    """
    if as_of is None:
        return clock.today()
    if not 1900 <= as_of.year <= 2099:
        msg = f"as_of: {as_of} is not a day of this or the last century."
        raise UnclearParameterError(msg, next_step="Write a day such as 2026-11-19.")
    return as_of


def key_of(text: str) -> int | None:
    """Return the key behind an id; None when no row could bear it.

    >>> key_of("12"), key_of("x"), key_of("٣"), key_of("9" * 30)
    (12, None, None, None)
    """
    if not (text.isascii() and text.isdecimal()):
        return None
    key = int(text[:40])
    return key if key <= LARGEST_ID else None


BY_NAME = re.compile(r"[0-9]{1,18}~.*", re.DOTALL)
"""Where a list that is ordered by a name stands."""

BY_KEY = re.compile(r"[0-9]{1,18}")
"""Where a list that is ordered by its keys stands."""


def after(cursor: str, like: re.Pattern[str]) -> str:
    """Return what a cursor stands behind.

    Args:
        cursor: As it was sent; empty for the first part.
        like: What positions of this list look like.

    Raises:
        NotUnderstoodError: This list did not hand it out.

    >>> after(opaque("12~Ames"), BY_NAME)
    '12~Ames'
    """
    if not cursor:
        return ""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        text = ""
    if not like.fullmatch(text) or opaque(text) != cursor or "\x00" in text:
        raise NotUnderstoodError(
            "This list did not hand this cursor out.",
            next_step="Begin without a cursor, then pass on each next_cursor as it is.",
        )
    return text


def opaque(position: str | None) -> str | None:
    """Return a position in a list as a cursor that nobody need understand."""
    if position is None:
        return None
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")
