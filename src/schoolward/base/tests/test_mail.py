"""Mails go out where there is a server, and into the log by subject where not."""

import pytest
from django.core import mail as outbox
from structlog.testing import capture_logs

from schoolward.base import mail


def test_send_delivers_one_plain_mail(settings):
    settings.SCHOOLWARD_HAS_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "schoolward@example.org"

    assert mail.send("ana@example.org", subject="A load\nstopped", body="See it.")

    [message] = outbox.outbox
    assert message.subject == "A load stopped"
    assert (message.to, message.body) == (["ana@example.org"], "See it.")


@pytest.mark.parametrize("word", ["secret-link"])
def test_send_without_a_server_logs_the_subject_and_never_the_body(settings, word):
    settings.SCHOOLWARD_HAS_MAIL = False

    with capture_logs() as lines:
        assert not mail.send("ana@example.org", subject="Join", body=word)

    assert lines[0]["subject"] == "Join"
    assert word not in str(lines)
    assert not outbox.outbox
