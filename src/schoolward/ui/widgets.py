"""Controls that Django's forms need and the browser has: a day, a file, a search."""

from typing import Any

from django import forms


class Day(forms.DateInput):
    """A day, by the browser's own calendar; typed days work too."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Write days as the browser wants them."""
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class Upload(forms.FileInput):
    """A file to send; `accept` names what the file picker offers first."""

    def __init__(
        self, *, accept: str = "", attrs: dict[str, Any] | None = None
    ) -> None:
        """Keep what kinds of file are offered."""
        offered = {"accept": accept} if accept else {}
        super().__init__(attrs={**offered, **(attrs or {})})


class Search(forms.TextInput):
    """Words to look for."""

    input_type = "search"
