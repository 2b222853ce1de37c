"""The day of those who lead a school: who serves them, what moved, what looks stale."""

from django.urls import reverse

from schoolward.district import queries
from schoolward.district.queries import Server, StaleFact
from schoolward.home.days.told import Empty, Line, Told
from schoolward.home.tables import marks
from schoolward.home.visits import Morning
from schoolward.home.words import count_of, sentence, spelled
from schoolward.kernel.schoolyear import year_label
from schoolward.scorecards import queries as scorecards
from schoolward.scorecards.queries import StaleValue
from schoolward.ui.tags.words import pill


MOST_SCHOOLS = 3
"""Schools listed in full for a person who leads several; the rest have their pages."""


def who_serves_me(morning: Morning) -> Told:
    """Name the ILD and each unit's person, with how to reach them."""
    schools = morning.led_schools[:MOST_SCHOOLS]
    several = len(schools) > 1
    lines = [
        _server(server, school=school.name if several else "")
        for school in schools
        for server in queries.who_serves(school.pk, day=morning.day)
    ]
    vacant = sum(not line.url for line in lines)
    return Told(
        meta=count_of(len(lines) - vacant, "person", plural="people") if lines else "",
        headline=_vacant_headline(vacant),
        lines=tuple(lines),
        empty=Empty(
            title="Nobody is named for your school yet",
            text="Your ILD and each unit's person will stand here once an analyst "
            "or the deputy has named them.",
            url=reverse("home:units"),
            link="See the units and their leads",
        ),
        more_url=reverse("home:who", args=[schools[0].pk]) if schools else "",
        more="Who does what for my school",
    )


def _vacant_headline(vacant: int) -> str:
    if not vacant:
        return ""
    many = spelled(vacant, "place")
    return sentence(f"{many} that should serve your school {_are(vacant)} vacant.")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _server(server: Server, *, school: str) -> Line:
    role = f"{server.role}, {school}" if school else server.role
    if server.person is None:
        ask = f"Ask {server.ask.name}, who leads it." if server.ask else ""
        return Line(title=role, note=ask, end=pill("Vacant", tone="watch"))
    return Line(
        title=server.person.name,
        url=reverse("home:person", args=[server.person.pk]),
        note=". ".join(filter(None, (role, server.purpose))),
        end=marks.reach(server.person),
    )


def stale(morning: Morning) -> Told:
    """List facts of the school that have not been looked at for long."""
    schools = morning.led_schools[:MOST_SCHOOLS]
    facts = [
        _stale_fact(fact, school_id=school.pk)
        for school in schools
        for fact in queries.stale_facts(school.pk, day=morning.day)
    ]
    ids = frozenset(school.pk for school in schools)
    values = scorecards.stale_or_missing(ids, today=morning.day)
    lines = (*facts, *(_stale_value(value) for value in values))
    return Told(
        meta=count_of(len(lines), "fact") if lines else "",
        headline=sentence(
            f"{spelled(len(facts), 'fact')} about your school may be out of date."
        )
        if facts
        else "",
        lines=lines,
        empty=Empty(
            title="Nothing looks out of date",
            text="Profile, goals, contacts and indicators are all of this school year.",
        ),
        foot="Is something on your school's page wrong? Press the flag beside it.",
        more_url=reverse("home:school", args=[schools[0].pk]) if schools else "",
        more="Open my school's page",
    )


def _stale_fact(fact: StaleFact, *, school_id: int) -> Line:
    return Line(
        title=fact.fact,
        url=reverse(fact.url_name, args=[school_id]),
        note=f"{fact.why} {fact.remedy}",
        end=pill("Look again", tone="watch"),
    )


def _stale_value(value: StaleValue) -> Line:
    return Line(
        title=value.indicator.name,
        url=f"{reverse('home:school', args=[value.school_id])}#indicators",
        note=value.sentence,
        end=year_label(value.last_period),
    )
