"""Names of networks and units: single among those that are open, and kept when they change."""

from collections.abc import Mapping
from datetime import date

from schoolward.district.actions.rows import Detail
from schoolward.district.domain import RuleError
from schoolward.district.models import Network, PlaceName, Unit


LONG_AGO = date(1900, 1, 1)
"""The first day of a name that nobody dated."""


def refuse_taken(model: type[Network] | type[Unit], name: str, *, but: int = 0) -> None:
    """Refuse a name that another place bears.

    Raises:
        RuleError: Another one bears this name.
    """
    rows = model.objects.unscoped(reason="whether the name is taken")
    if rows.filter(name__iexact=name).exclude(pk=but).exists():
        noun = model._meta.verbose_name
        msg = f"There is a {noun} called {name} already. Choose another name."
        raise RuleError(msg)


def keep_name(
    place: Network | Unit, details: Mapping[str, Detail], *, on: date
) -> None:
    """Keep a place's present name as a former one when it is about to change."""
    if details.get("name", place.name) == place.name:
        return
    noun = "network" if isinstance(place, Network) else "unit"
    names = PlaceName.objects.unscoped(reason="the place's earlier names")
    last = names.filter(**{noun: place}).order_by("-end_date").first()
    start = (last.end_date if last else None) or LONG_AGO
    if start < on:
        PlaceName.objects.create(
            **{noun: place}, name=place.name, start_date=start, end_date=on
        )
