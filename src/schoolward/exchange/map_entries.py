"""Entries of a map, each read as what it has to be, or refused by its name."""

import re
from collections.abc import Mapping
from io import BytesIO, TextIOWrapper
from typing import Any, TypeVar

from schoolward.exchange.domain import MapError


T = TypeVar("T")
Table = Mapping[str, Any]
SCALARS = (str, int, float)
LARGEST = 1000
"""The largest number that an entry may be."""


def at(where: str, key: str) -> str:
    """Return how an entry is named in a sentence.

    >>> at("year", "column"), at("", "ids")
    ('year.column', 'ids')
    """
    return f"{where}.{key}" if where else key


def refuse_unknown(table: Table, known: set[str], *, where: str) -> None:
    """Refuse an entry that means nothing.

    Raises:
        MapError: There is one.
    """
    if unknown := sorted(set(table) - known):
        msg = (
            f"“{unknown[0]}” in {where or 'the map'} means nothing. "
            f"Known are {', '.join(sorted(known))}."
        )
        raise MapError(msg)


def text_of(
    table: Table, key: str, default: str = "", *, where: str = "", most: int = 2000
) -> str:
    """Return a text of at most so many letters.

    Raises:
        MapError: It is longer, or something else.
    """
    value = table.get(key, default)
    if not isinstance(value, str):
        msg = (
            f"{at(where, key)} must be a text in quotation marks, not {_shown(value)}."
        )
        raise MapError(msg)
    if len(value) > most:
        msg = f"{at(where, key)} has {len(value)} letters; {most} are the most."
        raise MapError(msg)
    return value


def needed(table: Table, key: str, *, where: str, most: int = 2000) -> str:
    """Return a text that must be there.

    Raises:
        MapError: It is missing, empty or something else.
    """
    value = text_of(table, key, where=where, most=most)
    if not value:
        msg = f'{where} has no {key}. Write {key} = "…" there.'
        raise MapError(msg)
    return value


def number_of(table: Table, key: str, default: int = 0, *, where: str) -> int:
    """Return a whole number from 0 to 1,000.

    Raises:
        MapError: It is something else.
    """
    value = table.get(key, default)
    if not _is_whole(value) or not 0 <= value <= LARGEST:
        name = at(where, key)
        msg = f"{name} must be a whole number, 0 to {LARGEST}, not {_shown(value)}."
        raise MapError(msg)
    return int(value)


def years_of(table: Table, key: str, *, where: str) -> dict[str, int]:
    """Return how many years from the file's own each column speaks of.

    Raises:
        MapError: One is no whole number.
    """
    found = table_of(table, key, where=where)
    for heading, years in found.items():
        if not _is_whole(years) or abs(years) > LARGEST:
            name = at(at(where, key), heading)
            msg = f"{name} is a number of years such as 0 or -1, not {_shown(years)}."
            raise MapError(msg)
    return dict(found)


def flag_of(table: Table, key: str, *, where: str = "") -> bool:
    """Return true or false; false when it is absent.

    Raises:
        MapError: It is something else.
    """
    value = table.get(key, False)
    if not isinstance(value, bool):
        msg = f"{at(where, key)} is true or false, not {_shown(value)}."
        raise MapError(msg)
    return value


def one_of(
    table: Table,
    key: str,
    known: Mapping[str, T],
    default: str = "",
    *,
    where: str = "",
) -> T:
    """Return what a word stands for.

    Raises:
        MapError: It is none of the known words.
    """
    word = text_of(table, key, default, where=where)
    if word not in known:
        msg = f"{at(where, key)} = “{word}” is not one of {', '.join(known)}."
        raise MapError(msg)
    return known[word]


def table_of(table: Table, key: str, *, where: str = "") -> Table:
    """Return a table; an empty one when it is absent.

    Raises:
        MapError: It is something else.
    """
    value = table.get(key, {})
    if not isinstance(value, dict):
        name = at(where, key)
        msg = f"{name} must be a table such as [{name}], not {_shown(value)}."
        raise MapError(msg)
    return value


def tables_of(table: Table, key: str) -> list[Table]:
    """Return tables that may stand several times; none when they are absent.

    Raises:
        MapError: It is something else.
    """
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        msg = f"{key} must be tables such as [[{key}]], not {_shown(value)}."
        raise MapError(msg)
    return value


def list_of(table: Table, key: str, *, where: str) -> list[str]:
    """Return words and numbers as texts; none when they are absent.

    Raises:
        MapError: It is no list of them.
    """
    value = table.get(key, [])
    if not isinstance(value, list) or not all(
        isinstance(one, SCALARS) for one in value
    ):
        name = at(where, key)
        msg = f'{name} must be a list such as {key} = ["…"], not {_shown(value)}.'
        raise MapError(msg)
    return [str(one) for one in value]


def words_of(table: Table, key: str, *, where: str) -> frozenset[str]:
    """Return words in lower case, with single blanks."""
    return frozenset(
        " ".join(word.lower().split()) for word in list_of(table, key, where=where)
    )


def meanings_of(table: Table, key: str, *, where: str) -> dict[str, str]:
    """Return what words of the file mean, by the word in lower case.

    Raises:
        MapError: A meaning is neither a word nor a number.
    """
    found = table_of(table, key, where=where)
    for word, meaning in found.items():
        if not isinstance(meaning, SCALARS):
            name = at(at(where, key), word)
            msg = f"{name} must be a text in quotation marks, not {_shown(meaning)}."
            raise MapError(msg)
    return {word.lower(): str(meaning) for word, meaning in found.items()}


def pattern_of(table: Table, key: str, *, where: str) -> re.Pattern[str] | None:
    """Return a pattern; None when it is absent.

    Raises:
        MapError: It is none.
    """
    text = text_of(table, key, where=where)
    try:
        return re.compile(text) if text else None
    except (re.error, OverflowError, RecursionError) as error:
        msg = f"{at(where, key)} = “{text}” is no pattern that can be read: {error}."
        raise MapError(msg) from error


def encoding_of(table: Table, *, where: str) -> str:
    """Return the name of an encoding; empty when it is absent.

    Raises:
        MapError: There is no such encoding of texts.
    """
    name = text_of(table, "encoding", where=where)
    try:
        TextIOWrapper(BytesIO(), encoding=name or "utf-8")
    except (LookupError, ValueError) as error:
        msg = (
            f"{where}.encoding = “{name}” is not known. Write utf-8, cp1252 or utf-16."
        )
        raise MapError(msg) from error
    return name


def delimiter_of(table: Table, *, where: str) -> str:
    """Return the sign between cells; empty when it is absent.

    Raises:
        MapError: It is not one sign, or one that cannot stand between cells.
    """
    sign = text_of(table, "delimiter", where=where)
    if len(sign) > 1 or sign in {"\r", "\n", '"', " "}:
        msg = f"{where}.delimiter is one sign, such as “,” or “;”, not {_shown(sign)}."
        raise MapError(msg)
    return sign


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    return "a list" if isinstance(value, list) else f"“{str(value)[:80]}”"


def insist_filled_in(text: str, words: Mapping[str, Any], *, where: str) -> None:
    """Refuse a text with {names} that nothing fills in.

    Raises:
        MapError: There is one, or a brace stands alone.
    """
    try:
        text.format_map(dict.fromkeys(words, ""))
    except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
        msg = f"{where} = “{text}” names in {{ }} what its pattern has no (?P<name>…) for."
        raise MapError(msg) from error
