"""What programs may ask of the scorecards: the catalogue, and the values of an indicator."""

import re

from ninja import Query, Router

from schoolward.base.http import insist
from schoolward.base.rest import (
    PROBLEMS,
    ApiRequest,
    NotThereError,
    NotUnderstoodError,
    after,
    key_of,
    opaque,
)
from schoolward.district import models as district
from schoolward.district import policies as district_policies
from schoolward.kernel.actor import Actor
from schoolward.scorecards import policies, queries, shapes


router = Router(tags=["Indicators"])
EVERY_GROUP = "*"
ANYWHERE = re.compile(r".+", re.DOTALL)
"""Positions of this list are read, and refused, by its query."""


@router.get(
    "/indicators",
    response={200: shapes.Indicators, **PROBLEMS},
    operation_id="list_indicators",
    url_name="indicators",
    summary="List indicators",
)
def indicators(
    request: ApiRequest, asked: Query[shapes.IndicatorsAsked]
) -> shapes.Indicators:
    """The district's catalogue of indicators. Open to everyone with a post."""
    insist(policies.can_see_catalogue(request.actor))
    found = queries.catalogue(active_only=not asked.include_retired)
    return shapes.Indicators(items=[_indicator(one) for one in found], next_cursor=None)


@router.get(
    "/indicators/{key}/values",
    response={200: shapes.Values, **PROBLEMS},
    operation_id="list_values",
    url_name="values",
    summary="List an indicator's values",
)
def values(
    request: ApiRequest, key: str, asked: Query[shapes.ValuesAsked]
) -> shapes.Values:
    """Values of schools whose page you may open; of networks and the district, for all.

    What a page hides for the sake of small groups is hidden here too, with the reason.
    """
    insist(policies.can_see_catalogue(request.actor))
    line = queries.indicator(key)
    if line is None:
        raise NotThereError(
            "There is no indicator of this key.",
            next_step="GET /api/v1/indicators lists keys.",
        )
    try:
        found = queries.indicator_values(
            key,
            place=asked.place,
            place_id=_place_id(request.actor, asked),
            period=asked.period,
            group=None if asked.group == EVERY_GROUP else asked.group,
            network_as=asked.network_as,
            school_ids=_schools(request.actor, asked),
            after=after(asked.cursor, ANYWHERE),
            limit=asked.limit,
        )
    except queries.CursorError as error:
        raise NotUnderstoodError(
            "No list handed this cursor out.", next_step=str(error)
        ) from error
    return shapes.Values(
        items=[_value(one, line) for one in found.items],
        next_cursor=opaque(found.next_cursor),
    )


def _schools(actor: Actor, asked: shapes.ValuesAsked) -> frozenset[int] | None:
    """Return the schools whose own values an actor may see; None where it is no matter."""
    if asked.place != "school":
        return None
    rows = district.School.objects.with_page_for(actor)
    return frozenset(rows.values_list("pk", flat=True))


def _place_id(actor: Actor, asked: shapes.ValuesAsked) -> int | None:
    """Return the one place asked for, having checked that it is there and may be seen."""
    if not asked.place_id:
        return None
    if asked.place == "district":
        raise NotUnderstoodError(
            "There is one district, so it takes no place_id.",
            next_step="Leave place_id out, or ask for place=school or network.",
        )
    model = district.School if asked.place == "school" else district.Network
    key = key_of(asked.place_id) or 0
    if not model.objects.visible_to(actor).filter(pk=key).exists():
        msg = f"There is no {asked.place} of this id."
        raise NotThereError(msg, next_step=f"GET /api/v1/{asked.place}s lists ids.")
    if asked.place == "school":
        insist(district_policies.can_open_page(actor, key))
    return key


def _indicator(one: queries.IndicatorLine) -> shapes.Indicator:
    source = one.source
    return shapes.Indicator(
        key=one.key,
        name=one.name,
        question=one.question,
        unit=one.unit,
        unit_label=one.unit_label,
        direction=one.direction,
        formula=one.formula,
        caveats=one.caveats,
        decimals=one.decimals,
        scale=list(one.scale),
        source=shapes.Source(key=source.key, name=source.name, owner=source.owner)
        if source
        else None,
        is_active=one.is_active,
        version=one.version,
    )


def _value(one: queries.PlaceValue, line: queries.IndicatorLine) -> shapes.Value:
    reading = one.reading
    return shapes.Value(
        place=shapes.Place(
            kind=one.place_kind, id=str(one.place_id) if one.place_id else None
        ),
        period=reading.period,
        group=one.group,
        state=reading.state,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        n=reading.n,
        word=reading.word,
        shown=reading.shown,
        suppressed=reading.state in {"suppressed", "bounded"},
        reason=reading.reason or None,
        lower_bound=reading.low,
        upper_bound=reading.high,
        basis=reading.basis,
        school_count=reading.school_count,
        source=line.source.key if line.source else None,
        import_id=str(reading.load_id) if reading.load_id else None,
        file_year=reading.file_year,
        restated_from=_restated(reading.restated_from),
    )


def _restated(one: queries.Restated | None) -> shapes.Restated | None:
    if one is None:
        return None
    return shapes.Restated(
        value=one.value,
        shown=one.shown,
        import_id=str(one.load_id),
        file_year=one.file_year,
    )
