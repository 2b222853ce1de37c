"""What is filled in about people, their posts, and who acts for them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from schoolward.district.actions import Appointment
from schoolward.district.forms.picking import AskedForm, Pick
from schoolward.district.forms.places import day_field, open_networks, open_units
from schoolward.district.models import Capacity, EntryKind, Network, Post, Unit
from schoolward.district.policies import can_fill
from schoolward.kernel.seats import Seat
from schoolward.ui.widgets import Search


SEATS = [(seat.value, seat.label) for seat in Seat]


class PeopleFilter(forms.Form):
    q = forms.CharField(label="Name", required=False, widget=Search)
    seat = forms.ChoiceField(
        label="Seat", required=False, choices=[("", "Any seat"), *SEATS]
    )


class PersonFacts(forms.Form):
    display_name = forms.CharField(label="Name as people read it", max_length=200)
    given_name = forms.CharField(label="Given name", max_length=100, required=False)
    family_name = forms.CharField(label="Family name", max_length=100, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)


class Details(AskedForm):
    """What can be corrected about a post while it runs."""

    title = forms.CharField(label="Title", max_length=160, required=False)
    capacity = forms.ChoiceField(
        label="Capacity", choices=Capacity.choices, initial=Capacity.REGULAR
    )
    superior = Pick(
        label="Reports to",
        kind=EntryKind.PERSON,
        required=False,
        help_text="The person; their highest post on that day is meant.",
    )
    position_number = forms.CharField(
        label="Position number", max_length=40, required=False
    )
    fte = forms.DecimalField(
        label="Share of full time",
        min_value=0,
        max_value=2,
        decimal_places=2,
        required=False,
        help_text="1 is full time.",
    )


class Appoint(Details):
    person = Pick(
        label="Who",
        kind=EntryKind.PERSON,
        required=False,
        help_text="Empty records a vacant post.",
    )
    seat = forms.ChoiceField(label="Seat", choices=SEATS)
    school = Pick(label="School", kind=EntryKind.SCHOOL, required=False)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="Unit",
        required=False,
        empty_label="In no unit",
    )
    network = forms.ModelChoiceField(
        queryset=Network.objects.none(),
        label="Network",
        required=False,
        empty_label="In no network",
    )
    start = day_field("First day")
    until = day_field(
        "First day without it",
        required=False,
        hint="Leave it empty while nobody knows.",
    )
    is_shared = forms.BooleanField(label="Two share this principalship", required=False)

    field_order = ["person", "seat", "school", "unit", "network", "start", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = [one for one in SEATS if can_fill(kwargs["actor"], Seat(one[0]))]
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]
        self.fields["network"].queryset = open_networks()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Insist on one place."""
        cleaned = super().clean() or {}
        places = [cleaned.get(noun) for noun in ("school", "unit", "network")]
        if sum(place is not None for place in places) > 1:
            msg = "Choose one place: a school, a unit or a network."
            raise ValidationError(msg)
        return cleaned

    def wanted(self, *, reports_to: Post | None) -> Appointment:
        """Return the appointment that was filled in."""
        asked = self.cleaned_data
        seat = Seat(asked["seat"])
        return Appointment(
            asked["person"],
            seat,
            asked["school"] or asked["unit"] or asked["network"],
            asked["start"],
            until=asked["until"],
            title=asked["title"],
            capacity=Capacity(asked["capacity"]),
            is_shared=asked["is_shared"],
            reports_to=reports_to,
            position_number=asked["position_number"],
            fte=asked["fte"],
        )


class EndPost(forms.Form):
    on = day_field("First day without them")
    leaves_vacancy = forms.BooleanField(
        label="The seat is vacant then, and is to be filled",
        required=False,
        initial=True,
    )


class Transfer(AskedForm):
    to = Pick(
        label="To which ILD",
        kind=EntryKind.PERSON,
        required=False,
        help_text="Empty leaves the schools without one.",
    )
    start = day_field("From which day")


class Delegate(AskedForm):
    delegate = Pick(label="Who may act", kind=EntryKind.PERSON)
    purpose = forms.CharField(
        label="For what",
        max_length=200,
        required=False,
        help_text="Such as “keeps the school's profile”.",
    )
    start_date = day_field("From which day")
    end_date = day_field("Until which day", required=False)


class ProposeMerge(AskedForm):
    kept = Pick(label="The row to keep", kind=EntryKind.PERSON)
    other = Pick(label="The second row of this person", kind=EntryKind.PERSON)
    reason = forms.CharField(
        label="Why they are one person",
        max_length=200,
        help_text="Such as “same e-mail before the name changed”.",
    )
