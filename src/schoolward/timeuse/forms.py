"""What the owner of a calendar fills in."""

from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile

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
