"""Counts and lists as people say them."""

from collections.abc import Sequence


NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
)


def count_of(number: int, noun: str, *, plural: str = "") -> str:
    """Say how many there are of something.

    >>> (
    ...     count_of(1, "school"),
    ...     count_of(1240, "school"),
    ...     count_of(2, "person", plural="people"),
    ... )
    ('1 school', '1,240 schools', '2 people')
    """
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {word}"


def spelled(number: int, noun: str, *, plural: str = "") -> str:
    """Say a count in running text, small numbers in letters.

    >>> spelled(2, "school"), spelled(12, "school")
    ('two schools', '12 schools')
    """
    counted = count_of(number, noun, plural=plural)
    if number >= len(NUMBERS):
        return counted
    return f"{NUMBERS[number]} {counted.partition(' ')[2]}"


def sentence(text: str) -> str:
    """Begin with a capital letter.

    >>> sentence("two schools are waiting.")
    'Two schools are waiting.'
    """
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str], *, most: int = 3) -> str:
    """Join names, and count those left out.

    >>> listed(["Ames"]), listed(["Ames", "Bell"]), listed(["A", "B", "C", "D", "E"])
    ('Ames', 'Ames and Bell', 'A, B, C and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
