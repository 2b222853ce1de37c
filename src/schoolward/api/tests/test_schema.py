"""The published schema is true: arbitrary requests meet only answers that it names."""

import re
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from schoolward.access.tests.factories import UserFactory, holder
from schoolward.access.tokens import make_token
from schoolward.api.examples import EXAMPLES
from schoolward.api.manual import MARK, renewed
from schoolward.api.pace import Pace
from schoolward.api.urls import service
from schoolward.base import clock, rest
from schoolward.district import shapes as district
from schoolward.district.tests.factories import (
    ExternalIdFactory,
    MembershipFactory,
    PostFactory,
    SchoolYearFactory,
    UnitPostFactory,
)
from schoolward.exchange import shapes as exchange
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat
from schoolward.scorecards import shapes as scorecards
from schoolward.scorecards.tests.factories import IndicatorFactory, LoadFactory


pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[4] / "docs" / "api.md"


schema = schemathesis.openapi.from_dict(service.get_openapi_schema())
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def _connection_stays():
    """Answering within the process must not close the test's own connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _district(monkeypatch, db):
    """Build a small district, and let many requests come."""
    monkeypatch.setattr(Pace, "allow_request", lambda *_: True)
    member = MembershipFactory()
    PostFactory(school=member.school)
    UnitPostFactory()
    ExternalIdFactory(school=member.school)
    SchoolYearFactory()
    IndicatorFactory(key="attendance")
    LoadFactory()


@pytest.fixture
def token(db) -> str:
    """Return the secret of an analyst's token."""
    user = UserFactory(person=holder(Seat.ANALYST))
    _, secret = make_token(user, label="Schema", at=clock.now(), by=SYSTEM)
    return secret


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_the_answer_is_one_that_the_schema_names(case, token):
    excluded = [positive_data_acceptance] if _may_contradict_itself(case) else []

    with transaction.atomic():
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"}, excluded_checks=excluded
        )


def _may_contradict_itself(case) -> bool:
    """Return whether a request may be refused although each of its words is right.

    A cursor is a text, but only one that a list handed out is understood; and the one
    district takes no place_id.
    """
    query = case.query or {}
    return bool(query.get("cursor") or query.get("place_id"))


def test_the_schema_is_open_to_anyone_and_holds_no_rows():
    answer = Client().get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Schoolward"


def operations():
    paths = service.get_openapi_schema()["paths"]
    return [
        pytest.param(path, method, operation, id=f"{method} {path}")
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


@pytest.mark.parametrize(("path", "method", "operation"), operations())
def test_each_operation_says_what_it_does_and_all_it_may_answer(
    path, method, operation
):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)?", operation["operationId"])
    assert operation["summary"]
    assert operation["description"]
    assert set(operation["responses"]) == {
        *("200", "400", "401", "403", "404", "405", "422", "429", "500")
    }
    for parameter in operation.get("parameters", ()):
        in_path = parameter["in"] == "path"
        assert in_path or parameter["description"], parameter["name"]


def test_operation_ids_are_single():
    ids = [one.values[2]["operationId"] for one in operations()]

    assert len(ids) == len(set(ids))


def test_the_page_about_the_api_says_what_the_schema_says():
    text = DOCS.read_text()

    assert text == renewed(text, service.get_openapi_schema()), (
        "Run: schoolward apidoc docs/api.md"
    )


@pytest.mark.parametrize(
    "status", ["400", "401", "403", "404", "405", "422", "429", "500"]
)
def test_the_page_about_the_api_names_each_status(status):
    assert f"| {status} | `" in DOCS.read_text().split(MARK)[0]


SHAPES = {
    name: getattr(module, name)
    for module in (district, scorecards, exchange, rest)
    for name in EXAMPLES
    if hasattr(module, name)
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_of_its_shape_and_leaves_nothing_out(name):
    shape = SHAPES[name]

    shape.model_validate(EXAMPLES[name])

    assert EXAMPLES[name].keys() == shape.model_fields.keys()
