"""What a cell says: days, numbers, yes and no, school years, and marks for no value.

Every reader returns the value or raises `UnclearValueError` with a reason and a remedy.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from schoolward.exchange.domain import UnclearValueError
from schoolward.kernel.schoolyear import SchoolYear, SchoolYearError


_YES = frozenset({"y", "yes", "true", "t", "1", "x"})
_NO = frozenset({"n", "no", "false", "f", "0"})
_DAY_REMEDY = "Write the day as 2018-09-30 or 9/30/2018."
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SLASHED = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\s.*)?$")
_SPELLED = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y")
_CENTURY_TURNS = 69


def day_of(text: str, *, day_first: bool = False) -> date:
    """Read a day in US, ISO or spelled-out form; a time of day after it is dropped.

    Args:
        text: The cell.
        day_first: Whether 3/9/2018 is 3 September, as outside the United States.

    Raises:
        UnclearValueError: It is no day.

    >>> day_of("07/01/1904 12:00:00 AM"), day_of("20130315"), day_of("Sep 3, 2018")
    (datetime.date(1904, 7, 1), datetime.date(2013, 3, 15), datetime.date(2018, 9, 3))
    """
    text = text.strip()
    for spelling in (_ISO, _PACKED):
        if found := spelling.match(text):
            return _checked_day(text, *map(int, found.groups()))
    if found := _SLASHED.match(text):
        first, second = int(found[1]), int(found[2])
        month, day = (second, first) if day_first else (first, second)
        return _checked_day(text, _full_year(found[3]), month, day)
    for spelled in _SPELLED:
        try:
            return datetime.strptime(text, spelled).date()  # noqa: DTZ007
        except ValueError:
            continue
    msg = f"“{text[:40]}” is not a day."
    raise UnclearValueError(msg, _DAY_REMEDY)


def _full_year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < _CENTURY_TURNS else 1900)


def _checked_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        msg = f"“{text[:40]}” is not a day of the calendar; the month is read first."
        raise UnclearValueError(msg, _DAY_REMEDY) from error


def yes_or_no(text: str) -> bool:
    """Read yes or no in any common spelling.

    Raises:
        UnclearValueError: It is neither.

    >>> yes_or_no("Y"), yes_or_no("false")
    (True, False)
    """
    word = text.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    msg = f"“{text[:40]}” is neither yes nor no."
    raise UnclearValueError(msg, "Write yes or no.")


class YearSpelling(StrEnum):
    """What a bare year such as 2018 names."""

    SCHOOL_YEAR = "school-year"
    STARTING = "starting-year"
    ENDING = "ending-year"


def school_year_of(
    text: str, *, spelling: YearSpelling = YearSpelling.SCHOOL_YEAR
) -> SchoolYear:
    """Read a school year, or a bare year when it is said which half it names.

    Raises:
        UnclearValueError: It is no school year, or a bare year that could be either.

    >>> str(school_year_of("20052006"))
    '2005-06'
    >>> str(school_year_of("2006", spelling=YearSpelling.ENDING))
    '2005-06'
    """
    text = text.strip()
    if re.fullmatch(r"(19|20)\d{2}(\.0)?", text):
        year = int(text[:4])
        if spelling is YearSpelling.SCHOOL_YEAR:
            msg = f"“{text}” could be the school year that starts or ends in {year}."
            remedy = 'Say in the map which: year.spelling = "ending-year".'
            raise UnclearValueError(msg, remedy)
        return SchoolYear(year - (spelling is YearSpelling.ENDING))
    try:
        return SchoolYear.parse(text)
    except SchoolYearError as error:
        msg = f"“{text[:40]}” is not a school year."
        raise UnclearValueError(msg, "Write it as 2018-19.") from error


class Lack(StrEnum):
    """Why a cell holds no number."""

    BLANK = "blank"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    BOUND = "bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of a file, or why there is none.

    Attributes:
        value: The number; None when there is none.
        lack: Why there is none; None when there is a number.
        mark: The cell as written, kept when there is no number.
        is_percent: Whether a percent sign stood behind it.
    """

    value: float | None = None
    lack: Lack | None = None
    mark: str = ""
    is_percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The words of a file that stand where a number is not.

    Attributes:
        suppressed: Hidden because the group is small.
        missing: Not known, not submitted, not enough data.
    """

    suppressed: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()

    def lack_of(self, text: str) -> Lack | None:
        """Return why a cell holds no number, or None when it may hold one."""
        word = " ".join(text.lower().split())
        if not word:
            return Lack.BLANK
        if word in self.suppressed:
            return Lack.SUPPRESSED
        if word in self.missing:
            return Lack.MISSING
        return None

    def with_words(
        self, *, suppressed: frozenset[str], missing: frozenset[str]
    ) -> "Marks":
        """Return these marks with a map's own, which win."""
        return Marks(
            suppressed=(self.suppressed - missing) | suppressed,
            missing=(self.missing - suppressed) | missing,
        )


USUAL_MARKS = Marks(
    suppressed=frozenset(
        {"s", "*", "**", "***", "†", "‡", "ds", "n<10", "n < 10", "n<5", "n<6", "n<11"}
        | {"n<15", "n<20", "ts", "ps", "suppressed", "masked", "redacted", "too few"}
        | {"<10", "< 10", "≤10", "fewer than 10", "less than 10", "-99", "-999"}
    ),
    missing=frozenset(
        {"ns", "na", "n/a", "n.a.", "#n/a", "null", "none", "nan", "-", "--", "–", "."}
        | {"not enough data", "no data available", "no data", "not available"}
        | {"incomplete data", "not rated", "not applicable", "not submitted", "tbd"}
        | {"low response", "not reported", "missing", "unknown"}
    ),
)
"""Marks seen in districts' files; a map adds its own."""

_BOUND = re.compile(r"^[<>≤≥]=?\s*\d[\d.,]*\s*%?$")
_FIGURE = re.compile(
    r"^(?P<open>\()?\s*(?P<sign>[-−+])?\s*\$?\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?P<part>\.\d*)?(?P<power>[eE][-+]?\d{1,3})?"
    r"\s*(?P<unit>%|st|nd|rd|th|days?|hours?|minutes?|years?)?\s*(?P<close>\))?$"
)


def figure_of(text: str, *, marks: Marks = USUAL_MARKS) -> Figure:
    """Read a number as districts write it, or why there is none.

    Raises:
        UnclearValueError: It is neither a number nor a known mark.

    >>> figure_of("1,234").value, figure_of("3.5 days").value, figure_of("41%").value
    (1234.0, 3.5, 41.0)
    >>> figure_of("s").lack, figure_of("NOT ENOUGH DATA").lack, figure_of("> 75%").lack
    (<Lack.SUPPRESSED: 'suppressed'>, <Lack.MISSING: 'missing'>, <Lack.BOUND: 'bound'>)
    """
    lack = marks.lack_of(text)
    if lack is None and _BOUND.match(text.strip()):
        lack = Lack.BOUND
    if lack is not None:
        return Figure(lack=lack, mark=text.strip())
    found = _FIGURE.match(text.strip())
    if not found or not (found["whole"] or (found["part"] or "") > "."):
        msg = f"“{text[:40]}” is not a number."
        raise UnclearValueError(
            msg,
            "Write a number, or add the word to the map's marks when it means that "
            "there is none.",
        )
    return Figure(value=_value(found), is_percent=found["unit"] == "%")


def _value(found: re.Match[str]) -> float:
    digits = (found["whole"] or "0").replace(",", "") + (found["part"] or "")
    number = float(digits + (found["power"] or ""))
    negative = found["sign"] in {"-", "−"} or bool(found["open"] and found["close"])
    return -number if negative and number else number


_EMAIL = re.compile(r"^[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}$")


def email_of(text: str) -> str:
    """Read an e-mail address, in lower case.

    Raises:
        UnclearValueError: It is none.

    >>> email_of("Ana.Diaz@Schools.org")
    'ana.diaz@schools.org'
    """
    if not _EMAIL.match(text.strip()):
        msg = f"“{text[:60]}” is not an e-mail address."
        raise UnclearValueError(
            msg, "Write it as name@district.org, or leave it blank."
        )
    return text.strip().lower()


_KEY_FLOAT = re.compile(r"^\d+\.0$")


def key_of(text: str) -> str:
    """Read an identifier: text, without the “.0” that spreadsheets add.

    >>> key_of("609966.0"), key_of("00123")
    ('609966', '00123')
    """
    text = text.strip()
    return text[:-2] if _KEY_FLOAT.match(text) else text
