"""Grades as pages write them. No Django."""

import re


_BETWEEN = re.compile(r"(?<=[0-9KT])\s?-\s?(?=[0-9K])")


def span(grades: str) -> str:
    """Write a span of grades with an en dash, however the file wrote it.

    >>> span("PK-5"), span("9 - 12"), span("K, 3-5"), span("all-girls")
    ('PK–5', '9–12', 'K, 3–5', 'all-girls')
    """
    return _BETWEEN.sub("–", grades)
