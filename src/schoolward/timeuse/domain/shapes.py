"""What a calendar file turns into: occurrences, and what was refused, with why."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class UnreadableCalendarError(ValueError):
    """A file is no calendar, or more than one can be; the text says what to do."""


class RefusedPartError(ValueError):
    """One part of a calendar cannot be counted; carries the reason and the remedy."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        """Keep why, and what the owner of the calendar can do."""
        super().__init__(reason)
        self.reason = reason
        self.remedy = (
            remedy or "Open the event in your calendar, mend it, export again."
        )


class Status(StrEnum):
    """Whether an occurrence was to take place for the calendar's owner."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    DECLINED = "declined"

    @property
    def takes_place(self) -> bool:
        """Return whether its time is spent: a cancelled visit is not a visit."""
        return self in {Status.CONFIRMED, Status.TENTATIVE}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a file that was left out.

    Attributes:
        component: Which part: its kind, its place in the file, its day; never its title.
        reason: Why, as a sentence.
        remedy: What to do, as a sentence.
    """

    component: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an event says; empty for a private one, of which only the time is read."""

    title: str = ""
    place: str = ""
    organizer: str = ""
    attendees: tuple[str, ...] = ()


NO_WORDS = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One instance of an event, at its own time.

    Attributes:
        uid: The event's id, the same in every calendar it was sent to.
        key: Which instance of the event: the moment it was first planned for.
        starts_at: UTC.
        ends_at: UTC; never before `starts_at`.
        all_day: Whether it names days and no hours; such events count no minutes.
        status: Whether it takes place.
        is_busy: Whether its time is taken; a free ("transparent") event takes none.
        is_private: Whether the owner marked it so; then there are no words.
        repeats: Whether it is one of a series.
    """

    uid: str
    key: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    status: Status
    is_busy: bool
    is_private: bool
    repeats: bool
    words: Words = field(default=NO_WORDS)

    @property
    def counts(self) -> bool:
        """Return whether its minutes are counted."""
        return self.is_busy and not self.all_day and self.status.takes_place


@dataclass(frozen=True, slots=True)
class Window:
    """The moments looked at: from one up to, not including, another; UTC."""

    start: datetime
    end: datetime

    def touches(self, start: datetime, end: datetime) -> bool:
        """Return whether a stretch of time lies at least partly within."""
        return start < self.end and (end > self.start or start == end >= self.start)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read.

    Attributes:
        name: What the file calls itself; empty when it does not say.
        events: Events that were read; a series is one.
        occurrences: Their instances within the window, by time.
        refused: What was left out.
    """

    name: str
    events: int
    occurrences: tuple[Occurrence, ...]
    refused: tuple[Refusal, ...]
