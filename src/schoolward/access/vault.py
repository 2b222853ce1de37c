"""Encryption of secrets that must be read again, under the installation's key."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


PURPOSE = b"schoolward second factors"


def encrypt(text: str) -> str:
    """Return the text under the installation's key."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Return what was encrypted.

    Raises:
        cryptography.fernet.InvalidToken: It was encrypted under another key.
    """
    return _fernet().decrypt(encrypted.encode()).decode()


def _fernet() -> Fernet:
    key = settings.SECRET_KEY.encode()
    derived = hashlib.blake2b(PURPOSE, key=hashlib.sha512(key).digest(), digest_size=32)
    return Fernet(base64.urlsafe_b64encode(derived.digest()))
