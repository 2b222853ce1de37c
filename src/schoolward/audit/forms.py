"""What a records officer fills in."""

from collections.abc import Iterator
from operator import itemgetter

from django import forms

from schoolward.audit.models import EventKind
from schoolward.audit.presenters import in_general
from schoolward.audit.queries import Sought, known_verbs
from schoolward.audit.retention import CLASSES


def _verbs() -> Iterator[tuple[str, str]]:
    return ((verb, in_general(verb)) for verb in known_verbs())


class Search(forms.Form):
    words = forms.CharField(label="Name of a person or thing", required=False)
    verb = forms.ChoiceField(label="What happened", required=False)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any kind"), *EventKind.choices]
    )
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    person_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    school_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", "Anything"), *sorted(_verbs(), key=itemgetter(1))]
        self.fields["verb"].choices = choices  # type: ignore[attr-defined]

    @property
    def sought(self) -> Sought:
        """Return what is looked for; nothing when the form has errors."""
        if not self.is_valid():
            return Sought()
        return Sought(**self.cleaned_data)


class Hold(forms.Form):
    reason = forms.CharField(
        label="Why must this be kept?",
        max_length=300,
        help_text="Name the case or request, such as “Request 2026-114”.",
    )
    person_id = forms.IntegerField(
        label="Person's number",
        required=False,
        min_value=1,
        help_text="It stands in the address of the person's page.",
    )
    school_id = forms.IntegerField(label="School's number", required=False, min_value=1)
    record_class = forms.ChoiceField(
        label="Whole class of records",
        required=False,
        choices=[
            ("", "No class as a whole"),
            *((key, one.name) for key, one in CLASSES.items()),
        ],
    )

    def clean(self) -> dict[str, object]:
        """Insist that the hold names something."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(k) for k in ("person_id", "school_id", "record_class")):
            msg = "Name a person, a school or a class of records to hold."
            raise forms.ValidationError(msg)
        return cleaned


class Period(forms.Form):
    years = forms.IntegerField(
        label="Years", min_value=0, max_value=200, help_text="0 keeps it for good."
    )
    authority = forms.CharField(
        label="Schedule it rests on",
        max_length=300,
        help_text="Such as “Local Schedule SD, series 1075-05”.",
    )
