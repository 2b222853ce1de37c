"""The day of administrators: first steps, accounts, failed work, what a look found."""

from django.urls import reverse

from schoolward.access import standing
from schoolward.district.queries.reach import open_school_count, posted_person_count
from schoolward.home import findings as looks
from schoolward.home import work
from schoolward.home.days.records import address
from schoolward.home.days.told import Empty, Line, Told
from schoolward.home.tables.marks import short_day
from schoolward.home.visits import Morning
from schoolward.home.words import count_of, sentence, spelled
from schoolward.scorecards import queries as scorecards
from schoolward.ui.tags.words import pill


MOST = 8


def first_steps(morning: Morning) -> Told | None:
    """Lead through the first use; nothing once every step is done."""
    school_count = open_school_count(day=morning.day)
    steps = [
        _step(
            "Bring in the schools",
            "A file of schools with their networks, as the district publishes it.",
            url=address("exchange:imports"),
            done=school_count > 0,
        ),
        _step(
            "Bring in the people",
            "A position roster or a OneRoster bundle: principals, ILDs, units.",
            url=address("exchange:imports"),
            done=posted_person_count(day=morning.day) > 1,
        ),
        _step(
            "Bring in the indicators",
            "A file of values by school and year; the catalogue is made from it.",
            url=address("exchange:imports"),
            done=bool(scorecards.catalogue()),
        ),
        _step(
            "Invite the first people",
            "Each gets a link that works once; there is no open registration.",
            url=address("access:invitations") or address("access:accounts"),
            done=standing.account_count() > 1,
        ),
    ]
    if all(done for _, done in steps):
        return None
    left = sum(not done for _, done in steps)
    return Told(
        meta=f"{count_of(left, 'step')} to go",
        headline=sentence(f"{spelled(left, 'step')} to a district that works.")
        if not school_count
        else "",
        lines=tuple(line for line, _ in steps),
    )


def _step(title: str, note: str, *, url: str, done: bool) -> tuple[Line, bool]:
    end = pill("Done", tone="good") if done else pill("Next", tone="accent")
    return Line(title=title, url=url, note=note, end=end), done


def accounts(morning: Morning) -> Told:
    """List the accounts that have no second factor."""
    bare = standing.accounts_without_second_factor(at=morning.at, limit=MOST)
    return Told(
        meta=f"{bare.count} of {count_of(bare.of, 'account')}",
        headline=sentence(
            f"{spelled(bare.count, 'account')} of {bare.of} can be opened by a password alone."
        )
        if bare.count
        else "",
        lines=tuple(
            Line(
                title=row.name,
                url=reverse("home:person", args=[row.person_id]),
                note=row.email,
                end=pill("Needs one", tone="bad") if row.must else "optional",
            )
            for row in bare.rows
        ),
        empty=Empty(
            title="Every account has a second factor",
            text="An account that a password alone opens stands here.",
        ),
        more_url=address("access:accounts"),
        more="All accounts",
    )


def invitations(morning: Morning) -> Told:
    """List the invitations that nobody has used yet."""
    waiting = standing.open_invitations(at=morning.at)
    return Told(
        meta=f"{len(waiting)} open" if waiting else "",
        lines=tuple(
            Line(
                title=row.name,
                url=reverse("home:person", args=[row.person_id]),
                note=row.email,
                end=f"until {short_day(row.expires_at.date(), today=morning.day)}",
            )
            for row in waiting[:MOST]
        ),
        empty=Empty(
            title="No invitation is open",
            text="Somebody who was invited and has not come in yet stands here.",
            url=address("access:invitations"),
            link="Invite somebody",
        ),
    )


def failed_jobs(morning: Morning) -> Told:
    """List the jobs that failed."""
    failed = work.failed_jobs(morning.actor, limit=MOST)
    return Told(
        meta=count_of(len(failed), "job") if failed else "",
        headline=sentence(f"{spelled(len(failed), 'job')} failed.") if failed else "",
        lines=tuple(
            Line(
                title=job.title,
                url=reverse("home:job", args=[job.pk]),
                note=job.last_problem,
                end=short_day(job.asked_at.date(), today=morning.day),
            )
            for job in failed
        ),
        empty=Empty(
            title="No job failed",
            text="Loads, nightly work and exports that did not finish stand here.",
        ),
        more_url=reverse("home:jobs"),
        more="All jobs",
    )


def found(_morning: Morning) -> Told:
    """List what a look at the installation found."""
    seen = looks.now()
    return Told(
        meta=count_of(len(seen), "finding") if seen else "",
        headline=sentence(
            f"{spelled(sum(one.is_grave for one in seen), 'grave finding')}."
        )
        if any(one.is_grave for one in seen)
        else "",
        lines=tuple(
            Line(
                title=one.what,
                note=one.remedy,
                end=pill("Mend this", tone="bad")
                if one.is_grave
                else pill("Look at this", tone="watch"),
            )
            for one in seen
        ),
        empty=Empty(
            title="Nothing is wrong with the installation",
            text="What “schoolward doctor” would find stands here: settings, worker, "
            "backup, disk.",
        ),
    )
