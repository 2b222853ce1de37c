"""Which addresses open to whom before any page is asked: the default is a signed-in member.

The lists name addresses, so that a new page is closed until somebody opens it here.
"""

PUBLIC = frozenset(
    {
        "healthz",
        "access:accept",
        "access:accept_with",
        "access:demo",
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "ui:gallery",
    }
)
"""Open to anyone: the ways in, the health of the server, and the components."""

OWN_GUARD = ("api",)
"""Namespaces that ask for a token by themselves."""

WITHOUT_POST = frozenset({"account_logout"})
"""Open to a signed-in person who holds no post today."""

WITHOUT_SECOND_FACTOR = frozenset(
    {
        "access:secure",
        "account_logout",
        "account_reauthenticate",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
"""Open to a person whose seat needs a second factor before they have set one up."""

WHILE_VIEWING = frozenset({"access:stop_viewing", "account_logout"})
"""What may be sent while viewing as another person."""


def is_public(view_name: str) -> bool:
    """Return whether an address is open to anyone, or guards itself."""
    return view_name in PUBLIC or view_name.partition(":")[0].startswith(OWN_GUARD)
