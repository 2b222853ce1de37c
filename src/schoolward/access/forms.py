"""What people fill in to come in and to let others in."""

from datetime import date
from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from schoolward.access.actions import traces
from schoolward.access.models import User
from schoolward.access.secrets import hashed
from schoolward.access.tokens import LIFE_DAYS, LONGEST_DAYS
from schoolward.base import clock, jobs
from schoolward.district.models import Person
from schoolward.district.models.dated import DirectoryQuerySet
from schoolward.ui.widgets import Day


CODE_SECONDS = 120
"""How long a code that was used stays used: longer than it could be valid."""


class SignIn(LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class AskForReset(ResetPasswordForm):  # type: ignore[misc]
    """The address whose owner forgot the password."""

    def save(self, _request: HttpRequest, **_kwargs: Any) -> str:
        """Ask a job to write; it takes as long for an unknown address as for a known."""
        email = str(self.cleaned_data["email"])
        user_id = self.users[0].pk if self.users else 0
        jobs.later("access.reset_password", key=hashed(email.lower()), user_id=user_id)
        return email


class SecondFactorCode(AuthenticateForm):  # type: ignore[misc]
    """A code of an authenticator app or a recovery code, each good for one sign-in."""

    def clean_code(self) -> str:
        """Check the code, record a wrong one, and refuse one that was just used."""
        try:
            code: str = super().clean_code()
        except ValidationError as wrong:
            if wrong.code == "incorrect_code":
                self._record_failure()
            raise
        if not cache.add(f"access.code.{self.user.pk}.{code}", 1, CODE_SECONDS):
            msg = "This code was just used. Wait for the next one."
            raise ValidationError(msg)
        return code

    def _record_failure(self) -> None:
        traces.failed(self.user.email, step="second factor", at=clock.now())


class SetUpApp(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code that the app shows"


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey's name, and whether it signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = ""
        self.fields["name"].label = "What you call it"
        self.fields["name"].help_text = "Such as “Work phone”."
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = "It signs me in without a password"
        alone.help_text = (
            "Take this away for a security key without fingerprint or PIN."
        )


class NewPassword(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label="New password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text="At least 12 characters; a sentence is easy to remember.",
    )
    again = forms.CharField(
        label="New password, once more",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Check the password against the rules and its owner's own words."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        """Check that both are the same."""
        if self.cleaned_data.get("password") not in {None, self.cleaned_data["again"]}:
            msg = "The two passwords differ. Enter the same one twice."
            raise ValidationError(msg)
        return str(self.cleaned_data["again"])


class Invite(forms.Form):
    """The address to which a person's invitation goes."""

    email = forms.EmailField(label="E-mail", help_text="The person signs in with it.")


class NewToken(forms.Form):
    """A key for a program."""

    label = forms.CharField(
        label="What it is for", max_length=120, help_text="Such as “Nightly report”."
    )
    days = forms.IntegerField(
        label="Days it lives", min_value=1, max_value=LONGEST_DAYS, initial=LIFE_DAYS
    )
    may_write = forms.BooleanField(
        label="It may change things",
        required=False,
        help_text="Leave this off for programs that only read.",
    )


class NewDelegate(forms.Form):
    """Who may act for the person, and in which days."""

    delegate = forms.ModelChoiceField(
        Person.objects.none(), label="Person", widget=forms.HiddenInput
    )
    start = forms.DateField(label="From", widget=Day())
    end = forms.DateField(
        label="Up to, not including",
        required=False,
        widget=Day(),
        help_text="Leave it empty to end it yourself one day.",
    )

    def __init__(
        self, *args: Any, people: DirectoryQuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delegate"].queryset = people.filter(merged_into__isnull=True)  # type: ignore[attr-defined]

    def clean_end(self) -> date | None:
        """Check that the days do not run backward."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data["end"]
        if start and end and end <= start:
            msg = "Enter a day after the first one."
            raise ValidationError(msg)
        return end if isinstance(end, date) else None


class FindPerson(forms.Form):
    """A name to look for."""

    name = forms.CharField(label="Name", required=False, max_length=100)
