"""The day of those who supervise or serve schools: the schools, what moved, who is new."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from schoolward.district.queries import ProfileChange, SchoolLine
from schoolward.home.days.told import Empty, Line, Told
from schoolward.home.tables import schools as tables
from schoolward.home.tables.marks import short_day
from schoolward.home.visits import Morning
from schoolward.home.words import count_of, sentence, spelled
from schoolward.kernel.schoolyear import year_label
from schoolward.scorecards.queries import Moved
from schoolward.ui.tags.words import Tone, pill


MOST = 8
NOT_TIED = Empty(
    title="No school is tied to you yet",
    text="The schools you supervise or serve by name stand here once the deputy or an "
    "analyst has named you for them.",
)


def table(morning: Morning) -> Told:
    """Show the person's schools: principal, signals, what changed in the profile."""
    lines = [
        line
        for line in morning.schools
        if line.pk not in morning.subject.led_school_ids
    ]
    changed = {
        change.school.pk: day
        for change in reversed(morning.profile_changes)
        if (day := written_on(change))
    }
    shown = tables.my_schools(
        lines, moved=morning.moved, changed=changed, today=morning.day
    )
    return Told(
        meta=count_of(len(lines), "school") if lines else "",
        headline=_headline(morning.moved),
        table=shown if lines else None,
        empty=Empty(
            title=NOT_TIED.title,
            text=NOT_TIED.text,
            url=reverse("home:schools"),
            link="See all schools",
        ),
    )


def _headline(moved: tuple[Moved, ...]) -> str:
    schools = len({one.school_id for one in moved})
    if not schools:
        return ""
    has = "has" if schools == 1 else "have"
    return sentence(
        f"{spelled(schools, 'school')} {has} an indicator beyond its usual range."
    )


def signals(morning: Morning) -> Told:
    """List what lies beyond its natural limits at the person's schools."""
    several = len(morning.schools) > 1
    lines = tuple(
        _signal(one, morning, several=several) for one in morning.moved[:MOST]
    )
    return Told(
        meta=count_of(len(morning.moved), "signal") if lines else "",
        headline=_own_headline(len(morning.moved)) if not several else "",
        lines=lines,
        empty=Empty(
            title="Nothing lies beyond its usual range",
            text="A signal appears when the latest value of an indicator differs from "
            "the school's own past by more than it usually does.",
        ),
    )


def _own_headline(number: int) -> str:
    if not number:
        return ""
    lies = "lies" if number == 1 else "lie"
    return sentence(
        f"{spelled(number, 'indicator')} of your school {lies} beyond the usual range."
    )


def _signal(one: Moved, morning: Morning, *, several: bool) -> Line:
    tone, words = judged(one)
    name = morning.school_names.get(one.school_id, "")
    title = f"{one.indicator.name}, {name}" if several else one.indicator.name
    return Line(
        title=title,
        url=f"{reverse('home:school', args=[one.school_id])}#indicators",
        note=f"{one.reading.shown} ({one.reading.n_words}) in {year_label(one.reading.period)}. "
        f"{one.signal.sentence}",
        end=pill(words, tone=tone),
    )


def judged(one: Moved) -> tuple[Tone, str]:
    """Return how a signal is shown, and its words."""
    if one.signal.is_better is None:
        return "accent", "Unlike before"
    return ("good", "Better") if one.signal.is_better else ("bad", "Worse")


def profile_changes(morning: Morning) -> Told:
    """List what was written in the profiles of the person's schools lately."""
    changes = morning.profile_changes
    schools = Counter(change.school.pk for change in changes)
    return Told(
        meta=f"{count_of(len(schools), 'school')} in 30 days" if changes else "",
        lines=tuple(_change(change, morning) for change in changes[:MOST]),
        empty=Empty(
            title="No profile changed in the last 30 days",
            text="What principals and those who serve a school write about its needs "
            "and strengths stands here.",
        ),
    )


def written_on(change: ProfileChange) -> date | None:
    """Return the day on which somebody wrote, in the district's time."""
    return localtime(change.part.written_at).date() if change.part.written_at else None


def _change(change: ProfileChange, morning: Morning) -> Line:
    part, day = change.part, written_on(change)
    by = part.written_by.name if part.written_by else ""
    return Line(
        title=f"{part.label}, {change.school.name}",
        url=f"{morning.address(change.school.pk)}#profile",
        note=f"{by}: “{_short(part.text)}”" if by else f"“{_short(part.text)}”",
        end=short_day(day, today=morning.day) if day else "",
    )


def _short(text: str, *, most: int = 110) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def new_principals(morning: Morning) -> Told:
    """List the principals of the person's schools who are in their first year."""
    new = [line for line in morning.near_schools if line.principal_is_new]
    vacant = [line for line in morning.near_schools if line.is_vacant]
    headline = f"{spelled(len(new), 'principal')} of yours {'is' if len(new) == 1 else 'are'} new this year."
    return Told(
        meta=count_of(len(new), "principal") if new else "",
        headline=sentence(headline) if new else "",
        lines=tuple(_new(line) for line in (*new, *vacant)),
        empty=Empty(
            title="No principal of yours is new this year",
            text="Principals in their first year, and schools without one, stand here.",
        ),
    )


def _new(line: SchoolLine) -> Line:
    names = ", ".join(person.name for person in line.principals)
    end = pill("Vacant", tone="watch") if line.is_vacant else "first year"
    return Line(
        title=names or line.name,
        url=reverse("home:school", args=[line.pk]),
        note=line.name if names else "No principal is named.",
        end=end,
    )
