"""Reports of wrong facts: those that wait for an answer, and one's own."""

from django.urls import reverse

from schoolward.district.queries import WrongFactRow
from schoolward.home.days.told import Empty, Line, Told
from schoolward.home.tables.marks import short_day
from schoolward.home.visits import Morning
from schoolward.home.words import sentence, spelled
from schoolward.ui.tags.words import Tone, pill


MOST = 8


def waiting(morning: Morning) -> Told:
    """List the reports of wrong facts that wait for this person's answer."""
    rows = morning.waiting_reports
    headline = (
        f"{spelled(len(rows), 'report')} of a wrong fact {_wait(len(rows))} for you."
    )
    return Told(
        meta=f"{len(rows)} open" if rows else "",
        headline=sentence(headline) if rows else "",
        lines=tuple(_waiting(row, morning) for row in rows[:MOST]),
        empty=Empty(
            title="No report waits for you",
            text="When somebody says that a fact you answer for is wrong, it stands here.",
        ),
        more_url=reverse("district:wrong_facts") if rows else "",
        more="All reports",
    )


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _waiting(row: WrongFactRow, morning: Morning) -> Line:
    return Line(
        title=f"{row.fact}, {row.school.name}",
        url=reverse("district:wrong_fact", args=[row.pk]),
        note=f"“{row.said}” {row.said_by.name}",
        end=short_day(row.said_at.date(), today=morning.day),
    )


def my_own(morning: Morning) -> Told | None:
    """List what became of the person's own reports; nothing when there are none."""
    rows = morning.own_reports[:MOST]
    if not rows:
        return None
    answered = sum(row.answered_at is not None for row in rows)
    return Told(
        meta=f"{answered} answered, {len(rows) - answered} open",
        lines=tuple(_own(row, morning) for row in rows),
    )


def _own(row: WrongFactRow, morning: Morning) -> Line:
    tone: Tone = "good" if row.answered_at else "quiet"
    return Line(
        title=f"{row.fact}, {row.school.name}",
        url=morning.address(row.school.pk),
        note=row.answer or f"With {row.owner}.",
        end=pill(row.state_label, tone=tone),
    )
