"""Setting up an empty district: its name, its time zone, its first administrator."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from schoolward.access.models import User
from schoolward.audit.record import record
from schoolward.district.models import District, Person, Post
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


class AlreadyFoundedError(Exception):
    """This installation already has its district."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What a new district begins with."""

    name: str
    time_zone: str
    email: str
    administrator: str
    password: str


@transaction.atomic
def found(founding: Founding, *, at: datetime) -> District:
    """Make the district and its first administrator.

    Raises:
        AlreadyFoundedError: There is a district.
        ValidationError: The password is too short, too common or too like the name.
    """
    existing = District.objects.select_for_update().first()
    if existing:
        msg = f"This is already {existing}. A home holds one district."
        raise AlreadyFoundedError(msg)
    validate_password(founding.password, user=User(email=founding.email))
    district = District.objects.create(
        pk=1, name=founding.name, time_zone=founding.time_zone
    )
    administrator = _administrator(founding, at=at)
    record("config.district.founded", by=SYSTEM, at=at, target=district)
    record("config.administrator.made", by=SYSTEM, at=at, target=administrator)
    return district


def _administrator(founding: Founding, *, at: datetime) -> Person:
    person = Person.objects.create(
        display_name=founding.administrator,
        email=founding.email.lower(),
        email_is_verified=True,
    )
    Post.objects.create(
        person=person,
        seat=Seat.ADMINISTRATOR,
        title="Administrator",
        start_date=at.date(),
    )
    user = User.objects.create_user(
        founding.email, founding.password, person=person, joined_at=at
    )
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return person
