"""School years and how they are written: "2018-19"."""

import re
from dataclasses import dataclass
from datetime import date


_SPELLINGS = (
    re.compile(r"^(?P<start>\d{4})\s*[-–/]\s*(?P<end>\d{4}|\d{2})$"),
    re.compile(r"^(?P<start>(?:19|20)\d{2})(?P<end>(?:19|20)\d{2})$"),
    re.compile(r"^SY\s?(?P<start>\d{2})[-–/]?(?P<end>\d{2})$", re.IGNORECASE),
)
_WORDS = re.compile(r"^(school\s+year|sy)\s*", re.IGNORECASE)


class SchoolYearError(ValueError):
    """A text is not a school year."""


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """A school year, named by the calendar year it starts in.

    >>> str(SchoolYear(2018)), SchoolYear(2018).first_day
    ('2018-19', datetime.date(2018, 7, 1))
    """

    start: int

    def __str__(self) -> str:
        """Return the one documented spelling, such as 2018-19."""
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @property
    def label(self) -> str:
        """Return the spelling for pages, with an en dash."""
        return f"{self.start}–{(self.start + 1) % 100:02d}"

    @property
    def first_day(self) -> date:
        """Return 1 July of the starting year."""
        return date(self.start, 7, 1)

    @property
    def last_day(self) -> date:
        """Return 30 June of the following year."""
        return date(self.start + 1, 6, 30)

    @property
    def following(self) -> "SchoolYear":
        """Return the next school year."""
        return SchoolYear(self.start + 1)

    @property
    def previous(self) -> "SchoolYear":
        """Return the school year before."""
        return SchoolYear(self.start - 1)

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """Return the school year that holds a day; years turn on 1 July."""
        return cls(day.year if day.month >= 7 else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> "SchoolYear":
        """Read any common spelling.

        >>> [
        ...     str(SchoolYear.parse(t))
        ...     for t in ("2018-2019", "20182019", "SY1819", "School Year 2017-2018")
        ... ]
        ['2018-19', '2018-19', '2018-19', '2017-18']

        Raises:
            SchoolYearError: The text is not a school year, or its two halves do
                not follow each other.
        """
        cleaned = text.strip()
        for candidate in (cleaned, _WORDS.sub("", cleaned)):
            for spelling in _SPELLINGS:
                if match := spelling.match(candidate):
                    return _checked(match["start"], match["end"], text)
        msg = f"“{text}” is not a school year. Write it as 2018-19."
        raise SchoolYearError(msg)


def _checked(start: str, end: str, text: str) -> SchoolYear:
    year = int(start) if len(start) == 4 else 2000 + int(start)
    if (year + 1) % 100 != int(end) % 100:
        msg = f"“{text}” is not one school year: {end} does not follow {start}."
        raise SchoolYearError(msg)
    return SchoolYear(year)


def year_label(period: str) -> str:
    """Write a period as pages do: "2018–19"; anything else stays as it is.

    >>> year_label("2018-19"), year_label("")
    ('2018–19', '')
    """
    try:
        return SchoolYear.parse(period).label
    except SchoolYearError:
        return period
