"""Tags of this room's templates: "this is wrong", names that lead to a page, days."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from schoolward.district.queries import PersonLink, PlaceLink
from schoolward.home.tables import marks
from schoolward.home.tables import people as tables


register = template.Library()


@register.simple_tag
def wrong(
    school_id: int, *, fact: str, shown: object = "", source: str = ""
) -> SafeString:
    """Lead to the report that a fact is wrong, with the fact already filled in."""
    return marks.wrong(school_id, fact=fact, shown=str(shown or ""), source=source)


@register.simple_tag
def person(link: PersonLink | None) -> SafeString | str:
    """Name a person and lead to their page."""
    return marks.person(link)


@register.simple_tag
def people(links: tuple[PersonLink, ...]) -> SafeString | str:
    """Name people one after another."""
    return marks.people(links)


@register.simple_tag
def school(link: PlaceLink) -> SafeString:
    """Name a school and lead to its page."""
    return marks.school(link)


@register.simple_tag
def network(link: PlaceLink | None) -> SafeString | str | None:
    """Name a network and lead to its page."""
    return marks.network(link)


@register.simple_tag
def breakable(address: str) -> SafeString:
    """Let an address break before its "@"."""
    return tables.breakable(address)


@register.simple_tag
def on(moment: date | datetime | None, *, today: date) -> str:
    """Write a day as tables do."""
    if moment is None:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return marks.short_day(day, today=today)


@register.simple_tag
def days(first: date, last: date) -> str:
    """Write one day, or a run of days, such as "Wed, Nov 25 to Fri, Nov 27"."""
    return marks.run_of_days(first, last)
