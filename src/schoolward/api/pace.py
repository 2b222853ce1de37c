"""How often one person's programs may ask, so that none slows the district down."""

import time
from collections import OrderedDict

from django.http import HttpRequest
from ninja.throttling import BaseThrottle


A_MINUTE = 60
MOST = 1_200
"""Requests a minute by one person, in each process of the web server."""

PERSONS = 10_000


class Pace(BaseThrottle):
    """Counts requests of each person by the minute, in memory."""

    def __init__(self, most: int = MOST) -> None:
        """Allow so many requests a minute."""
        self.most = most
        self._counts: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def allow_request(self, request: HttpRequest) -> bool:
        """Count a request and return whether it may go on."""
        person = request.actor.person_id  # type: ignore[attr-defined]
        minute = int(time.monotonic() // A_MINUTE)
        since, count = self._counts.pop(person, (minute, 0))
        count = count + 1 if since == minute else 1
        self._counts[person] = (minute, count)
        while len(self._counts) > PERSONS:
            self._counts.popitem(last=False)
        return count <= self.most

    def wait(self) -> float:
        """Return in how many seconds the next minute begins."""
        return A_MINUTE - time.monotonic() % A_MINUTE
