"""What this room holds, for retention and for requests about a person."""

from schoolward.audit.retention import Holding, hold


hold(
    Holding(
        model="access.User",
        record_class="security",
        about=("person_id",),
        leave_out=("password",),
    ),
    Holding(
        model="access.Invitation",
        record_class="security",
        about=("person_id", "made_by_id"),
        dated_by="expires_at",
        leave_out=("secret_hash",),
    ),
    Holding(
        model="access.Token",
        record_class="security",
        about=("user__person_id",),
        dated_by="expires_at",
        leave_out=("secret_hash",),
    ),
    Holding(
        model="access.DemoLink",
        record_class="technical",
        leave_out=("secret",),
    ),
    Holding(
        model="mfa.Authenticator",
        record_class="security",
        about=("user__person_id",),
        leave_out=("data",),
    ),
    Holding(
        model="usersessions.UserSession",
        record_class="security",
        about=("user__person_id",),
        dated_by="last_seen_at",
        leave_out=("session_key", "data"),
    ),
    Holding(
        model="socialaccount.SocialAccount",
        record_class="security",
        about=("user__person_id",),
        leave_out=("extra_data",),
    ),
)
