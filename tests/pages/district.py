"""What tests of the district's pages share: addresses, the text of a page, its Undo."""

import re
from datetime import date

from django.urls import reverse


LONG_AGO = date(2015, 7, 1)
AHEAD = date(2099, 7, 1)


def to(name, *args):
    """Return the address of a page of the district."""
    return reverse(f"district:{name}", args=args)


def words(answer):
    """Return the text of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def undo_address(answer):
    """Return the address of the Undo on a page."""
    return re.search(r'action="(/manage/undo/\d+/)"', answer.content.decode())[1]


def rows(model):
    """Return all rows of a table."""
    return model.objects.unscoped(reason="a test looks")
