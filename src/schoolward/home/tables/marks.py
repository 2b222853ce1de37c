"""Small marks of this room: "this is wrong", names that lead somewhere, dates."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schoolward.district.queries import PersonLink, PlaceLink
from schoolward.ui.tags.words import icon


VACANT = "Vacant"


def wrong(
    school_id: int, *, fact: str, shown: str = "", source: str = ""
) -> SafeString:
    """Lead to the report that a fact is wrong, with the fact already filled in."""
    asked = {"fact": fact, "shown": shown, "source": source}
    query = urlencode({name: value for name, value in asked.items() if value})
    html = (
        '<a class="sw-wrong" href="{}?{}" title="This is wrong">{}'
        '<span class="sw-vh">Say that this is wrong: {}</span></a>'
    )
    url = reverse("district:report_wrong", args=[school_id])
    return format_html(html, url, query, icon("flag", small=True), fact)


def person(link: PersonLink | None) -> SafeString | str:
    """Name a person and lead to their page; say when nobody holds the post."""
    if link is None:
        return VACANT
    html = '<a class="sw-link" href="{}">{}</a>'
    return format_html(html, reverse("home:person", args=[link.pk]), link.name)


def people(links: Iterable[PersonLink]) -> SafeString | str:
    """Name people one after another; say when there is nobody."""
    named = [(person(link),) for link in links]
    return format_html_join(", ", "{}", named) if named else VACANT


def school(link: PlaceLink) -> SafeString:
    """Name a school and lead to its page."""
    html = '<a class="sw-link" href="{}">{}</a>'
    return format_html(html, reverse("home:school", args=[link.pk]), link.name)


def places(found: Iterable[tuple[int, str]], *, page: str) -> SafeString:
    """Name places one after another, each leading to its page."""
    html = '<a class="sw-nowrap" href="{}">{}</a>'
    links = ((format_html(html, reverse(page, args=[pk]), name),) for pk, name in found)
    named = format_html_join(", ", "{}", links)
    return format_html('<span class="sw-names">{}</span>', named)


def network(link: PlaceLink | None) -> SafeString | str | None:
    """Name a network and lead to its page."""
    if link is None:
        return None
    html = '<a class="sw-link" href="{}">{}</a>'
    return format_html(html, reverse("home:network", args=[link.pk]), link.name)


def short_day(day: date, *, today: date) -> str:
    """Write a day as tables do: the year only when it is another school year's.

    >>> short_day(date(2026, 11, 9), today=date(2026, 11, 19))
    'Nov 9'
    >>> short_day(date(2025, 3, 2), today=date(2026, 11, 19))
    'Mar 2, 2025'
    """
    near = abs((today - day).days) < 240
    return f"{day:%b} {day.day}" if near else f"{day:%b} {day.day}, {day.year}"


def reach(link: PersonLink) -> SafeString | str:
    """Show the quickest way to reach somebody: the phone, else the address."""
    if link.phone:
        html = '<a class="sw-reach" href="tel:{0}">{0}</a>'
        return format_html(html, link.phone)
    if link.email:
        return format_html('<a class="sw-reach" href="mailto:{}">Write</a>', link.email)
    return ""


def run_of_days(first: date, last: date) -> str:
    """Write one day, or a run of days.

    >>> run_of_days(date(2026, 11, 26), date(2026, 11, 26))
    'Thu, Nov 26'
    >>> run_of_days(date(2026, 11, 25), date(2026, 11, 27))
    'Nov 25–27'
    >>> run_of_days(date(2026, 12, 21), date(2027, 1, 1))
    'Dec 21 – Jan 1'
    """
    if first == last:
        return f"{first:%a}, {first:%b} {first.day}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%b} {first.day}–{last.day}"
    return f"{first:%b} {first.day} – {last:%b} {last.day}"
