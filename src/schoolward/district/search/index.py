"""Keeping the search index: after one change, after a load, and from nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from django.db import models, transaction

from schoolward.district.models import (
    EntryKind,
    Network,
    Person,
    School,
    SearchEntry,
    SearchWord,
    Unit,
    WordPlace,
    WordTrigram,
)
from schoolward.district.search.entries import LONGEST, Entry, entries_of, leaders_of
from schoolward.district.search.words import trigrams, words_of


REASON = "the search index is written by the product itself"
AT_ONCE = 2000
CONTEXT_SHARE = 0.45
"""How much a word counts that stands beside a name, against one that is part of it."""

TABLES: dict[EntryKind, type[models.Model]] = {
    EntryKind.SCHOOL: School,
    EntryKind.NETWORK: Network,
    EntryKind.UNIT: Unit,
    EntryKind.PERSON: Person,
}
Progress = Callable[[int, int], None]


def refresh(kind: EntryKind, ids: Iterable[int], *, day: date) -> None:
    """Index a few rows anew, inside the caller's transaction.

    Args:
        kind: What the rows are.
        ids: Which; rows that are gone leave the index.
        day: As whose posts and memberships they are told.
    """
    wanted = sorted(set(ids))
    entries = _single(entries_of(kind, wanted, day=day))
    fresh = {(one.row_id, one.name[:LONGEST]): one.digest for one in entries}
    old = SearchEntry.objects.unscoped(reason=REASON)
    stored = old.filter(kind=kind, row_id__in=wanted)
    same, stale = set(), []
    for pk, row_id, name, digest in stored.values_list(
        "pk", "row_id", "name", "digest"
    ):
        if fresh.get((row_id, name)) == digest:
            same.add((row_id, name))
        else:
            stale.append(pk)
    old.filter(pk__in=stale).delete()
    _write([one for one in entries if (one.row_id, one.name[:LONGEST]) not in same])


def refresh_school(school_id: int, *, day: date) -> None:
    """Index a school anew with the people who lead it, whose lines name it."""
    refresh(EntryKind.SCHOOL, [school_id], day=day)
    if leaders := leaders_of(school_id, day=day):
        refresh(EntryKind.PERSON, leaders, day=day)


def index_rows(kind: EntryKind, ids: Iterable[int], *, day: date) -> int:
    """Index many rows anew, in short transactions; return how many."""
    count = 0
    for some in _batches(ids):
        with transaction.atomic():
            refresh(kind, some, day=day)
        count += len(some)
    return count


def rebuild(*, day: date, progress: Progress | None = None) -> int:
    """Index every row anew and drop words that no name bears any more.

    Args:
        day: As whose posts and memberships rows are told.
        progress: Called with how many rows are done, and of how many.

    Returns:
        How many rows were indexed.
    """
    total = sum(table._base_manager.count() for table in TABLES.values())
    done = 0
    for kind, table in TABLES.items():
        ids = list(table._base_manager.order_by("pk").values_list("pk", flat=True))
        _forget_gone(kind, ids)
        for some in _batches(ids):
            done += index_rows(kind, some, day=day)
            if progress:
                progress(done, total)
    SearchWord.objects.filter(places__isnull=True).delete()
    return done


def entry_count() -> int:
    """Return how many names the index holds."""
    return SearchEntry.objects.unscoped(reason=REASON).count()


def _forget_gone(kind: EntryKind, ids: Sequence[int]) -> None:
    entries = SearchEntry.objects.unscoped(reason=REASON).filter(kind=kind)
    gone = set(entries.values_list("row_id", flat=True)) - set(ids)
    for some in _batches(gone):
        entries.filter(row_id__in=some).delete()


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _write(entries: Sequence[Entry]) -> None:
    rows = SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                kind=one.kind,
                row_id=one.row_id,
                name=one.name[:LONGEST],
                note=one.note[:LONGEST],
                is_former=one.is_former,
                weight=one.weight,
                digest=one.digest,
            )
            for one in entries
        ],
        batch_size=AT_ONCE,
    )
    spoken = [_weighed(one) for one in entries]
    ids = _word_ids({word for words in spoken for word in words})
    WordPlace.objects.bulk_create(
        [
            WordPlace(word_id=ids[word], entry=row, weight=weight)
            for row, words in zip(rows, spoken, strict=True)
            for word, weight in words.items()
        ],
        batch_size=AT_ONCE,
    )


def _single(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries without a second one of the same row and name."""
    return list({(one.row_id, one.name[:LONGEST]): one for one in entries}.values())


def _weighed(entry: Entry) -> dict[str, float]:
    """Return an entry's words and how much each finds it."""
    beside = dict.fromkeys(words_of(entry.context), entry.weight * CONTEXT_SHARE)
    return beside | dict.fromkeys(words_of(entry.name), entry.weight)


def _word_ids(words: set[str]) -> dict[str, int]:
    """Return the ids of words; new ones enter the vocabulary with their trigrams."""
    known = _known(words)
    new = sorted(words - set(known))
    if new:
        SearchWord.objects.bulk_create(
            [SearchWord(word=word) for word in new], ignore_conflicts=True
        )
        made = _known(new)
        WordTrigram.objects.bulk_create(
            [
                WordTrigram(trigram=three, word_id=made[word])
                for word in new
                for three in sorted(trigrams(word))
            ],
            batch_size=AT_ONCE * 4,
            ignore_conflicts=True,
        )
        known |= made
    return known


def _known(words: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    rest = iter(sorted(words))
    while some := list(islice(rest, AT_ONCE)):
        rows = SearchWord.objects.filter(word__in=some)
        found.update(rows.values_list("word", "pk"))
    return found
