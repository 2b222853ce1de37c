"""A rule asked under "view as" must hold for both persons."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, all_agree, no


P = ParamSpec("P")
Rule = Callable[Concatenate[Actor, P], Decision]


def every_face(rule: Rule[P]) -> Rule[P]:
    """Ask a rule of each face of the actor; the first refusal stands."""

    @wraps(rule)
    def asked(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> Decision:
        return all_agree(rule(face, *args, **kwargs) for face in actor.faces)

    return asked


def writing(rule: Rule[P]) -> Rule[P]:
    """Ask a rule that permits a change: refused while viewing as another or reading."""

    @wraps(rule)
    def asked(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> Decision:
        refusal = _why_no_writing(actor)
        return rule(actor, *args, **kwargs) if refusal is None else refusal

    return asked


def _why_no_writing(actor: Actor) -> Decision | None:
    if actor.as_seen_by is not None:
        return no(
            f"You are viewing as {actor.as_seen_by.name}, and viewing changes nothing.",
            "Stop viewing as this person, then act as yourself.",
        )
    if not actor.may_write:
        return no("This token can only read.", "Make a token that may write.")
    return None
