"""Pages for what went wrong say what to do, and work when little else does."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory

from schoolward.base.http import RefusedError
from schoolward.config import errors
from schoolward.kernel.decision import no


REFUSAL = no("Notes belong to the pair.", "Ask one of the two.")


@pytest.fixture
def request_of_nobody(db):
    return RequestFactory().get("/nowhere/")


def test_unknown_address_answers_404_with_a_way_on(request_of_nobody):
    answer = errors.not_found(request_of_nobody, Http404())

    assert answer.status_code == 404
    assert "There is no page here" in answer.content.decode()
    assert "Go to the start page" in answer.content.decode()


def test_refusal_shows_its_reason_and_next_step(request_of_nobody):
    answer = errors.not_open(request_of_nobody, RefusedError(REFUSAL))

    assert answer.status_code == 403
    assert "Notes belong to the pair." in answer.content.decode()
    assert "Ask one of the two." in answer.content.decode()


def test_refusal_of_what_must_not_be_known_looks_like_nothing(request_of_nobody):
    hidden = errors.not_open(request_of_nobody, RefusedError(REFUSAL, hidden=True))
    unknown = errors.not_found(request_of_nobody, Http404())

    assert hidden.status_code == 404
    assert hidden.content == unknown.content


def test_refusal_without_a_decision_says_whom_to_ask(request_of_nobody):
    answer = errors.not_open(request_of_nobody, PermissionDenied())

    assert answer.status_code == 403
    assert "ask an administrator" in answer.content.decode()


def test_old_form_is_answered_with_what_to_do(request_of_nobody):
    answer = errors.csrf_failed(request_of_nobody, "CSRF token missing.")

    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()
    assert "CSRF" not in answer.content.decode()


def test_unreadable_request_is_answered_with_what_to_do(request_of_nobody):
    assert errors.not_understood(request_of_nobody, ValueError()).status_code == 400


def test_fault_of_ours_is_answered_without_database_session_or_actor():
    request = RequestFactory().get("/")
    request.META["SCHOOLWARD_REQUEST_ID"] = "abc123"

    answer = errors.broken(request)

    assert answer.status_code == 500
    assert "abc123" in answer.content.decode()


@pytest.mark.django_db
def test_form_without_its_token_is_refused_by_our_page():
    visitor = Client(enforce_csrf_checks=True)

    answer = visitor.post("/account/login/", {})

    assert answer.status_code == 403
    assert "The page was open too long" in answer.content.decode()
