"""The day of analysts and records officers: loads, gaps, restatements; holds and what is due."""

from datetime import timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime

from schoolward.audit import queries as audit
from schoolward.audit.due import Due, due_classes
from schoolward.audit.loads import LoadLine, loads_with_refusals, waiting_loads
from schoolward.audit.queries import Sought
from schoolward.district.queries.reach import school_names
from schoolward.home.days.told import Empty, Line, Told
from schoolward.home.tables.marks import short_day
from schoolward.home.visits import Morning
from schoolward.home.words import count_of, sentence, spelled
from schoolward.kernel.schoolyear import year_label
from schoolward.scorecards import queries as scorecards
from schoolward.ui.tags.words import Tone, pill


MOST = 8


def address(name: str, *arguments: object) -> str:
    """Return an address of a room beside this one, or nothing where it has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def loads(morning: Morning) -> Told:
    """List the loads that wait for somebody: to be looked at, stopped, or failed."""
    waiting = waiting_loads()
    guarded = sum(line.is_guarded for line in waiting)
    return Told(
        meta=f"{len(waiting)} waiting" if waiting else "",
        headline=sentence(f"{spelled(guarded, 'load')} stopped by the guard.")
        if guarded
        else "",
        lines=tuple(_load(line, morning) for line in waiting[:MOST]),
        empty=Empty(
            title="No load waits",
            text="A file that is read but not loaded, or that the guard stopped, "
            "stands here.",
            url=address("exchange:imports"),
            link="Load a file",
        ),
        more_url=address("exchange:imports") if waiting else "",
        more="All loads",
    )


def _load(line: LoadLine, morning: Morning) -> Line:
    tone: Tone = "bad" if line.is_guarded or line.problem else "watch"
    counts = f"{line.new_count:,} new, {line.changed_count:,} changed, {line.ended_count:,} ended"
    begun = short_day(localtime(line.begun_at).date(), today=morning.day)
    return Line(
        title=line.file_name,
        url=address("exchange:load", line.pk) or address("exchange:imports"),
        note=f"{line.target.capitalize()}, {begun}, {line.begun_by_name or 'on schedule'}. {counts}.",
        end=pill(line.state_label, tone=tone),
    )


def refusals(morning: Morning) -> Told:
    """List the loads whose refused rows may still be mended at their source."""
    found = loads_with_refusals()
    rows = sum(line.refused_count for line in found)
    return Told(
        meta=count_of(rows, "row") if rows else "",
        lines=tuple(
            Line(
                title=line.file_name,
                url=address("exchange:load", line.pk) or address("exchange:imports"),
                note=f"{line.target.capitalize()}, as of {short_day(line.as_of_date, today=morning.day)}",
                end=f"{line.refused_count:,} refused",
            )
            for line in found[:MOST]
        ),
        empty=Empty(
            title="No row was refused",
            text="Rows that could not be loaded stand with their load, each with its "
            "reason and remedy.",
        ),
    )


def restatements(morning: Morning) -> Told:
    """List the values that a later file gave otherwise, this year."""
    since = morning.at - timedelta(days=365)
    found = scorecards.restatements(since=since, limit=MOST)
    names = school_names(one.school_id for one in found)
    return Told(
        meta=f"{count_of(len(found), 'value')} in a year" if found else "",
        lines=tuple(
            Line(
                title=f"{one.indicator.name}, {year_label(one.period)}",
                url=reverse("scorecards:indicator", args=[one.indicator.key]),
                note=f"{names.get(one.school_id, '')}: was {one.old}, is {one.new}",
                end=one.group,
            )
            for one in found
        ),
        empty=Empty(
            title="No value was restated",
            text="When a later file gives an earlier year otherwise, both values stay "
            "and stand here.",
        ),
    )


def gaps(_morning: Morning) -> Told:
    """List the indicators whose latest values do not cover the schools they should."""
    found = scorecards.data_gaps()
    return Told(
        meta=count_of(len(found), "indicator") if found else "",
        headline=sentence(
            f"{spelled(len(found), 'indicator')} {'has' if len(found) == 1 else 'have'} gaps."
        )
        if found
        else "",
        lines=tuple(
            Line(
                title=one.indicator.name,
                url=reverse("scorecards:indicator", args=[one.indicator.key]),
                note=one.sentence,
                end=year_label(one.period),
            )
            for one in found[:MOST]
        ),
        empty=Empty(
            title="No gap in the data",
            text="An indicator without values for some schools in its latest year "
            "stands here.",
        ),
        more_url=reverse("scorecards:indicators") if len(found) > MOST else "",
        more="All indicators",
    )


def holds(_morning: Morning) -> Told:
    """List the legal holds that stand."""
    standing = audit.standing_holds()
    return Told(
        meta=count_of(len(standing), "hold") if standing else "",
        lines=tuple(
            Line(
                title=hold.reason,
                url=reverse("audit:holds"),
                note=f"Placed by {hold.placed_by_name}",
                end=f"{localtime(hold.placed_at):%b %-d, %Y}",
            )
            for hold in standing[:MOST]
        ),
        empty=Empty(
            title="No legal hold stands",
            text="A hold keeps everything about a person, a school or a class of records.",
            url=reverse("audit:holds"),
            link="Place a hold",
        ),
    )


def due(morning: Morning) -> Told:
    """List the classes of records with rows whose period has run out."""
    found = due_classes(today=morning.day)
    return Told(
        meta=count_of(len(found), "class", plural="classes") if found else "",
        headline=sentence(
            f"{spelled(len(found), 'class', plural='classes')} of records {'is' if len(found) == 1 else 'are'} due for disposal."
        )
        if found
        else "",
        lines=tuple(_due(one) for one in found),
        empty=Empty(
            title="Nothing is due for disposal",
            text="Records whose period has run out stand here by class.",
            url=reverse("audit:retention"),
            link="See the periods",
        ),
    )


def _due(one: Due) -> Line:
    held = pill("Held", tone="watch") if one.is_held else count_of(one.count, "record")
    return Line(
        title=one.record_class.name,
        url=reverse("audit:retention"),
        note=f"Older than {one.before:%b %-d, %Y}",
        end=held,
    )


def exports(_morning: Morning) -> Told:
    """List the last exports of what is held about a person."""
    found = audit.events(Sought(verb="audit.person.exported")).events[:MOST]
    return Told(
        meta="newest first" if found else "",
        lines=tuple(
            Line(
                title=event.says,
                url=reverse("audit:events"),
                end=f"{localtime(event.happened_at):%b %-d, %Y}",
            )
            for event in found
        ),
        empty=Empty(
            title="Nobody's records were exported",
            text="What is held about a person is shown and exported from their page.",
            url=reverse("home:people"),
            link="Find the person",
        ),
    )
