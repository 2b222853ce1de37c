"""What the lists of this room can be narrowed by."""

from collections.abc import Sequence

from django import forms

from schoolward.district.models import Level
from schoolward.kernel.seats import Seat
from schoolward.ui.widgets import Search


Choices = Sequence[tuple[str, str]]


class SchoolFilter(forms.Form):
    """Which schools to list."""

    q = forms.CharField(
        label="Name",
        required=False,
        max_length=80,
        widget=Search(attrs={"placeholder": "Name"}),
        strip=True,
    )
    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "Any level"), *Level.choices]
    )
    network = forms.ChoiceField(label="Network", required=False)
    ild = forms.ChoiceField(label="ILD", required=False)

    def __init__(self, asked: object, *, networks: Choices, ilds: Choices) -> None:
        """Offer the networks and ILDs of today."""
        super().__init__(asked)  # type: ignore[arg-type]
        self._offer("network", [("", "Any network"), *networks])
        self._offer("ild", [("", "Any ILD"), *ilds])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(choices)


class PeopleFilter(forms.Form):
    """Which people to list."""

    q = forms.CharField(
        label="Name",
        required=False,
        max_length=80,
        widget=Search(attrs={"placeholder": "Name"}),
        strip=True,
    )
    seat = forms.ChoiceField(
        label="Seat",
        required=False,
        choices=[("", "Any seat"), *((seat.value, seat.label) for seat in Seat)],
    )
    unit = forms.ChoiceField(label="Unit", required=False)

    def __init__(self, asked: object, *, units: Choices) -> None:
        """Offer the units of today."""
        super().__init__(asked)  # type: ignore[arg-type]
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "Any unit"), *units]
