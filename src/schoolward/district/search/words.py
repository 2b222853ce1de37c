"""Words of names: folded to plain letters, cut into trigrams, and likened to each other."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA


LONGEST_WORD = 60
MOST_WORDS = 8
SHORTEST_FUZZY = 3
LEAST_LIKENESS = 0.6
_PARTS = re.compile(r"[a-z0-9]+")
_JOINED = re.compile(r"(?<=\w)['’.](?=\w)")


def folded(text: str) -> str:
    """Return a text in lower case without accents, apostrophes inside words dropped.

    >>> folded("O’Keeffe Élémentaire")
    'okeeffe elementaire'
    """
    plain = unicodedata.normalize("NFKD", _JOINED.sub("", text))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, each once, in order.

    >>> words_of("Raman, Priya (Priya)")
    ['raman', 'priya']
    """
    return list(
        dict.fromkeys(word[:LONGEST_WORD] for word in _PARTS.findall(folded(text)))
    )


def trigrams(word: str) -> set[str]:
    """Return every three letters in a row of a word, its edges marked.

    >>> sorted(trigrams("ana"))
    ['  a', ' an', 'ana', 'na ']
    """
    padded = f"  {word} "
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


def slips(word: str) -> set[str]:
    """Return what somebody may have meant who swapped two letters or typed one too many.

    >>> "priya" in slips("pryia"), "orchard" in slips("orchhard")
    (True, True)
    """
    swapped = (
        word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)
    )
    shortened = (word[:n] + word[n + 1 :] for n in range(len(word)))
    return {one for one in (*swapped, *shortened) if len(one) >= SHORTEST_FUZZY}


def likeness(typed: str, word: str) -> float:
    """Return how alike a typed word is to a real one: 1 the same, 0 not at all.

    The start of a word counts more the more of it was typed.

    >>> likeness("orchard", "orchard"), likeness("orch", "orchard")
    (1.0, 0.92)
    """
    if typed == word:
        return 1.0
    if word.startswith(typed):
        return round(0.85 + 0.12 * len(typed) / len(word), 2)
    return 0.9 * float(OSA.normalized_similarity(typed, word))


def closest(
    typed: str, vocabulary: Iterable[tuple[int, str]], *, limit: int
) -> dict[int, float]:
    """Return the ids of the likest words, with their likeness.

    Args:
        typed: What was typed, folded.
        vocabulary: Id and word of each candidate.
        limit: How many to keep.
    """
    found = {key: likeness(typed, word) for key, word in vocabulary}
    kept = sorted(found.items(), key=lambda item: -item[1])[:limit]
    return {key: alike for key, alike in kept if alike >= _least(typed)}


def _least(typed: str) -> float:
    """Return the likeness a word needs; short words forgive one slip only."""
    return LEAST_LIKENESS if len(typed) > SHORTEST_FUZZY else 0.59
