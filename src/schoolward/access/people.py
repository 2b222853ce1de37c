"""The person behind an account."""

from schoolward.access.models import User
from schoolward.district.models import Person


def person_behind(person: Person) -> Person:
    """Return who a person is now: after a merge of two rows, the one that stayed."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def shown_name(user: User) -> str:
    """Return how an account's owner is written."""
    return person_behind(user.person).display_name
