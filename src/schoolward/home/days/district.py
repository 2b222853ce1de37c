"""The day of those who answer for the district: spans, vacancies, what is to change."""

from django.urls import reverse

from schoolward.district.queries import IldSpan, Reassignment, SchoolLine
from schoolward.home import benchmarks, few
from schoolward.home.days.told import Empty, Figure, Line, Told
from schoolward.home.tables import district as tables
from schoolward.home.tables import indicators as indicator_tables
from schoolward.home.tables.marks import short_day
from schoolward.home.visits import Morning
from schoolward.home.words import count_of, sentence, spelled
from schoolward.scorecards import queries as scorecards
from schoolward.ui.tags.words import pill


MOST = 8


def spans(morning: Morning) -> Told:
    """Show each ILD's schools and distance from the superintendent, beside benchmarks."""
    found = morning.overview.spans
    over = [one for one in found if one.school_count > benchmarks.SPAN.most]
    return Told(
        meta=f"Wanted: {benchmarks.SPAN.words} or fewer, {benchmarks.DISTANCE.words}",
        headline=_span_headline(over),
        table=tables.spans(found) if found else None,
        empty=Empty(
            title="No ILD is named yet",
            text="Once principals have a supervisor, each ILD's span and distance from "
            "the superintendent stand here.",
            url=reverse("district:manage"),
            link="Name who supervises whom",
        ),
        foot=f"{benchmarks.SPAN.source}. {benchmarks.DISTANCE.source}.",
    )


def _span_headline(over: list[IldSpan]) -> str:
    if not over:
        return ""
    serve = "serves" if len(over) == 1 else "serve"
    many = spelled(len(over), "ILD")
    return sentence(f"{many} {serve} more than {benchmarks.SPAN.words}.")


def vacancies(morning: Morning) -> Told:
    """List the schools without a principal or an ILD."""
    vacant, alone = morning.overview.vacancies, morning.overview.without_ild
    headline = f"{spelled(len(vacant), 'principalship')} {_is(len(vacant))} vacant."
    return Told(
        meta=_vacancy_meta(len(vacant), len(alone)),
        headline=sentence(headline) if vacant else "",
        lines=(
            *(_lacking(line, "No principal", morning) for line in vacant[:MOST]),
            *(_lacking(line, "No ILD", morning) for line in alone[:MOST]),
        ),
        empty=Empty(
            title="Every school has a principal and an ILD",
            text="A vacant principalship or a school nobody supervises stands here.",
        ),
    )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _vacancy_meta(vacant: int, alone: int) -> str:
    parts = [
        f"{vacant} vacant" if vacant else "",
        f"{alone} without an ILD" if alone else "",
    ]
    return ", ".join(filter(None, parts))


def _lacking(line: SchoolLine, what: str, morning: Morning) -> Line:
    return Line(
        title=line.name,
        url=morning.address(line.pk),
        note=line.network.name if line.network else "",
        end=pill(what, tone="watch"),
    )


def reorganization(morning: Morning) -> Told:
    """List the changes of ILD and network that are already decided for a later day."""
    return _moves(morning, morning.overview.reassignments)


def own_reorganization(morning: Morning) -> Told:
    """List the coming changes of ILD and network at the person's own schools."""
    mine = tuple(
        one
        for one in morning.moves
        if one.school.pk in morning.near_ids or _comes_to(one, morning)
    )
    return _moves(morning, mine)


def _comes_to(one: Reassignment, morning: Morning) -> bool:
    return one.what == "ILD" and one.new == morning.subject.name


def _moves(morning: Morning, moves: tuple[Reassignment, ...]) -> Told:
    schools = len({one.school.pk for one in moves})
    headline = f"{spelled(schools, 'school')} will change ILD or network."
    return Told(
        meta=count_of(len(moves), "change") if moves else "",
        headline=sentence(headline) if moves else "",
        lines=tuple(_move(one, morning) for one in moves[:MOST]),
        empty=Empty(
            title="No reassignment is coming",
            text="A change of ILD or network with a later date stands here until its day.",
        ),
    )


def _move(one: Reassignment, morning: Morning) -> Line:
    return Line(
        title=one.school.name,
        url=morning.address(one.school.pk),
        note=f"{one.what[:1].upper()}{one.what[1:]}: {one.old or 'none'} → {one.new or 'none'}",
        end=short_day(one.on, today=morning.day),
    )


def new_principals(morning: Morning) -> Told:
    """List the district's principals who are in their first year."""
    new = morning.overview.new_principals
    return Told(
        meta=count_of(len(new), "principal") if new else "",
        headline=sentence(
            f"{spelled(len(new), 'principal')} {_is(len(new))} new this year."
        )
        if new
        else "",
        lines=tuple(
            Line(
                title=one.person.name,
                url=reverse("home:person", args=[one.person.pk]),
                note=one.school.name,
            )
            for one in new[:MOST]
        ),
        empty=Empty(
            title="No principal is new this year",
            text="Principals in their first year stand here, so that they are met early.",
        ),
        more_url=reverse("home:district") if len(new) > MOST else "",
        more="All of them",
    )


def in_numbers(morning: Morning) -> Told:
    """Show the district's size and what is open in it."""
    overview = morning.overview
    vacant = len(overview.vacancies)
    return Told(
        meta=overview.name,
        figures=(
            Figure(label="Schools", number=overview.school_count),
            Figure(label="People with a post", number=overview.person_count),
            Figure(
                label="ILDs",
                number=len(overview.spans),
                note=f"wanted: {benchmarks.SPAN.words} or fewer each",
            ),
            Figure(label="Schools without a principal", number=vacant),
        ),
        more_url=reverse("home:district"),
        more="The district",
    )


def networks(morning: Morning) -> Told:
    """Show the networks, who leads them and how many schools they hold."""
    rows = [line for line in morning.overview.networks if line.supervised]
    return Told(
        meta=count_of(len(rows), "network") if rows else "",
        table=tables.networks(rows) if rows else None,
        empty=Empty(
            title="No network holds a school yet",
            text="Networks come with the file of schools, or are made by an analyst.",
        ),
        more_url=reverse("home:networks"),
        more="All networks and groups",
    )


def _beyond(number: int) -> str:
    lies = "lies" if number == 1 else "lie"
    many = spelled(number, "indicator")
    return sentence(f"{many} of the district {lies} beyond the usual range.")


def indicators(_morning: Morning) -> Told:
    """Show the district's indicators, rolled up from its schools."""
    found = scorecards.place_indicators("district", 0, most=few.MOST + 1)
    rows, is_cut = few.cut(found, every=False)
    beyond = sum(row.signal is not None for row in rows)
    return Told(
        meta=few.told(rows, is_cut=is_cut),
        headline=_beyond(beyond) if beyond else "",
        table=indicator_tables.of_place(
            rows, label="Indicators of the district", name="District"
        )
        if rows
        else None,
        empty=Empty(
            title="No indicator is loaded yet",
            text="Once an analyst loads a file of values, the district's own roll-up "
            "stands here with its n and its source.",
            url=reverse("scorecards:indicators"),
            link="See the catalogue of indicators",
        ),
        more_url=reverse("scorecards:indicators") if is_cut else "",
        more="Every indicator",
    )
