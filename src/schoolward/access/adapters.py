"""How the sign-in library is told the district's rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from schoolward.access import factors, vault
from schoolward.access.actions import traces, viewing
from schoolward.access.actors import actor_of
from schoolward.access.models import User
from schoolward.access.people import person_behind
from schoolward.base import clock, jobs


PRODUCT = "Schoolward"
PAPER = '<rect width="100%" height="100%" fill="white"/>'
HOW = {
    "password": "a password",
    "mfa": "a second factor",
    "socialaccount": "an identity provider",
}
"""What each way of proving oneself is called in the record."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Local accounts: made by invitation only, every coming and going on record."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This address and this password do not belong "
        "together. Check both, or set a new password.",
        "enter_current_password": "Enter the password you use now.",
        "incorrect_code": "This code does not fit. Enter the newest one.",
        "incorrect_password": "This is not your password. Enter it again.",
        "invalid_password_reset": "This link was used before or is over. Ask for a "
        "new one.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse self-registration."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Return whether a sign-in may lead on to an address: only to this very host."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def _get_login_attempts_cache_key(
        self,
        request: HttpRequest,  # noqa: ARG002
        **credentials: Any,
    ) -> str:
        """Name whose tries are counted: the account alone.

        The library counts by the host as well, whose port a browser chooses freely.
        """
        return str(credentials.get("email", "")).strip().lower()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        """Record that a password did not fit."""
        traces.failed(credentials.get("email", ""), step="password", at=clock.now())

    def post_login(
        self, request: HttpRequest, user: User, **details: Any
    ) -> HttpResponse:
        """Lead on after a sign-in, and record it."""
        response: HttpResponse = super().post_login(request, user, **details)
        traces.signed_in(user, how=_how(request), at=clock.now())
        return response

    def logout(self, request: HttpRequest) -> None:
        """End the session, with any viewing as another, and record both."""
        if isinstance(request.user, User):
            by = traces.of_user(request.user)
            viewing.stop(request.session, by=by, at=clock.now(), why="signed out")
            traces.signed_out(request.user, at=clock.now())
        super().logout(request)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Record a change to what opens an account, and write to its owner."""
        traces.key_changed(user, notice=template_prefix, at=clock.now())
        if settings.SCHOOLWARD_HAS_MAIL and template_prefix in traces.CHANGES:
            jobs.later("access.tell_of_change", user_id=user.pk, notice=template_prefix)


def _how(request: HttpRequest) -> str:
    ways = [
        HOW.get(one["method"])
        for one in get_authentication_records(request, request.user)
    ]
    known = [way for way in dict.fromkeys(ways) if way]
    return " and ".join(known) or "a link"


class Providers(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identity providers: open accounts that exist, never make them.

    See docs/decisions/linking-provider-accounts.md for the rule.
    """

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": "Set a password first, or you could not sign in any more.",
        "connected_other": "This provider account opens another person's account.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Refuse accounts made by a provider."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Link a provider account by its verified address, where the district trusts it."""
        if sociallogin.is_existing or sociallogin.state.get("process") != "login":
            return
        if not settings.SCHOOLWARD_OIDC_LINKS_BY_EMAIL:
            return
        user = _owner_of_address(sociallogin)
        if user:
            sociallogin.connect(request, user)


def _owner_of_address(sociallogin: Any) -> User | None:
    """Return whose account has the provider's verified address, unless already linked."""
    verified = [
        one.email for one in sociallogin.email_addresses if one.verified is True
    ]
    if len(verified) != 1:
        return None
    user = User.objects.filter(email__iexact=verified[0], is_active=True).first()
    links = SocialAccount.objects.filter(provider=sociallogin.account.provider)
    return None if user and links.filter(user=user).exists() else user


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, under the product's name, their secrets encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Your post needs a second factor. Add another "
        "one before you remove this.",
        "incorrect_code": "This code does not fit. Enter the newest one.",
    }

    def get_totp_issuer(self) -> str:
        """Name the product in authenticator apps."""
        return PRODUCT

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the product in passkeys."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": PRODUCT}

    def build_totp_svg(self, url: str) -> str:
        """Draw the code on white, so that a phone reads it in a dark page too."""
        drawing: str = super().build_totp_svg(url)
        return drawing.replace("<path", f"{PAPER}<path", 1)

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return vault.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret; a random one, which nothing fits, after a lost key."""
        try:
            return vault.decrypt(encrypted_text)
        except InvalidToken:
            return str(generate_totp_secret())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether a second factor may go: another stays, or none is needed."""
        user = authenticator.user
        if factors.has_any(user.pk, but=authenticator.pk):
            return True
        actor = actor_of(person_behind(user.person), today=clock.today())
        return not factors.is_needed(actor)
