"""Looks at how people reach Schoolward, at mail, and at the worker."""

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection

from schoolward.base import mail
from schoolward.base.models import Job, JobState
from schoolward.config import installation
from schoolward.config.doctor.findings import Finding, fine, look, wrong
from schoolward.home.words import count_of


LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}
SILENT = timedelta(seconds=60)


def look_at_address() -> Iterator[Finding]:
    """Yield what is found about the address people type."""
    address = urlsplit(settings.SCHOOLWARD_URL)
    name = address.hostname or ""
    before = len(settings.ALLOWED_HOSTS)
    if before and not _is_allowed(name):
        yield wrong(
            "address",
            says=f"{name} is not among the host names.",
            remedy=f"Add it: SCHOOLWARD_HOSTS={','.join([*settings.ALLOWED_HOSTS, name])}",
        )
    if name not in LOCAL_NAMES and address.scheme != "https":
        yield wrong(
            "address",
            says="Passwords would travel in the open, and passkeys refuse to work.",
            remedy=f"Put a proxy with a certificate before it: SCHOOLWARD_URL=https://{name}",
        )
    if settings.DEBUG and name not in LOCAL_NAMES:
        yield wrong(
            "address",
            says="Errors are shown in full.",
            remedy="Unset SCHOOLWARD_DEBUG.",
        )
    if address.scheme == "https" and not settings.ENV["SCHOOLWARD_TRUST_PROXY"]:
        yield look(
            "address",
            says="The address is https, but the proxy's word is not believed.",
            remedy="Behind a proxy set SCHOOLWARD_TRUST_PROXY=yes; see docs/how-to/install.md.",
        )
    yield fine("address", says=settings.SCHOOLWARD_URL)


def _is_allowed(name: str) -> bool:
    return any(
        host in {"*", name} or (host.startswith(".") and name.endswith(host))
        for host in settings.ALLOWED_HOSTS
    )


def look_at_mail() -> Iterator[Finding]:
    """Yield whether mail can be sent; connects to the server, sends nothing."""
    if not mail.is_sent():
        yield look(
            "mail",
            says="No mail is sent: invitations and new passwords are links to copy.",
            remedy="Set SCHOOLWARD_MAIL_URL to send them.",
        )
        return
    try:
        server = get_connection()
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        yield wrong(
            "mail",
            says=f"The mail server does not take mail: {error}",
            remedy="Mend SCHOOLWARD_MAIL_URL.",
        )
    else:
        yield fine("mail", says=f"The server answers; mail is from {_sender()}.")


def _sender() -> str:
    return str(settings.DEFAULT_FROM_EMAIL)


def look_at_worker(*, at: datetime) -> Iterator[Finding]:
    """Yield whether the worker lives and what became of its jobs."""
    beat = installation.worker_beat()
    seen = (
        datetime.fromtimestamp(beat.stat().st_mtime, tz=UTC) if beat.exists() else None
    )
    waiting = Job.objects.filter(state=JobState.WAITING).count()
    if seen is None or at - seen > SILENT:
        last = (
            f"No worker was seen since {seen:%Y-%m-%d %H:%M} UTC"
            if seen
            else "No worker was ever seen"
        )
        report = wrong if waiting else look
        yield report(
            "worker",
            says=f"{last}; {count_of(waiting, 'job')} waiting.",
            remedy="schoolward worker, as a service of its own.",
        )
    else:
        yield fine("worker", says=f"At work; {count_of(waiting, 'job')} waiting.")
    yield from _failed(at)


def _failed(at: datetime) -> Iterator[Finding]:
    week = Job.objects.filter(
        state=JobState.FAILED, ended_at__gt=at - timedelta(days=7)
    )
    last = week.order_by("-ended_at").first()
    if last:
        yield look(
            "jobs",
            says=f"{week.count()} failed within a week, last {last.name} (#{last.pk}).",
            remedy=f"Read why at {settings.SCHOOLWARD_URL}/jobs/",
        )
