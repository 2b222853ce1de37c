"""Reading what anybody may write into an address or a form."""

MOST_DIGITS = 15
"""The longest number that an address or a form may name: any row's, and no more."""


def whole_number(text: str | None, *, otherwise: int = 0) -> int:
    """Return a number that an address or a form names, from 0 on.

    Args:
        text: As it was sent, by anybody.
        otherwise: What stands for a text that is no number of a row's size.

    >>> whole_number("12"), whole_number("²", otherwise=1), whole_number("9" * 30)
    (12, 1, 0)
    """
    given = text or ""
    is_one = given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS
    return int(given) if is_one else otherwise
