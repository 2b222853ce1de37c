"""Who must have a second factor, and who still lacks it."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from schoolward.access import policies
from schoolward.base import clock
from schoolward.kernel.actor import Actor


def is_needed(actor: Actor) -> bool:
    """Return whether this person must have a second factor; nobody in a demo."""
    if clock.standing_day() is not None:
        return False
    everyone = settings.SCHOOLWARD_SECOND_FACTOR == "everyone"
    return policies.needs_second_factor(actor, everyone=everyone)


def is_lacking(actor: Actor, *, user_id: int) -> bool:
    """Return whether a second factor must be set up before anything else."""
    return is_needed(actor) and not has_any(user_id)


def has_any(user_id: int, *, but: int | None = None) -> bool:
    """Return whether an account has an app or a passkey; recovery codes do not count."""
    factors = Authenticator.objects.filter(user_id=user_id)
    strong = factors.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(strong.exclude(pk=but).exists())
