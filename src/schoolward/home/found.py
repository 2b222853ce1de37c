"""What search found, as lines that lead somewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from schoolward.district import policies
from schoolward.district.models import EntryKind
from schoolward.district.search import Hit
from schoolward.kernel.actor import Actor


PAGES: Mapping[str, str] = {
    EntryKind.SCHOOL: "home:school",
    EntryKind.PERSON: "home:person",
    EntryKind.UNIT: "home:unit",
    EntryKind.NETWORK: "home:network",
}
PLURALS: Mapping[str, str] = {
    EntryKind.SCHOOL: "Schools",
    EntryKind.PERSON: "People",
    EntryKind.UNIT: "Units",
    EntryKind.NETWORK: "Networks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit: its name, what it is, a note such as a former name, and its page."""

    name: str
    kind_label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One kind to narrow the search to."""

    label: str
    url: str
    is_current: bool


def line(hit: Hit, *, actor: Actor) -> Found:
    """Return a hit with its page; a school that is not open leads to its card."""
    name = PAGES[hit.kind]
    if hit.kind == EntryKind.SCHOOL and not policies.can_open_page(actor, hit.pk):
        name = "home:who"
    return Found(
        name=hit.name,
        kind_label=EntryKind(hit.kind).label,
        note=hit.note,
        url=reverse(name, args=[hit.pk]),
    )


def tabs(words: str, *, kind: str) -> list[Tab]:
    """Return the kinds a search can be narrowed to."""
    here = reverse("home:search")
    labels = {"": "All", **PLURALS}
    return [
        Tab(
            label=label,
            url=f"{here}?{urlencode({'q': words, **({'kind': key} if key else {})})}",
            is_current=key == kind,
        )
        for key, label in labels.items()
    ]
