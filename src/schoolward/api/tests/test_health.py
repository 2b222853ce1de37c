"""The health of the server is told to anyone, and nothing else."""

import pytest
from django.db import OperationalError
from django.test import Client

from schoolward import __version__
from schoolward.api import health


pytestmark = pytest.mark.django_db


def test_health_is_ok_while_the_database_answers():
    answer = Client().get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": __version__, "database": "ok"}
    assert "no-cache" in answer["Cache-Control"]


def test_health_is_503_when_the_database_is_gone(monkeypatch):
    class Gone:
        def cursor(self):
            raise OperationalError("no such host db.internal")

    monkeypatch.setattr(health, "connection", Gone())

    answer = Client().get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
    assert "db.internal" not in answer.content.decode()


def test_health_can_be_asked_for_by_head_and_takes_no_post():
    assert Client().head("/healthz").status_code == 200
    assert Client().post("/healthz").status_code == 405


def test_health_asks_the_database_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        Client().get("/healthz")
