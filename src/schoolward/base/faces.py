"""Filters asked under "view as": rows must be visible to both persons."""

from collections.abc import Callable
from functools import reduce, wraps
from operator import and_
from typing import Concatenate, ParamSpec

from django.db.models import Q

from schoolward.kernel.actor import Actor


P = ParamSpec("P")
Filter = Callable[Concatenate[Actor, P], Q]

NOTHING = Q(pk__in=[])
"""The filter that keeps no row; the default answer."""

EVERYTHING = Q()
"""The filter that keeps every row."""


def every_face(rule: Filter[P]) -> Filter[P]:
    """Keep the rows that each face of the actor may see."""

    @wraps(rule)
    def asked(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> Q:
        return reduce(and_, (rule(face, *args, **kwargs) for face in actor.faces))

    return asked
