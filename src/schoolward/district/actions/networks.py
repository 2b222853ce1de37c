"""Opening, changing and closing networks, and moving schools among them and their ILDs."""

from datetime import date, datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies, search
from schoolward.district.actions import tracks
from schoolward.district.actions.names import keep_name, refuse_taken
from schoolward.district.actions.rows import Detail, change, day_of, locked
from schoolward.district.domain import RuleError, in_words
from schoolward.district.models import (
    District,
    EntryKind,
    Membership,
    Network,
    Person,
    Post,
    School,
    Supervision,
)
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


@transaction.atomic
def open_network(name: str, *, by: Actor, at: datetime, **details: Detail) -> Network:
    """Open a network.

    Raises:
        RuleError: Another network bears this name.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    refuse_taken(Network, name)
    network = Network.objects.create(name=name, **details)
    record("district.network.opened", by=by, at=at, target=network)
    search.refresh(EntryKind.NETWORK, [network.pk], day=day_of(at))
    return network


@transaction.atomic
def change_network(
    network: Network, *, by: Actor, at: datetime, **details: Detail
) -> Network:
    """Rename a network or correct its facts; an earlier name stays findable.

    Raises:
        RuleError: Another network bears the new name.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    network = locked(network)
    refuse_taken(Network, str(details.get("name", network.name)), but=network.pk)
    keep_name(network, details, on=day_of(at))
    if change(network, details, verb="district.network.changed", by=by, at=at):
        search.refresh(EntryKind.NETWORK, [network.pk], day=day_of(at))
    return network


@transaction.atomic
def close_network(network: Network, *, on: date, by: Actor, at: datetime) -> Network:
    """Close a network that no school is in from that day on.

    Raises:
        RuleError: Schools are still in it.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    network = locked(network)
    rows = Membership.objects.unscoped(reason="whether the network is empty")
    left = rows.filter(network=network).exclude(end_date__lte=on).count()
    if left:
        msg = f"{left} schools are in {network} on or after that day. Move them first."
        raise RuleError(msg)
    network.close_date = on
    network.save(update_fields=["close_date"])
    record("district.network.closed", by=by, at=at, target=network, on=str(on))
    search.refresh(EntryKind.NETWORK, [network.pk], day=day_of(at))
    return network


@transaction.atomic
def move_school(
    school: School,
    *,
    network: Network | None,
    start: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> School:
    """Put a school into a network from a day to the next recorded move.

    A move dated back splits what was recorded around it; days outside keep their
    network, so every past number can still be read under the network of its time.

    Args:
        school: The school.
        network: Where it goes; None takes it out of any network.
        start: Its first day there.
        by: Who acts.
        at: When.
        until: The first day on which what was recorded holds again.

    Raises:
        RuleError: The network is closed by then, or nothing would change.
        RefusedError: The actor does not decide who supervises which school.
    """
    insist(policies.can_reassign(by))
    school = locked(school)
    if network and network.close_date and network.close_date <= start:
        msg = f"{network} closes on {in_words(network.close_date)}. Choose another network."
        raise RuleError(msg)
    if not _moved(school, network, start=start, until=until):
        msg = f"{school} is there on that day already. Choose another network or day."
        raise RuleError(msg)
    where = network.name if network else "no network"
    record(
        "district.school.moved",
        by=by,
        at=at,
        target=school,
        network=where,
        start=str(start),
        until=str(until or ""),
    )
    search.refresh(EntryKind.SCHOOL, [school.pk], day=day_of(at))
    return school


def _moved(
    school: School, network: Network | None, *, start: date, until: date | None
) -> bool:
    if network is None:
        return bool(tracks.cut(tracks.NETWORKS, school, start=start, until=until))
    put = tracks.put(tracks.NETWORKS, school, network.pk, start=start, until=until)
    return bool(put)


@transaction.atomic
def supervise(
    person: Person | None, *, school: School, start: date, by: Actor, at: datetime
) -> School:
    """Make a person the ILD of a school's principal from a day to the next recorded change.

    Args:
        person: The ILD; None leaves the school without one.
        school: The school.
        start: The first day.
        by: Who acts.
        at: When.

    Raises:
        RuleError: The person holds no post as ILD then and the district is not small
            (M13), or nothing would change.
        RefusedError: The actor does not decide who supervises which school.
    """
    insist(policies.can_reassign(by))
    school = locked(school)
    if person is not None:
        _refuse_no_ild(person, day=start)
    if not _supervised(school, person, start=start):
        msg = "That is how it is recorded already. Choose another person or day."
        raise RuleError(msg)
    who = person.display_name if person else "nobody"
    record(
        "district.school.supervised",
        by=by,
        at=at,
        target=school,
        ild=who,
        ild_id=person.pk if person else None,
        start=str(start),
    )
    search.refresh_school(school.pk, day=day_of(at))
    if person is not None:
        search.refresh(EntryKind.PERSON, [person.pk], day=day_of(at))
    return school


def _supervised(school: School, person: Person | None, *, start: date) -> bool:
    if person is None:
        return bool(tracks.cut(tracks.ILDS, school, start=start))
    return bool(tracks.put(tracks.ILDS, school, person.pk, start=start, until=None))


def _refuse_no_ild(person: Person, *, day: date) -> None:
    """Refuse an ILD without a post as one, unless the district is small."""
    if District.objects.filter(is_small=True).exists():
        return
    posts = Post.objects.unscoped(reason="whether the person is an ILD on that day")
    if posts.on(day).filter(person=person, seat__in=[Seat.ILD, Seat.DEPUTY]).exists():
        return
    msg = (
        f"{person} holds no post as ILD on {in_words(day)}. Appoint them first, or switch on "
        "small-district mode, where a superintendent or chief is an ILD too."
    )
    raise RuleError(msg)


@transaction.atomic
def transfer_schools(
    person: Person, *, to: Person | None, start: date, by: Actor, at: datetime
) -> list[School]:
    """Hand all schools that a person supervises on a day to another.

    Raises:
        RuleError: The person supervises no school on that day.
        RefusedError: The actor does not decide who supervises which school.
    """
    insist(policies.can_reassign(by))
    rows = Supervision.objects.unscoped(reason="the schools to hand over").on(start)
    mine = rows.filter(person=person).select_related("school").order_by("school__name")
    schools = [row.school for row in mine]
    if not schools:
        msg = f"{person} supervises no school on {in_words(start)}. Choose another day."
        raise RuleError(msg)
    return [supervise(to, school=one, start=start, by=by, at=at) for one in schools]
