"""The district's work that runs later: the search index, and mails about wrong facts."""

from datetime import time

from django.conf import settings
from django.urls import reverse

from schoolward.base import clock, jobs, mail
from schoolward.district import search
from schoolward.district.models import EntryKind, Person, Post, WrongFact
from schoolward.district.search.index import TABLES
from schoolward.kernel.seats import Seat


REASON = "a job tells the people a report concerns"


@jobs.register("district.search.rebuild", nightly_at=time(2, 40))
def rebuild_search(run: jobs.Run) -> None:
    """Build the search index anew, so that it knows who holds which post today."""
    run.progress(0, doing="Reading names")
    count = search.rebuild(
        day=clock.today(),
        progress=lambda done, total: run.progress(done, total=total),
    )
    run.say(f"{count} places and people can be found.")


@jobs.register("district.search.index", attempts=3)
def index_search(run: jobs.Run, *, kind: str, first: int, last: int) -> None:
    """Index the rows of a kind whose ids lie in a range, after a load."""
    table = TABLES[EntryKind(kind)]
    ids = list(
        table._base_manager.filter(pk__range=(first, last))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    done = 0
    for start in range(0, len(ids), 2000):
        run.progress(done, total=len(ids))
        some = ids[start : start + 2000]
        done += search.index_rows(EntryKind(kind), some, day=clock.today())
    run.progress(done, total=len(ids))


@jobs.register("district.wrong.tell_owner", attempts=3)
def tell_owner(run: jobs.Run, *, wrong_id: int) -> None:
    """Mail a report of a wrong fact to whoever answers for its source."""
    wrong = _wrong(wrong_id)
    for person in _owners(wrong):
        mail.send(
            person.email,
            subject=f"{wrong.fact} of {wrong.school} may be wrong",
            body=f"{wrong.said_by} says about {wrong.fact} of {wrong.school}:\n\n"
            f"{wrong.said}\n\nIt shows: {wrong.shown or '–'}\n\n"
            f"Answer in Schoolward: {_address(wrong)}\n",
        )
        run.say(f"Told {person}.")


@jobs.register("district.wrong.tell_reader", attempts=3)
def tell_reader(run: jobs.Run, *, wrong_id: int) -> None:
    """Mail the answer to whoever said that a fact is wrong."""
    wrong = _wrong(wrong_id)
    if not wrong.said_by.email:
        run.say(f"{wrong.said_by} has no e-mail address; the page shows the answer.")
        return
    mail.send(
        wrong.said_by.email,
        subject=f"{wrong.fact} of {wrong.school}: {wrong.get_state_display().lower()}",
        body=f"{wrong.answered_by} answers:\n\n{wrong.answer}\n\n{_address(wrong)}\n",
    )


def _wrong(wrong_id: int) -> WrongFact:
    rows = WrongFact.objects.unscoped(reason=REASON)
    with_names = rows.select_related("school", "said_by", "answered_by", "owner")
    return with_names.get(pk=wrong_id)


def _address(wrong: WrongFact) -> str:
    """Return the address of a report, to be typed or tapped in a mail."""
    return f"{settings.SCHOOLWARD_URL}{reverse('district:wrong_fact', args=[wrong.pk])}"


def _owners(wrong: WrongFact) -> list[Person]:
    """Return who answers and can be mailed: the steward, else the unit's leads."""
    if wrong.owner is not None:
        return [wrong.owner] if wrong.owner.email else []
    posts = Post.objects.unscoped(reason=REASON).on(clock.today())
    leads = posts.filter(unit=wrong.owner_unit_id, seat=Seat.UNIT_LEAD)
    people = [post.person for post in leads.select_related("person") if post.person]
    return [person for person in people if person.email] if wrong.owner_unit_id else []
