"""What ends together with a post: schools supervised, schools served, delegations."""

from datetime import date

from django.db.models import Q, QuerySet

from schoolward.district.models import (
    Assignment,
    Delegation,
    District,
    Post,
    Supervision,
)
from schoolward.kernel.seats import Seat


REASON = "what ends together with a post"


def end_with_post(post: Post, *, on: date) -> None:
    """End what the holder did in a post that ends, unless another post carries it."""
    if post.person_id is None:
        return
    left = Post.objects.unscoped(reason=REASON).on(on).filter(person=post.person_id)
    if not left.exists():
        _end_all(post.person_id, on=on)
        return
    if post.unit_id and not left.filter(unit=post.unit_id).exists():
        _end(_served(post.person_id).filter(unit=post.unit_id), on=on)
    if post.seat == Seat.ILD and not _may_supervise(left):
        _end(_supervised(post.person_id), on=on)


def _may_supervise(posts: QuerySet[Post]) -> bool:
    """Return whether the posts left still let a person be an ILD."""
    if District.objects.filter(is_small=True).exists():
        return True
    return posts.filter(seat__in=[Seat.ILD, Seat.DEPUTY]).exists()


def _end_all(person_id: int, *, on: date) -> None:
    """End everything a person without any post did."""
    _end(_served(person_id), on=on)
    _end(_supervised(person_id), on=on)
    given = Q(person=person_id) | Q(delegate=person_id)
    _end(Delegation.objects.unscoped(reason=REASON).filter(given), on=on)


def _served(person_id: int) -> QuerySet[Assignment]:
    return Assignment.objects.unscoped(reason=REASON).filter(person=person_id)


def _supervised(person_id: int) -> QuerySet[Supervision]:
    return Supervision.objects.unscoped(reason=REASON).filter(person=person_id)


def _end(
    rows: "QuerySet[Assignment] | QuerySet[Supervision] | QuerySet[Delegation]",
    *,
    on: date,
) -> None:
    """End running rows on a day; rows that had not begun by then go."""
    rows.filter(start_date__gte=on).delete()
    rows.exclude(end_date__lte=on).update(end_date=on)
