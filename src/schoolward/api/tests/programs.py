"""Programs that ask the API, each with the token of somebody who holds a seat."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from schoolward.access.models import User
from schoolward.access.tests.factories import UserFactory, holder
from schoolward.access.tokens import make_token
from schoolward.base import clock
from schoolward.district.models import Person
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


ROOT = "/api/v1"
AT = datetime(2026, 11, 18, 15, tzinfo=UTC)


class Program(Client):
    """A program with a token; knows whose."""

    person: Person

    def ask(self, path: str, **query: Any) -> Any:
        """Ask for an address under the API; return the answer."""
        return self.get(f"{ROOT}{path}", query)

    def read(self, path: str, **query: Any) -> Any:
        """Ask, insist on success, and return what is in the answer."""
        answer = self.ask(path, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def fault(self, path: str, **query: Any) -> tuple[int, dict[str, str]]:
        """Ask for what is refused; return the status and the fault."""
        answer = self.ask(path, **query)
        body = answer.json()
        assert body.keys() == {"error"}
        assert body["error"].keys() == {"code", "message", "next_step"}
        assert all(body["error"].values())
        return answer.status_code, body["error"]


def program_of(person: Person) -> Program:
    """Return a program that acts as a person."""
    user = User.objects.filter(person=person).first() or UserFactory(person=person)
    _, secret = make_token(user, label="Test", at=clock.now(), by=SYSTEM)
    program = Program(headers={"Authorization": f"Bearer {secret}"})
    program.person = person
    return program


def program_for(seat: Seat, **place: Any) -> Program:
    """Return a program that acts as somebody in a seat."""
    return program_of(holder(seat, **place))
