"""Secrets that are shown once and kept only as a hash."""

import hashlib
import secrets


PREFIX = "sw_"
"""What a token begins with, so that scanners of leaked secrets can find it."""


def new_secret() -> str:
    """Return a secret of 256 random bits, safe in an address and in a header."""
    return secrets.token_urlsafe(32)


def new_token_secret() -> str:
    """Return the secret of a token, recognizable by its prefix."""
    return PREFIX + new_secret()


def hashed(secret: str) -> str:
    """Return what is kept of a secret.

    A plain hash is enough: nobody guesses 256 random bits, so there is nothing that
    a slow hash would slow down.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
