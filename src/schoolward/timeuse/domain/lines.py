"""The lines of an .ics file, put together into components; bounded, whatever comes.

Only what counting time needs is kept: no descriptions, alarms, attachments or notes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from schoolward.timeuse.domain.shapes import Refusal, UnreadableCalendarError


MOST_BYTES = 20_000_000
MOST_EVENTS = 50_000
LONGEST_LINE = 60_000
"""Characters of one unfolded line; pictures in a line are cut here and never needed."""
MOST_REFUSED = 1_000

_BREAK = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)")
_KEPT = frozenset(
    [
        "SUMMARY",
        "LOCATION",
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "STATUS",
        "CLASS",
        "TRANSP",
        "ORGANIZER",
        "ATTENDEE",
        "SEQUENCE",
        "RECURRENCE-ID",
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "X-LIC-LOCATION",
        "X-WR-CALNAME",
    ]
)
_READ = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
_UNREADABLE = (
    "This is not a calendar: no line says BEGIN:VCALENDAR. Export your calendar as "
    "iCalendar (.ics) and choose that file."
)


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its parameters in capitals, and its value as written."""

    value: str
    params: dict[str, str]


@dataclass(slots=True)
class Component:
    """A part between BEGIN and END: its kind, its number in the file, its lines."""

    kind: str
    number: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """Return the first line of a name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return the value of the first line of a name, or nothing."""
        found = self.first(name)
        return found.value.strip() if found else ""

    @property
    def label(self) -> str:
        """Return how a refusal names it: its number and day, never its words."""
        day = self.text("DTSTART")[:8]
        shown = f" of {day[:4]}-{day[4:6]}-{day[6:]}" if day.isdigit() else ""
        what = "Event" if self.kind == "VEVENT" else "Time zone"
        return f"{what} {self.number}{shown}"


@dataclass(slots=True)
class Parts:
    """What a file holds."""

    name: str = ""
    events: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, component: str, reason: str, remedy: str) -> None:
        """Note what is left out; of very many, the first thousand."""
        if len(self.refused) < MOST_REFUSED:
            self.refused.append(Refusal(component, reason, remedy))


def parts_of(content: bytes) -> Parts:
    """Return the events and time zones of a file.

    Raises:
        UnreadableCalendarError: It is no calendar, or too large.
    """
    if len(content) > MOST_BYTES:
        msg = (
            f"The file is larger than {MOST_BYTES // 1_000_000} MB. Export a shorter time, "
            "such as one school year."
        )
        raise UnreadableCalendarError(msg)
    assembly = _Assembly()
    for line in unfolded(_decoded(content)):
        assembly.take(line)
    return assembly.finish()


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8 as the standard wants, else what old programs wrote."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def unfolded(text: str) -> Iterator[str]:
    """Yield whole lines: one that begins with a blank goes on with the line before."""
    held: list[str] = []
    size = start = 0
    while start <= len(text):
        found = _BREAK.search(text, start)
        stop = found.start() if found else len(text)
        line = text[start:stop]
        start = found.end() if found else len(text) + 1
        is_more = line[:1] in {" ", "\t"} and bool(held)
        if not is_more and held:
            yield "".join(held)
            held, size = [], 0
        piece = line[1:] if is_more else line
        if size < LONGEST_LINE:
            held.append(piece[: LONGEST_LINE - size])
            size += len(piece)
    if held:
        yield "".join(held)


def parsed(line: str) -> tuple[str, Property] | None:
    """Return a line's name and content; None for what is no content line."""
    match = _NAME.match(line)
    if match is None:
        return None
    name, rest = match[1].upper(), line[match.end() :]
    if rest.startswith(":"):
        return name, Property(rest[1:], {})
    if not rest.startswith(";"):
        return None
    pieces, value = _params(rest[1:])
    return None if value is None else (name, Property(value, pieces))


def _params(text: str) -> tuple[dict[str, str], str | None]:
    """Return parameters, and what follows the first colon outside quotes."""
    pieces, begun, is_quoted = [], 0, False
    for at, letter in enumerate(text):
        if letter == '"':
            is_quoted = not is_quoted
        elif letter in ";:" and not is_quoted:
            pieces.append(text[begun:at])
            begun = at + 1
            if letter == ":":
                return dict(map(_param, pieces)), text[begun:]
    return {}, None


def _param(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return name.strip().upper(), value.strip().strip('"')


class _Assembly:
    """Puts lines together; remembers what is open."""

    def __init__(self) -> None:
        self.parts = Parts()
        self._open: list[Component] = []
        self._skipped: list[str] = []
        self._number = 0
        self._is_calendar = False

    def take(self, line: str) -> None:
        """Take one line."""
        found = parsed(line)
        if found is None:
            return
        name, content = found
        if name == "BEGIN":
            self._begin(content.value.strip().upper())
        elif name == "END":
            self._end(content.value.strip().upper())
        elif name in _KEPT and not self._skipped and self._open:
            self._open[-1].properties.setdefault(name, []).append(content)

    def _begin(self, kind: str) -> None:
        self._is_calendar |= kind in {"VCALENDAR", "VEVENT"}
        if self._skipped or kind not in _READ:
            self._skipped.append(kind)
            return
        if kind in {"VEVENT", "VCALENDAR", "VTIMEZONE"}:
            self._drop_unfinished()
            self._number += kind == "VEVENT"
        self._open.append(Component(kind, self._number))

    def _drop_unfinished(self) -> None:
        """Refuse an event that was never ended before the next part began."""
        for one in self._open:
            if one.kind in {"VEVENT", "VTIMEZONE"}:
                self._refuse_open(one)
        self._open = [one for one in self._open if one.kind == "VCALENDAR"]

    def _refuse_open(self, one: Component) -> None:
        reason = "It has no end: the line END is missing, so parts may be lost."
        self.parts.refuse(one.label, reason, "Export the calendar again.")

    def _end(self, kind: str) -> None:
        if self._skipped:
            self._leave_skipped(kind)
            return
        if not self._open:
            return
        if self._open[-1].kind != kind:
            if kind == "VCALENDAR":
                self._drop_unfinished()
                self._open.clear()
            return
        self._keep(self._open.pop())

    def _leave_skipped(self, kind: str) -> None:
        """Leave what is not read; a new end of an outer part leaves all within it."""
        if kind in self._skipped:
            del self._skipped[self._skipped.index(kind) :]
        elif kind in {"VCALENDAR", "VEVENT"}:
            self._skipped.clear()
            self._end(kind)

    def _keep(self, done: Component) -> None:
        if done.kind == "VEVENT":
            self._keep_event(done)
        elif done.kind == "VTIMEZONE":
            self.parts.zones.append(done)
        elif done.kind == "VCALENDAR":
            self.parts.name = self.parts.name or done.text("X-WR-CALNAME")
        elif self._open:
            self._open[-1].parts.append(done)

    def _keep_event(self, done: Component) -> None:
        if len(self.parts.events) >= MOST_EVENTS:
            msg = (
                f"The file holds more than {MOST_EVENTS:,} events. Export a shorter time, "
                "such as one school year."
            )
            raise UnreadableCalendarError(msg)
        self.parts.events.append(done)

    def finish(self) -> Parts:
        """Return what was found.

        Raises:
            UnreadableCalendarError: Nothing says that it is a calendar.
        """
        if not self._is_calendar:
            raise UnreadableCalendarError(_UNREADABLE)
        self._drop_unfinished()
        return self.parts
