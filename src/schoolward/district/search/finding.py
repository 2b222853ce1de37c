"""Searching: each typed word finds like words, these find names, and names are ranked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from rapidfuzz import fuzz

from schoolward.district.models import (
    EntryKind,
    ExternalId,
    SearchEntry,
    SearchWord,
    WordPlace,
    WordTrigram,
)
from schoolward.district.search.words import (
    MOST_WORDS,
    SHORTEST_FUZZY,
    closest,
    folded,
    slips,
    trigrams,
    words_of,
)
from schoolward.kernel.actor import Actor


MOST_WORDS_ALIKE = 40
MOST_PREFIXED = 400
MOST_SHARED = 250
MOST_PLACES = 4000
MOST_ENTRIES = 80
FEW = 3
"""With fewer hits than this, words that are merely alike are looked at too."""

AS_TYPED = 1.0
"""What an entry reaches that bears every typed word."""

BY_ID = 10.0
AFTER_Z = "{"
"""The letter behind z: folded words hold a–z and 0–9 only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One row that a search found.

    Attributes:
        kind: School, person, unit or network.
        pk: Which row.
        name: The name that was found.
        note: A line about the row; of a former name, what it is called now.
        is_former: Whether the row bears the name no more.
        score: How well it fits; only the order matters.
        via: "name", or the external id that was typed.
    """

    kind: EntryKind
    pk: int
    name: str
    note: str
    is_former: bool = False
    score: float = 0.0
    via: str = "name"


def search(
    actor: Actor,
    text: str,
    *,
    kinds: Collection[EntryKind] = (),
    limit: int = 20,
) -> tuple[Hit, ...]:
    """Find what an actor may see by a name, a misspelled one, a former one, or an id.

    Args:
        actor: Who searches; without a post nothing is found.
        text: What was typed.
        kinds: What to look for; everything when empty.
        limit: How many rows at most.

    Returns:
        Rows, the best first, each once.
    """
    words = words_of(text)[:MOST_WORDS]
    if not words or not actor.is_member:
        return ()
    hits = [*_by_id(actor, text, kinds), *_by_name(actor, words, kinds)]
    return _single(hits)[:limit]


def _single(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return each row once, under the name that fits best."""
    best: dict[tuple[str, int], Hit] = {}
    for hit in sorted(hits, key=lambda one: (-one.score, one.is_former, one.name)):
        best.setdefault((hit.kind, hit.pk), hit)
    return tuple(best.values())


def _by_id(actor: Actor, text: str, kinds: Collection[EntryKind]) -> list[Hit]:
    """Find the rows that another system calls exactly so."""
    rows = ExternalId.objects.visible_to(actor).filter(value=text.strip())
    wanted: dict[tuple[EntryKind, int], str] = {}
    for one in rows[:20]:
        for kind in EntryKind:
            pk = getattr(one, f"{kind}_id")
            if pk is not None and (not kinds or kind in kinds):
                wanted[kind, pk] = f"{one.source} {one.kind} {one.value}"
    if not wanted:
        return []
    entries = SearchEntry.objects.visible_to(actor).filter(is_former=False)
    these = Q()
    for kind, pk in wanted:
        these |= Q(kind=kind, row_id=pk)
    return [
        _hit(entry, BY_ID, via=wanted[EntryKind(entry.kind), entry.row_id])
        for entry in entries.filter(these)
    ]


def _hit(entry: SearchEntry, score: float, *, via: str = "name") -> Hit:
    return Hit(
        kind=EntryKind(entry.kind),
        pk=entry.row_id,
        name=entry.name,
        note=entry.note,
        is_former=entry.is_former,
        score=score,
        via=via,
    )


Alike = Mapping[str, Mapping[int, float]]
"""For each typed word, the ids of like words with their likeness."""


def _by_name(
    actor: Actor, words: Sequence[str], kinds: Collection[EntryKind]
) -> list[Hit]:
    """Find names: first by words as typed or begun, then by words merely alike."""
    known = _begun(words)
    scores = _scores(_alike(words, known), kinds)
    if len(scores) < FEW and max(scores.values(), default=0.0) < AS_TYPED:
        for word in words:
            known[word].update(_fuzzy(word))
        scores = _scores(_alike(words, known), kinds)
    best = sorted(scores, key=lambda pk: -scores[pk])[:MOST_ENTRIES]
    entries = SearchEntry.objects.visible_to(actor).filter(pk__in=best)
    typed = " ".join(words)
    return [_hit(one, scores[one.pk] + _closeness(typed, one)) for one in entries]


def _closeness(typed: str, entry: SearchEntry) -> float:
    """Return what the whole name adds: how alike it is to all that was typed."""
    name = folded(entry.name)
    whole = 0.35 if name == typed else 0.0
    begins = 0.1 if name.startswith(typed) else 0.0
    return whole + begins + 0.25 * fuzz.token_sort_ratio(typed, name) / 100


def _alike(words: Sequence[str], known: Mapping[str, Mapping[int, str]]) -> Alike:
    return {
        word: closest(word, known[word].items(), limit=MOST_WORDS_ALIKE)
        for word in words
    }


def _begun(words: Sequence[str]) -> dict[str, dict[int, str]]:
    """Return, for each typed word, the words of the vocabulary that begin so."""
    begins = Q()
    for word in words:
        begins |= Q(word__gte=word, word__lt=f"{word}{AFTER_Z}")
    rows = SearchWord.objects.filter(begins).order_by("word")
    found = dict(rows.values_list("pk", "word")[: MOST_PREFIXED * len(words)])
    return {
        word: {pk: one for pk, one in found.items() if one.startswith(word)}
        for word in words
    }


def _fuzzy(word: str) -> dict[int, str]:
    """Return words that a slip of the finger may have made into the typed one."""
    if len(word) < SHORTEST_FUZZY:
        return {}
    shared = (
        WordTrigram.objects.filter(trigram__in=trigrams(word))
        .values("word")
        .annotate(shared=Count("pk"))
        .filter(shared__gte=2)
        .order_by("-shared")
        .values_list("word", flat=True)[:MOST_SHARED]
    )
    meant = Q(pk__in=list(shared)) | Q(word__in=slips(word))
    return dict(SearchWord.objects.filter(meant).values_list("pk", "word"))


def _scores(alike: Alike, kinds: Collection[EntryKind]) -> dict[int, float]:
    """Return how well each entry fits: likeness over all typed words, then weight.

    Entries are fetched by the rarest words; one typed word in three may be wrong
    altogether.
    """
    rows = WordPlace.objects.filter(entry__kind__in=kinds) if kinds else _anywhere()
    rare = _rarest(alike)
    here: dict[int, dict[int, float]] = defaultdict(dict)
    _add(here, rows.filter(word__in=rare).order_by("-weight")[:MOST_PLACES])
    rest = {pk for found in alike.values() for pk in found} - rare
    if rest and here:
        _add(here, rows.filter(entry__in=list(here), word__in=rest))
    allowed = len(alike) // FEW
    fits = {pk: _fit(alike, words) for pk, words in here.items()}
    return {pk: score for pk, (score, missed) in fits.items() if missed <= allowed}


def _anywhere() -> QuerySet[WordPlace]:
    return WordPlace.objects.all()


def _rarest(alike: Alike) -> set[int]:
    """Return the like words of the typed words that stand in the fewest names."""
    ids = {pk for found in alike.values() for pk in found}
    rows = WordPlace.objects.filter(word__in=ids).values("word").annotate(n=Count("pk"))
    counts = dict(rows.values_list("word", "n"))
    groups = sorted(
        alike.values(), key=lambda found: sum(counts.get(pk, 0) for pk in found)
    )
    needed = len(alike) // FEW + 1
    return {pk for found in groups[:needed] for pk in found}


def _add(here: dict[int, dict[int, float]], rows: QuerySet[WordPlace]) -> None:
    """Note which words stand in which entries, and what they weigh there."""
    values = rows.values_list("entry_id", "word_id", "weight")
    for entry_id, word_id, weight in values:
        here[entry_id][word_id] = weight


def _fit(alike: Alike, words: Mapping[int, float]) -> tuple[float, int]:
    """Return how well an entry's words fit the typed ones, and how many it misses."""
    fits = [
        max((likeness for pk, likeness in found.items() if pk in words), default=0.0)
        for found in alike.values()
    ]
    score = sum(fits) / len(fits) + 0.06 * max(words.values())
    return score, fits.count(0.0)
