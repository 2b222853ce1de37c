"""Who can sign in: users, invitations, tokens of programs, and a demo's links."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from schoolward.district.models import Person


class UserManager(BaseUserManager["User"]):
    """How users come to be; there is no self-registration."""

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Make a user for a person; without a password only a link or a provider opens it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: one person's way in."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_single")
        ]

    def __str__(self) -> str:
        return self.email


class Invitation(models.Model):
    """A single-use way for a person to make their account."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager["Invitation"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_is_single",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")),
                name="invitation_expires_after_made",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_is_used_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.email}"

    def is_open(self, *, at: datetime) -> bool:
        """Return whether the invitation can still be used."""
        return (
            self.used_at is None and self.withdrawn_at is None and at < self.expires_at
        )


class Token(models.Model):
    """A program's key to act with one person's rights; shown once, stored hashed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    may_write = models.BooleanField(default=False)
    opens_coaching = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager["Token"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")),
                name="token_expires_after_made",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.hint}…)"

    def is_open(self, *, at: datetime) -> bool:
        """Return whether the token still opens anything."""
        return self.revoked_at is None and at < self.expires_at


class DemoLink(models.Model):
    """A link that signs in as one seat of a demo district; refused anywhere else."""

    seat = models.CharField(max_length=20, unique=True)
    secret = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    objects = models.Manager["DemoLink"]()

    def __str__(self) -> str:
        return f"Demo link of {self.seat}"
