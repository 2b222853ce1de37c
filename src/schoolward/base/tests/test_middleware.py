"""Every answer carries an id and leaves one line, which holds nothing secret."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from structlog.testing import capture_logs

from schoolward.base.middleware import request_ids


def asked(path: str, **headers: str) -> tuple[HttpResponse, list[dict]]:
    def get_response(request):
        request.resolver_match = resolve(request.path)
        return HttpResponse("yes")

    with capture_logs() as lines:
        answer = request_ids(get_response)(RequestFactory().get(path, headers=headers))
    return answer, lines


def test_line_tells_route_status_and_time_but_neither_address_nor_words():
    answer, [line] = asked("/demo/a-secret-link/?q=Garcia")

    assert line["status"] == answer.status_code
    assert line["ms"] >= 0
    assert line["route"].startswith("demo/")
    assert "a-secret-link" not in str(line)
    assert "Garcia" not in str(line)


def test_monitor_leaves_no_line():
    assert asked("/healthz")[1] == []


@pytest.mark.parametrize(
    ("given", "is_kept"), [("abcdef-123456", True), ("a\nb", False), ("x" * 80, False)]
)
def test_id_of_the_proxy_is_kept_when_it_is_one(given, is_kept):
    answer, _lines = asked("/healthz", **{"X-Request-Id": given})

    assert (answer["X-Request-Id"] == given) == is_kept
