"""My day."""

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import policies, queries
from schoolward.home import sections
from schoolward.home.visits import Morning


@require_GET
def day(request: ActorRequest) -> HttpResponse:
    """Show what is true today for the seats a person holds."""
    insist(policies.can_see_directory(request.actor))
    morning = Morning(actor=request.actor, day=clock.today(), at=clock.now())
    found = sections.shown(morning)
    page = {
        "eyebrow": eyebrow(morning.day),
        "lede": sections.lede(found),
        **sections.placed(found),
    }
    return answer(request, "home/day.html", page)


def eyebrow(day: date) -> str:
    """Return the day in full, with its school week, such as "school week 14"."""
    week = queries.school_week(day)
    written = f"{day:%A, %B} {day.day}"
    return f"{written}, school week {week}" if week else written
