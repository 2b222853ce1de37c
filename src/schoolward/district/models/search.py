"""The index that finds schools, people, units and networks by misspelled names.

Words of names are kept once; a word's trigrams find it when it is misspelled, and its
places lead to the entries that bear it. The same tables serve both databases.
"""

from django.db import models
from django.db.models import Q

from schoolward.district.models.dated import DirectoryQuerySet


class EntryKind(models.TextChoices):
    """What an entry leads to."""

    SCHOOL = "school", "School"
    PERSON = "person", "Person"
    UNIT = "unit", "Unit"
    NETWORK = "network", "Network"


class SearchEntry(models.Model):
    """One name that leads to one row: its present name or a former one.

    The digest tells whether anything changed since it was written.
    """

    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    row_id = models.BigIntegerField()
    name = models.CharField(max_length=220)
    note = models.CharField(max_length=220, blank=True)
    is_former = models.BooleanField(default=False)
    weight = models.FloatField(default=1.0)
    digest = models.CharField(max_length=32, blank=True)

    objects = DirectoryQuerySet["SearchEntry"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EntryKind.values), name="entry_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["kind", "row_id", "name"], name="entry_name_is_single"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word that some entry bears, in lower case without accents."""

    word = models.CharField(max_length=60, unique=True)

    objects = models.Manager["SearchWord"]()

    def __str__(self) -> str:
        return self.word


class WordPlace(models.Model):
    """A word's place in an entry; its weight says how much finding it there counts."""

    word = models.ForeignKey(
        SearchWord, on_delete=models.CASCADE, related_name="places"
    )
    entry = models.ForeignKey(
        SearchEntry, on_delete=models.CASCADE, related_name="words"
    )
    weight = models.FloatField(default=1.0)

    objects = models.Manager["WordPlace"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "entry"], name="word_place_is_single"
            )
        ]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.entry_id}"


class WordTrigram(models.Model):
    """Three letters in a row of a word."""

    trigram = models.CharField(max_length=3)
    word = models.ForeignKey(
        SearchWord, on_delete=models.CASCADE, related_name="trigrams"
    )

    objects = models.Manager["WordTrigram"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trigram", "word"], name="word_trigram_is_single"
            )
        ]

    def __str__(self) -> str:
        return f"{self.trigram} in {self.word_id}"
