"""Published figures that an ILD's span and reporting distance are held against."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A figure, in words, and where it comes from."""

    most: int
    words: str
    source: str


SPAN = Benchmark(
    most=12,
    words="12 schools",
    source=(
        "Goldring and others, A New Role Emerges for Principal Supervisors (2018): "
        "six districts came from 17 principals on average to 12"
    ),
)
"""How many schools one ILD serves, at most, where the role was made to work."""

DISTANCE = Benchmark(
    most=2,
    words="at most 2 steps",
    source=(
        "Honig and others, Central Office Transformation (2010): ILDs work in, or one "
        "or two levels from, the superintendent’s office"
    ),
)
"""How many reporting steps lie between an ILD and the superintendent, at most."""
