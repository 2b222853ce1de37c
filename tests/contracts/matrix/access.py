"""Lines of the access room."""

from datetime import timedelta
from typing import Any

from schoolward.access.actions.invitations import invite
from schoolward.access.tests.factories import AT
from schoolward.access.tokens import make_token
from schoolward.base import clock
from schoolward.district.models import Delegation
from schoolward.kernel.actor import SYSTEM
from tests.contracts.matrix import ADMINISTRATOR, ANYONE, MEMBERS, SIGNED_IN, door
from tests.contracts.world import World


PRINCIPAL = frozenset({"principal"})


def a_person(world: World) -> dict[str, Any]:
    """Give an address a person with an account."""
    return {"person_id": world.person("chief").pk}


def an_invitation(world: World) -> dict[str, Any]:
    person = world.person("chief")
    made, _ = invite(person, email=person.email, by=SYSTEM, at=clock.now())
    return {"pk": made.pk}


def a_secret(world: World) -> dict[str, Any]:
    person = world.person("chief")
    _, secret = invite(person, email=person.email, by=SYSTEM, at=clock.now())
    return {"secret": secret}


def tokens_of_principal(world: World) -> dict[str, Any]:
    user = world.user("principal")
    made, _ = make_token(user, label="Own", at=AT, by=SYSTEM)
    return {"pk": made.pk}


def delegation_of_principal(world: World) -> dict[str, Any]:
    made = Delegation.objects.create(
        person=world.person("principal"),
        delegate=world.person("chief"),
        start_date=clock.today() - timedelta(days=3),
    )
    return {"pk": made.pk}


DOORS = {
    "access:accept": door(ANYONE),
    "access:accept_with": door(ANYONE, args=a_secret),
    "access:demo": door(args=lambda _world: {"secret": "nothing"}),
    "access:secure": door(MEMBERS),
    "access:account": door(MEMBERS),
    "access:rights": door(MEMBERS, args=lambda world: {"school_id": world.school.pk}),
    "access:end_others": door(MEMBERS),
    "access:end_session": door(MEMBERS, args=lambda _world: {"pk": 1}),
    "access:new_token": door(MEMBERS),
    "access:end_token": door(PRINCIPAL, args=tokens_of_principal),
    "access:new_delegate": door(MEMBERS),
    "access:end_delegate": door(PRINCIPAL, args=delegation_of_principal),
    "access:who": door(ADMINISTRATOR),
    "access:view_as": door(ADMINISTRATOR, args=a_person),
    "access:stop_viewing": door(MEMBERS),
    "access:accounts": door(ADMINISTRATOR),
    "access:account_of": door(ADMINISTRATOR, args=a_person),
    "access:invite": door(ADMINISTRATOR, args=a_person),
    "access:close_account": door(ADMINISTRATOR, args=a_person),
    "access:open_account": door(ADMINISTRATOR, args=a_person),
    "access:forget_second_factor": door(ADMINISTRATOR, args=a_person),
    "access:withdraw": door(ADMINISTRATOR, args=an_invitation),
    # Sign-in itself, by the library.
    "account_login": door(ANYONE),
    "account_logout": door(ANYONE),
    "account_inactive": door(ANYONE),
    "account_reauthenticate": door(MEMBERS),
    "account_change_password": door(MEMBERS),
    "account_set_password": door(MEMBERS),
    "account_reset_password": door(ANYONE),
    "account_reset_password_done": door(ANYONE),
    "account_reset_password_from_key": door(
        ANYONE, args=lambda _world: {"uidb36": "1", "key": "none"}
    ),
    "account_reset_password_from_key_done": door(ANYONE),
    "mfa_index": door(MEMBERS),
    "mfa_authenticate": door(SIGNED_IN),
    "mfa_reauthenticate": door(MEMBERS),
    "mfa_activate_totp": door(MEMBERS),
    "mfa_deactivate_totp": door(MEMBERS),
    "mfa_list_webauthn": door(MEMBERS),
    "mfa_add_webauthn": door(MEMBERS),
    "mfa_reauthenticate_webauthn": door(MEMBERS),
    "mfa_remove_webauthn": door(MEMBERS, args=lambda _world: {"pk": 1}),
    "mfa_edit_webauthn": door(MEMBERS, args=lambda _world: {"pk": 1}),
    "mfa_login_webauthn": door(SIGNED_IN),
    "mfa_view_recovery_codes": door(MEMBERS),
    "mfa_generate_recovery_codes": door(MEMBERS),
    "mfa_download_recovery_codes": door(MEMBERS),
    "socialaccount_connections": door(MEMBERS),
    "socialaccount_login_cancelled": door(ANYONE),
    "socialaccount_login_error": door(ANYONE),
    "openid_connect_login": door(args=lambda _world: {"provider_id": "none"}),
    "openid_connect_callback": door(args=lambda _world: {"provider_id": "none"}),
}
