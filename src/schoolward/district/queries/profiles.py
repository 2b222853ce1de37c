"""A school's living profile and goals, with their history, and what looks stale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from schoolward.district.models import (
    Goal,
    Membership,
    Post,
    ProfileEntry,
    ProfileField,
    School,
    Supervision,
)
from schoolward.district.queries.links import PersonLink, PlaceLink, person_link
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.kernel.seats import Seat


REASON = "parts of a page that the entrance opened"
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePart:
    """One part of a profile; without a writer when nobody wrote it yet."""

    field: str
    label: str
    text: str = ""
    written_by: PersonLink | None = None
    behalf_of: PersonLink | None = None
    written_at: datetime | None = None

    @property
    def when(self) -> str:
        """Return the day it was written, in words."""
        return f"{localdate(self.written_at):%b %-d, %Y}" if self.written_at else ""

    @property
    def writer(self) -> str:
        """Return who wrote it, and on whose behalf."""
        who = self.written_by.name if self.written_by else "Schoolward"
        return f"{who}, on behalf of {self.behalf_of.name}" if self.behalf_of else who

    @property
    def last_words(self) -> str:
        """Return who wrote it last and when, or that nobody has."""
        return f"{self.writer}, {self.when}" if self.when else "Nobody wrote this yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChange:
    """What somebody wrote in a school's profile."""

    school: PlaceLink
    part: ProfilePart


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal of a school's year."""

    pk: int
    start_year: int
    title: str
    who_for: str
    how_known: str
    led_by: str
    standing: str
    agreed_date: date | None
    written_by: PersonLink | None
    written_at: datetime
    ended_at: datetime | None

    @property
    def words(self) -> str:
        """Return what is said of it beside its title, in one line."""
        parts = (self.who_for, self.how_known, self.led_by, self.standing)
        return " · ".join(part for part in parts if part)

    @property
    def mark(self) -> str:
        """Return the word at the end of its line."""
        return "Ended" if self.ended_at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFact:
    """A fact that nobody has looked at for long, or that is missing.

    Attributes:
        fact: What it is.
        why: Why it looks stale, as a sentence.
        remedy: What to do, as a sentence.
        url_name: The page to do it on; it takes the school's id.
    """

    fact: str
    why: str
    remedy: str
    url_name: str


def profile(school_id: int) -> tuple[ProfilePart, ...]:
    """Return every part of a school's profile as it reads now, written or not."""
    newest: dict[str, ProfilePart] = {}
    for part in profile_history(school_id):
        newest.setdefault(part.field, part)
    return tuple(
        newest.get(field.value, ProfilePart(field=field.value, label=field.label))
        for field in ProfileField
    )


def profile_history(school_id: int, *, field: str = "") -> tuple[ProfilePart, ...]:
    """Return everything that was written in a profile, the newest first."""
    rows = ProfileEntry.objects.unscoped(reason=REASON).filter(school=school_id)
    if field:
        rows = rows.filter(field=field)
    ordered = rows.select_related("written_by", "behalf_of")
    return tuple(_part(row) for row in ordered.order_by("-written_at", "-pk"))


def _part(row: ProfileEntry) -> ProfilePart:
    return ProfilePart(
        field=row.field,
        label=row.get_field_display(),
        text=row.text,
        written_by=person_link(row.written_by),
        behalf_of=person_link(row.behalf_of),
        written_at=row.written_at,
    )


def profile_changes(
    school_ids: Iterable[int], *, since: datetime, limit: int = 50
) -> tuple[ProfileChange, ...]:
    """Return what was written in schools' profiles since a moment, the newest first."""
    rows = ProfileEntry.objects.unscoped(reason=REASON).filter(
        school__in=list(school_ids), written_at__gte=since
    )
    ordered = rows.select_related("written_by", "behalf_of", "school")
    return tuple(
        ProfileChange(school=PlaceLink(row.school_id, row.school.name), part=_part(row))
        for row in ordered.order_by("-written_at", "-pk")[:limit]
    )


def goals(
    school_id: int, *, start_year: int, with_ended: bool = False
) -> tuple[GoalRow, ...]:
    """Return a school's goals of a school year, in their order."""
    rows = Goal.objects.unscoped(reason=REASON).filter(
        school=school_id, start_year=start_year
    )
    if not with_ended:
        rows = rows.filter(ended_at__isnull=True)
    ordered = rows.select_related("written_by").order_by("position", "pk")
    return tuple(_goal(row) for row in ordered)


def _goal(row: Goal) -> GoalRow:
    return GoalRow(
        pk=row.pk,
        start_year=row.start_year,
        title=row.title,
        who_for=row.who_for,
        how_known=row.how_known,
        led_by=row.led_by,
        standing=row.standing,
        agreed_date=row.agreed_date,
        written_by=person_link(row.written_by),
        written_at=row.written_at,
        ended_at=row.ended_at,
    )


def offered_goals(school_id: int, *, start_year: int) -> tuple[GoalRow, ...]:
    """Return last year's goals that a school may carry into a year that has none alike."""
    taken = {goal.title for goal in goals(school_id, start_year=start_year)}
    last = goals(school_id, start_year=start_year - 1)
    return tuple(goal for goal in last if goal.title not in taken)


def stale_facts(school_id: int, *, day: date) -> tuple[StaleFact, ...]:
    """Return what about a school looks stale or is missing on a day."""
    school = School.objects.unscoped(reason=REASON).get(pk=school_id)
    found = (
        *_stale_leading(school, day=day),
        *_stale_profile(school_id, day=day),
        *_stale_goals(school_id, day=day),
        *_unchecked(school, day=day),
    )
    return tuple(found)


def _stale_leading(school: School, *, day: date) -> list[StaleFact]:
    found = []
    posts = Post.objects.unscoped(reason=REASON).on(day).filter(school=school)
    if not posts.filter(seat=Seat.PRINCIPAL, person__isnull=False).exists():
        found.append(
            StaleFact(
                fact="Principal",
                why="Nobody is recorded as principal today.",
                remedy="Report who leads the school, or that the post is vacant.",
                url_name="district:report_wrong",
            )
        )
    supervised = (
        Supervision.objects.unscoped(reason=REASON).on(day).filter(school=school)
    )
    members = Membership.objects.unscoped(reason=REASON).on(day).filter(school=school)
    grouped = members.filter(network__supervised=False)
    if not supervised.exists() and not grouped.exists():
        found.append(
            StaleFact(
                fact="ILD",
                why="Nobody is recorded as the ILD of this school today.",
                remedy="Ask the deputy to name one, or report who it is.",
                url_name="district:report_wrong",
            )
        )
    return found


def _stale_profile(school_id: int, *, day: date) -> list[StaleFact]:
    found = []
    for part in profile(school_id):
        if part.written_at is None or not part.text:
            why = "Nobody has written this yet."
        elif localdate(part.written_at) < day - A_YEAR:
            why = f"Last written on {localdate(part.written_at):%b %-d, %Y}."
        else:
            continue
        found.append(
            StaleFact(
                fact=part.label,
                why=why,
                remedy="Write what is true today; two lines are enough.",
                url_name="district:edit_profile",
            )
        )
    return found


def _stale_goals(school_id: int, *, day: date) -> list[StaleFact]:
    year = SchoolYear.of(day)
    if goals(school_id, start_year=year.start):
        return []
    return [
        StaleFact(
            fact="Goals",
            why=f"There is no goal for {year.label} yet.",
            remedy="Add one, or carry over what still holds from last year.",
            url_name="district:goals",
        )
    ]


def _unchecked(school: School, *, day: date) -> list[StaleFact]:
    checked = school.checked_date
    if checked is not None and checked >= day - A_YEAR:
        return []
    last = f"They were last looked over on {checked:%b %-d, %Y}." if checked else ""
    return [
        StaleFact(
            fact="Address, phone and grades",
            why=last or "Nobody has looked over the school's facts here yet.",
            remedy="Look them over and say that they are right, or what is wrong.",
            url_name="district:edit_profile",
        )
    ]
