"""What is filled in about schools, networks and units."""

from typing import Any
from zoneinfo import available_timezones

from django import forms

from schoolward.district.forms.picking import AskedForm, Pick
from schoolward.district.models import EntryKind, Level, Network, Unit
from schoolward.ui.widgets import Day, Search


REASON = "the choices of a form that only those who keep the records see"


def day_field(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        widget=Day,
        help_text=hint,
        error_messages={"invalid": "Write the day such as 2027-07-01."},
    )


def open_networks() -> Any:
    """Return the networks to choose from."""
    return (
        Network.objects.unscoped(reason=REASON).filter(close_date=None).order_by("name")
    )


def open_units() -> Any:
    """Return the units to choose from."""
    return Unit.objects.unscoped(reason=REASON).filter(close_date=None).order_by("name")


class SchoolFilter(forms.Form):
    q = forms.CharField(label="Name", required=False, widget=Search)
    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "Any level"), *Level.choices]
    )
    closed = forms.BooleanField(label="With closed schools", required=False)


class SchoolFacts(forms.Form):
    short_name = forms.CharField(label="Short name", max_length=120, required=False)
    level = forms.ChoiceField(label="Level", choices=Level.choices)
    grades = forms.CharField(
        label="Grades", max_length=80, required=False, help_text="Such as PK–5."
    )
    category = forms.CharField(label="Category", max_length=80, required=False)
    address = forms.CharField(label="Street", max_length=200, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    state = forms.CharField(label="State", max_length=40, required=False)
    postal_code = forms.CharField(label="ZIP code", max_length=12, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    website = forms.URLField(
        label="Website", max_length=300, required=False, assume_scheme="https"
    )
    open_date = day_field("First day", required=False, hint="Empty when nobody knows.")


class NewSchool(SchoolFacts):
    name = forms.CharField(label="Name", max_length=200)

    field_order = ["name"]


class Rename(forms.Form):
    name = forms.CharField(label="New name", max_length=200)
    on = day_field("From which day", hint="Today or an earlier day.")


class OnDay(forms.Form):
    on = day_field("From which day")


class MergeInto(AskedForm):
    into = Pick(label="Into which school", kind=EntryKind.SCHOOL)
    on = day_field("From which day")


class MoveSchool(forms.Form):
    network = forms.ModelChoiceField(
        queryset=Network.objects.none(),
        label="Network",
        required=False,
        empty_label="No network",
    )
    start = day_field("From which day", hint="A day in the past splits what stands.")
    until = day_field(
        "Until which day",
        required=False,
        hint="From this day on, what stood before holds again. Empty: up to the next "
        "recorded move.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = open_networks()  # type: ignore[attr-defined]


class Supervise(AskedForm):
    person = Pick(
        label="ILD",
        kind=EntryKind.PERSON,
        required=False,
        help_text="Empty leaves the school without one.",
    )
    start = day_field("From which day")


class NetworkFacts(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    focus = forms.CharField(label="Focus", max_length=200, required=False)
    supervised = forms.BooleanField(
        label="An ILD supervises its principals",
        required=False,
        help_text="Leave it empty for a mere grouping, such as Charter.",
    )


class UnitFacts(forms.Form):
    name = forms.CharField(label="Name", max_length=160)
    parent = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="Part of",
        required=False,
        empty_label="No other unit",
    )
    purpose = forms.CharField(
        label="What it does for schools", max_length=300, required=False
    )
    email = forms.EmailField(label="E-mail", required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)

    def __init__(self, *args: Any, but: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = open_units().exclude(pk=but)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]


class Assign(AskedForm):
    person = Pick(label="Who", kind=EntryKind.PERSON)
    school = Pick(label="Serves which school", kind=EntryKind.SCHOOL)
    start = day_field("From which day")


class SourceFacts(AskedForm):
    name = forms.CharField(label="Name", max_length=200)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="Unit that answers for it",
        required=False,
        empty_label="No unit yet",
    )
    steward = Pick(
        label="Steward",
        kind=EntryKind.PERSON,
        required=False,
        help_text="Gets every report that one of its facts is wrong.",
    )
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]


class NewSource(SourceFacts):
    key = forms.SlugField(
        label="Key", max_length=80, help_text="A short word, such as state-files."
    )

    field_order = ["key"]


class DistrictSettings(forms.Form):
    name = forms.CharField(label="Name of the district", max_length=200)
    time_zone = forms.ChoiceField(label="Time zone")
    is_small = forms.BooleanField(
        label="Small district",
        required=False,
        help_text="A superintendent, chief or principal may be an ILD too.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
