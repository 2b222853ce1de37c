"""What outside the process Schoolward talks to: database, mail, identity providers."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from schoolward.config.env import SettingError


SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=2000;"
)


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's connection: PostgreSQL when a URL is given, else SQLite.

    Raises:
        SettingError: The URL is not one of PostgreSQL.
    """
    return postgresql(url) if url else sqlite(home)


def sqlite(home: Path) -> dict[str, Any]:
    """Return the embedded database: write-ahead log, immediate transactions."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "schoolward.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
        "TEST": {"NAME": os.environ.get("TEST_SQLITE")},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return a PostgreSQL connection; pooled in web processes only.

    The worker forks, and a forked pool shares sockets and tears transactions,
    so only `schoolward serve` sets SCHOOLWARD_POOL.

    Raises:
        SettingError: The URL is not one of PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        msg = "DATABASE_URL must begin with postgres:// or be empty for SQLite."
        raise SettingError(msg)
    pooled = os.environ.get("SCHOOLWARD_POOL") == "yes"
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "schoolward",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 0 if pooled else 60,
        "OPTIONS": options,
    }


def mail(url: str) -> dict[str, Any]:
    """Return Django's mail settings for an address such as smtp+tls://u:p@host:587.

    Raises:
        SettingError: The address is none of smtp, smtp+tls, smtp+ssl, file.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file":
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": parts.path}
    if parts.scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        msg = "SCHOOLWARD_MAIL_URL must begin with smtp://, smtp+tls:// or smtp+ssl://."
        raise SettingError(msg)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 20,
    }


def identity_providers(text: str) -> list[dict[str, Any]]:
    """Return allauth's OIDC apps from the JSON of SCHOOLWARD_OIDC.

    Raises:
        SettingError: The text is not JSON of the documented shape.
    """
    if not text:
        return []
    try:
        return [_app(entry) for entry in json.loads(text)]
    except (ValueError, KeyError, TypeError) as error:
        msg = (
            "SCHOOLWARD_OIDC must be a JSON list of objects with id, name, server_url, "
            f"client_id and secret ({error})."
        )
        raise SettingError(msg) from error


def _app(entry: dict[str, str]) -> dict[str, Any]:
    url = urlsplit(entry["server_url"])
    if url.scheme != "https" and url.hostname != "localhost":
        msg = f"server_url of {entry['id']} must begin with https://"
        raise ValueError(msg)
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["server_url"],
            "token_auth_method": "client_secret_basic",
        },
    }
