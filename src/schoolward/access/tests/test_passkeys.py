"""A key that asks for no PIN opens nothing by itself, whatever page it is shown to."""

import hashlib
import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from schoolward.access.models import User
from schoolward.access.tests.factories import (
    PASSWORD,
    UserFactory,
    holder,
    with_second_factor,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
FLAG = AuthenticatorData.FLAG
ORIGIN = "http://testserver"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


class Key:
    """A security key of a person, kept in memory."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.id = b"key of " + str(user.pk).encode()
        self.secret = ec.generate_private_key(ec.SECP256R1())
        known = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self.secret.public_key())
        )
        seen = _seen(FLAG.UP | FLAG.AT, known)
        attested = AttestationObject.create("none", seen, {})
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.WEBAUTHN,
            data={
                "name": "Key",
                "credential": self._wrapped(
                    "webauthn.create", "", {"attestationObject": attested}
                ),
            },
        )

    def answer(self, challenge: str, *, flags: int) -> str:
        """Sign a page's challenge, as a browser would send it."""
        seen = _seen(flags)
        words = _words("webauthn.get", challenge)
        message = bytes(seen) + hashlib.sha256(words).digest()
        signature = self.secret.sign(message, ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(self.user).encode()
        parts = {
            "authenticatorData": seen,
            "signature": signature,
            "userHandle": handle,
        }
        return json.dumps(self._wrapped("webauthn.get", challenge, parts))

    def _wrapped(self, kind: str, challenge: str, parts: dict) -> dict:
        response = {name: websafe_encode(bytes(one)) for name, one in parts.items()}
        response["clientDataJSON"] = websafe_encode(_words(kind, challenge))
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }


def _words(kind: str, challenge: str) -> bytes:
    said = {"type": kind, "challenge": challenge, "origin": ORIGIN}
    return json.dumps(said).encode()


def _seen(flags, known=b"") -> AuthenticatorData:
    return AuthenticatorData.create(
        hashlib.sha256(b"testserver").digest(), flags, 1, known
    )


@pytest.fixture
def owner() -> User:
    """Return an administrator, who has a key."""
    return UserFactory(person=holder(Seat.ADMINISTRATOR), password=PASSWORD)


def challenge_of_sign_in(client) -> str:
    script = {"X-Requested-With": "XMLHttpRequest"}
    page = client.get(reverse("mfa_login_webauthn"), headers=script)
    return page.json()["request_options"]["publicKey"]["challenge"]


def asked_of_a_second_factor(client) -> str:
    """Return the challenge that somebody else's second factor is asked for."""
    other = UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)
    with_second_factor(other)
    client.post("/account/login/", {"login": other.email, "password": PASSWORD})
    page = client.get(reverse("mfa_authenticate"))
    return page.context["js_data"]["request_options"]["publicKey"]["challenge"]


def opened_for(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_key_with_a_pin_opens_by_itself(client, owner):
    key = Key(owner)

    credential = key.answer(challenge_of_sign_in(client), flags=FLAG.UP | FLAG.UV)
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert opened_for(client) == str(owner.pk)


def test_key_without_a_pin_opens_nothing_on_the_challenge_of_another_page(
    client, owner
):
    key = Key(owner)
    challenge = asked_of_a_second_factor(client)

    credential = key.answer(challenge, flags=FLAG.UP)
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert opened_for(client) is None


def test_key_without_a_pin_opens_nothing_by_itself(client, owner):
    key = Key(owner)

    credential = key.answer(challenge_of_sign_in(client), flags=FLAG.UP)
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert opened_for(client) is None


def test_closed_account_is_opened_by_no_key(client, owner):
    key = Key(owner)
    owner.is_active = False
    owner.save(update_fields=["is_active"])

    credential = key.answer(challenge_of_sign_in(client), flags=FLAG.UP | FLAG.UV)
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert opened_for(client) is None
