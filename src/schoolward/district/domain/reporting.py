"""How far a post is from the superintendent, along the lines of reporting (M1)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


WANTED_DISTANCES = range(3)
"""Where the texts want an ILD: in the superintendency, or one or two levels from it."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The posts from one post up.

    Attributes:
        posts: The post itself, then whom it reports to, and so on.
        arrives: Whether the last one is a superintendent's.
    """

    posts: tuple[int, ...]
    arrives: bool

    @property
    def distance(self) -> int | None:
        """Return the levels up to the superintendent; None when the line breaks off.

        0 is the superintendent, 1 reports to the superintendent directly, 2 has one
        person between.
        """
        return len(self.posts) - 1 if self.arrives else None


def chain_to(
    post: int, *, reports_to: Mapping[int, int | None], tops: Collection[int]
) -> Chain:
    """Follow the line of reporting from a post up to a superintendent's post.

    Args:
        post: Where to start.
        reports_to: Each running post's superior post; None or absent at the top.
        tops: The posts of superintendents.

    >>> chain_to(7, reports_to={7: 3, 3: 1}, tops={1}).distance
    2
    """
    line = [post]
    while line[-1] not in tops:
        above = reports_to.get(line[-1])
        if above is None or above in line:
            return Chain(tuple(line), arrives=False)
        line.append(above)
    return Chain(tuple(line), arrives=True)


def is_near(distance: int | None) -> bool:
    """Return whether a distance is one that the texts want."""
    return distance in WANTED_DISTANCES
