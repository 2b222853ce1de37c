"""Every table's name is a word of the glossary."""

import re

from django.apps import apps

from tests.architecture.sources import ROOT


ENTRY = re.compile(r"\*\*([^*]+)\*\*")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()


def words_of(name):
    """Return a class's name as words: DayException is "day exception"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def test_every_table_is_a_word_of_the_glossary():
    entries = {entry.lower() for entry in ENTRY.findall(GLOSSARY)}
    tables = {
        words_of(model.__name__)
        for model in apps.get_models()
        if model.__module__.startswith("schoolward.")
    }

    assert tables - entries == set()


def test_no_word_is_explained_twice():
    entries = [
        entry.lower()
        for entry in re.findall(r"^- \*\*([^*]+)\*\*", GLOSSARY, re.MULTILINE)
    ]

    assert len(entries) == len(set(entries))


def test_words_stand_in_order_within_their_part():
    for part in GLOSSARY.split("\n## ")[1:]:
        entries = [
            one.lower() for one in re.findall(r"^- \*\*([^*]+)\*\*", part, re.MULTILINE)
        ]

        assert entries == sorted(entries), part.partition("\n")[0]
