"""Plain mails to people; where there is no mail server, a log line instead."""

import structlog
from django.conf import settings
from django.core.mail import EmailMessage


log = structlog.get_logger(__name__)


def is_sent() -> bool:
    """Return whether this installation has a mail server."""
    return bool(settings.SCHOOLWARD_HAS_MAIL)


def send(to: str, *, subject: str, body: str) -> bool:
    """Send one plain mail, now; call it from a job or after the transaction.

    Args:
        to: One address.
        subject: One line; line breaks become spaces.
        body: Plain text.

    Returns:
        Whether a mail server took it. Without one the mail is logged by its subject
        alone, since its body may hold a link that signs a person in.

    Raises:
        OSError: The mail server refused it or did not answer.
    """
    line = " ".join(subject.split())
    if not is_sent():
        log.info("mail.not_sent", to=to, subject=line)
        return False
    message = EmailMessage(line, body, settings.DEFAULT_FROM_EMAIL, [to])
    return message.send() == 1
