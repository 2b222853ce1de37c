"""What is not a success answers in one shape, with what to do."""

import pytest
from django.db import DatabaseError
from django.test import Client

from schoolward.access.tests.factories import client_for, holder, visitor_of
from schoolward.api import pace
from schoolward.api.tests.programs import ROOT, program_for, program_of
from schoolward.audit.models import Event, EventKind
from schoolward.district import search
from schoolward.district.tests.factories import SchoolFactory
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer sw_nothing"}, {"Authorization": "Basic eDp5"}],
)
def test_a_stranger_is_asked_for_a_token(headers):
    answer = Client(headers=headers).get(f"{ROOT}/schools")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["error"]["code"] == "no_token"


@pytest.mark.parametrize("path", ["/", "/nothing", "/schools/1/nothing"])
def test_an_unknown_address_is_nothing_and_strangers_learn_not_even_that(path):
    program = program_for(Seat.CHIEF)

    assert program.fault(path)[0] == 404
    assert Client().get(f"{ROOT}{path}/").status_code == 401


def test_a_refusal_gives_its_reason_and_next_step_and_is_recorded():
    other = SchoolFactory()
    program = program_for(Seat.PRINCIPAL)

    status, fault = program.fault(f"/schools/{other.pk}")

    assert (status, fault["code"]) == (403, "refused")
    assert "people who lead, supervise or serve" in fault["message"]
    assert "directory" in fault["next_step"]
    event = Event.objects.get(kind=EventKind.REFUSAL)
    assert event.actor_id == program.person.pk
    assert event.facts["path"] == f"{ROOT}/schools/{other.pk}"


@pytest.mark.parametrize("id_", ["999", "x", "9" * 30, "-1", "%00", "٣"])
def test_an_id_that_no_row_bears_is_not_found(id_):
    assert program_for(Seat.CHIEF).fault(f"/schools/{id_}")[0] == 404
    assert program_for(Seat.ANALYST).fault(f"/imports/{id_}")[0] == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "head"])
def test_a_method_that_an_address_does_not_take_is_named(method):
    program = program_for(Seat.CHIEF)

    answer = getattr(program, method)(f"{ROOT}/schools")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    if method != "head":
        assert answer.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("/schools", {"limit": "0"}, "limit"),
        ("/schools", {"limit": "201"}, "limit"),
        ("/schools", {"as_of": "yesterday"}, "as_of"),
        ("/schools", {"as_of": "0001-01-01"}, "as_of"),
        ("/schools", {"level": "space"}, "level"),
        ("/people", {"seat": "king"}, "seat"),
        ("/calendar", {"school_year": "2026"}, "school_year"),
        ("/search", {}, "q"),
        ("/schools", {"as_off": "2026-11-19"}, "as_off"),
        ("/indicators", {"sort": "name"}, "sort"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_named(path, query, said):
    status, fault = program_for(Seat.CHIEF).fault(path, **query)

    assert (status, fault["code"]) == (422, "unclear_parameter")
    assert said in fault["message"]


@pytest.mark.parametrize("cursor", ["x", "!!", "YXRl", "AAAA", "MTJ-QW1lcw=="])
def test_a_cursor_that_no_list_handed_out_is_refused(cursor):
    program = program_for(Seat.CHIEF)

    for path in ("/schools", "/people", "/posts"):
        status, fault = program.fault(path, cursor=cursor)
        assert (status, fault["code"]) == (400, "not_understood")


def test_too_many_requests_are_told_when_to_come_again(monkeypatch):
    monkeypatch.setattr("schoolward.api.pace.time.monotonic", lambda: 100.0)
    slow = pace.Pace(most=2)
    request = type("R", (), {"actor": type("A", (), {"person_id": 7})()})()

    assert [slow.allow_request(request) for _ in range(3)] == [True, True, False]
    assert slow.wait() == 20.0


def test_the_next_minute_counts_anew_and_others_are_not_slowed(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("schoolward.api.pace.time.monotonic", lambda: now[0])
    monkeypatch.setattr(pace, "PERSONS", 1)
    slow = pace.Pace(most=1)
    one, two = (
        type("R", (), {"actor": type("A", (), {"person_id": n})()})() for n in (1, 2)
    )

    assert slow.allow_request(one)
    assert not slow.allow_request(one)
    assert slow.allow_request(two)
    now[0] += 60
    assert slow.allow_request(one)


def test_too_many_requests_answer_429_in_the_one_shape(monkeypatch):
    program = program_for(Seat.CHIEF)
    monkeypatch.setattr(pace.Pace, "allow_request", lambda *_: False)

    answer = program.ask("/schools")

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert answer.json()["error"]["code"] == "too_many"


def test_a_fault_of_ours_names_the_request_and_tells_nothing_else(monkeypatch):
    def broken(*_args, **_options):
        raise DatabaseError("secret table is gone")

    monkeypatch.setattr(search, "search", broken)

    answer = program_for(Seat.CHIEF).ask("/search", q="Ames")

    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert answer["X-Request-Id"] in answer.json()["error"]["next_step"]


def test_a_session_reads_as_its_pages_would():
    assert client_for(Seat.CHIEF).get(f"{ROOT}/schools").status_code == 200


def test_a_session_without_its_second_factor_opens_nothing():
    visitor = client_for(Seat.ADMINISTRATOR)
    visitor.user.authenticator_set.all().delete()

    assert visitor.get(f"{ROOT}/schools").status_code == 401


def test_a_session_of_somebody_without_a_post_opens_nothing():
    visitor = client_for(Seat.CHIEF)
    visitor.person.posts.unscoped(reason="test").delete()

    assert visitor.get(f"{ROOT}/schools").status_code == 401


def test_a_wrong_token_is_not_mended_by_a_session():
    visitor = client_for(Seat.CHIEF)

    answer = visitor.get(f"{ROOT}/schools", headers={"Authorization": "Bearer sw_x"})

    assert answer.status_code == 401


def test_viewing_as_another_shows_what_both_may_see():
    administrator = client_for(Seat.ADMINISTRATOR)
    school = SchoolFactory()
    principal = holder(Seat.PRINCIPAL)

    assert administrator.get(f"{ROOT}/schools/{school.pk}").status_code == 200

    administrator.post(f"/access/view-as/{principal.pk}/")

    assert administrator.get(f"{ROOT}/schools/{school.pk}").status_code == 403


def test_a_token_dies_with_its_owners_last_post():
    person = holder(Seat.CHIEF)
    program = program_of(person)
    assert program.ask("/schools").status_code == 200

    person.posts.unscoped(reason="test").delete()

    assert program.ask("/schools").status_code == 401


def test_visitors_are_not_led_to_sign_in_by_a_redirect():
    assert "Location" not in Client().get(f"{ROOT}/schools")
    assert visitor_of(holder(Seat.CHIEF)).get(f"{ROOT}/imports").status_code == 403
