"""What earlier files of the same source left: people, places, answers and loads."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolward.audit.models import Load, LoadState
from schoolward.district.models import ExternalId
from schoolward.exchange.models import KeptAnswer


REASON = "a file is read against what its source gave before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Ids that an issuer gave before.

    Attributes:
        people: Ids of people.
        of_many: Those of them whose person has several.
        places: What each id of a place is: "school", "unit" or "network".
    """

    people: frozenset[str] = frozenset()
    of_many: frozenset[str] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)


NOTHING = Earlier()


def earlier_of(ids: str) -> Earlier:
    """Return the ids that an issuer gave before."""
    rows = ExternalId.objects.unscoped(reason=REASON).filter(source=ids)
    people = dict(rows.filter(person__isnull=False).values_list("value", "person_id"))
    counts = Counter(people.values())
    return Earlier(
        people=frozenset(people),
        of_many=frozenset(one for one, person in people.items() if counts[person] > 1),
        places=places_of(ids),
    )


def places_of(ids: str) -> dict[str, str]:
    """Return what each id of a place is that an issuer gave before."""
    rows = ExternalId.objects.unscoped(reason=REASON).filter(
        source=ids, person__isnull=True
    )
    return {
        value: "school" if school_id else "unit" if unit_id else "network"
        for value, school_id, unit_id in rows.values_list(
            "value", "school_id", "unit_id"
        )
    }


def kept_answers(ids: str, *, name: str) -> dict[str, str]:
    """Return what was answered to a question about an issuer's files, by subject."""
    rows = KeptAnswer.objects.filter(ids=ids, name=name)
    return dict(rows.values_list("subject", "answer"))


def same_file_day(sha256: str) -> date | None:
    """Return from which day a file was loaded before: the same file means the same day."""
    rows = Load.objects.filter(sha256=sha256, state=LoadState.LOADED)
    return rows.order_by("-loaded_at").values_list("as_of_date", flat=True).first()


def was_loaded(source_key: str, *, school_year: str) -> bool:
    """Return whether a file of this source and school year is loaded already."""
    return Load.objects.filter(
        source_key=source_key, school_year=school_year, state=LoadState.LOADED
    ).exists()
