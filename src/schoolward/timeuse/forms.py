"""What the owner of a calendar fills in."""

from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile

from schoolward.timeuse.domain.categories import Category, Principals, Rule
from schoolward.timeuse.domain.lines import MOST_BYTES
from schoolward.timeuse.domain.period import PeriodError, window_of
from schoolward.timeuse.domain.shapes import Window
from schoolward.ui.widgets import Day, Upload


class Bring(forms.Form):
    """A calendar file, and of which days."""

    file = forms.FileField(
        label="Calendar file",
        widget=Upload(accept=".ics,text/calendar"),
        error_messages={"required": "Choose the .ics file of your calendar."},
    )
    name = forms.CharField(
        label="Which of your calendars is it?",
        max_length=120,
        initial="My calendar",
        help_text="A file under the same name refreshes what was loaded before.",
        error_messages={"required": "Give the calendar a name, such as My calendar."},
    )
    first = forms.DateField(label="From", required=False, widget=Day())
    last = forms.DateField(
        label="Up to and with",
        required=False,
        widget=Day(),
        help_text="Leave both empty for last school year and this one. If you choose both, "
        "meetings of these days that are not in the file any more are taken out.",
    )

    window: Window

    def __init__(self, *args: Any, today: date, zone: ZoneInfo, **kwargs: Any) -> None:
        """Know the day and the district's clocks."""
        super().__init__(*args, **kwargs)
        self.today, self.zone = today, zone

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before it is read."""
        upload = cast("UploadedFile", self.cleaned_data["file"])
        if (upload.size or 0) > MOST_BYTES:
            msg = (
                f"The file is larger than {MOST_BYTES // 1_000_000} MB. Export a shorter "
                "time, such as one school year."
            )
            raise forms.ValidationError(msg)
        return upload

    def clean(self) -> dict[str, Any]:
        """Find the days asked for."""
        cleaned = super().clean() or {}
        try:
            self.window = window_of(
                cleaned.get("first"),
                cleaned.get("last"),
                today=self.today,
                zone=self.zone,
            )
        except PeriodError as problem:
            self.add_error("last", str(problem))
        return cleaned

    @property
    def is_whole(self) -> bool:
        """Return whether both days were chosen."""
        return bool(self.cleaned_data.get("first") and self.cleaned_data.get("last"))


class Sort(forms.Form):
    """What an event was for, and whether that holds for all called like it."""

    category = forms.ChoiceField(choices=[(one.value, one.label) for one in Category])
    always = forms.BooleanField(required=False)

    @property
    def category_chosen(self) -> Category:
        """Return the category."""
        return Category(self.cleaned_data["category"])


ASKED = [
    (Principals.ANY.value, "It does not matter"),
    (Principals.NONE.value, "None"),
    (Principals.SOME.value, "At least one"),
    (Principals.ONE.value, "Exactly one"),
    (Principals.SEVERAL.value, "Three or more"),
]


class SharedRule(forms.Form):
    """A rule by which the district sorts events."""

    name = forms.CharField(label="Name", max_length=80)
    position = forms.IntegerField(
        label="Place in the order",
        min_value=0,
        max_value=100_000,
        help_text="The first rule that fits decides. Shipped rules stand at 10, 20, 30 …",
    )
    category = forms.ChoiceField(
        label="Where it puts an event",
        choices=[(one.value, one.label) for one in Category],
    )
    words = forms.CharField(
        label="One of these words stands in the title",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Separated by commas. A star goes on: walk* finds walkthrough. Empty: "
        "the title does not matter.",
    )
    principals = forms.ChoiceField(
        label="How many of the owner’s own principals are invited", choices=ASKED
    )
    at_school = forms.BooleanField(
        label="Only where place or title names a school of theirs", required=False
    )
    from_unit = forms.BooleanField(
        label="Only when a central unit called it", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a rule that would take in everything."""
        cleaned = super().clean() or {}
        says = (
            self._words(),
            cleaned.get("principals") != Principals.ANY.value,
            cleaned.get("at_school"),
            cleaned.get("from_unit"),
        )
        if not any(says):
            msg = "Say at least one thing by which the rule knows an event."
            self.add_error("words", msg)
        return cleaned

    def _words(self) -> tuple[str, ...]:
        parts = str(self.cleaned_data.get("words") or "").split(",")
        return tuple(" ".join(part.split()) for part in parts if part.strip())

    @property
    def rule(self) -> Rule:
        """Return the rule as written."""
        given = self.cleaned_data
        return Rule(
            name=given["name"],
            category=Category(given["category"]),
            words=self._words(),
            principals=Principals(given["principals"]),
            at_school=given["at_school"],
            from_unit=given["from_unit"],
        )
