"""Addresses of the sign-in library: only those that the district's rules leave open.

There is no sign-up, no adding of addresses and no sign-in by mailed code, so these have
no address at all.
"""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from schoolward.access.views import entrance


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", entrance.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("providers/", social.connections, name="socialaccount_connections"),
    path(
        "providers/canceled/",
        social.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path(
        "providers/error/", entrance.provider_failed, name="socialaccount_login_error"
    ),
    path(
        "oidc/<slug:provider_id>/login/",
        entrance.provider_login,
        name="openid_connect_login",
    ),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        entrance.provider_callback,
        name="openid_connect_callback",
    ),
]
