"""The front pages: my day, one page per school, the directory, search and long work.

This room holds no tables and no rules. It composes what the rooms below answer: a page
of a school is a list of panels, a day is a list of sections, and each of them is built
from another room's queries. Whoever has a post reads it.
"""
