"""Choosing one person or school out of very many: by name, with likely ones offered."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schoolward.district.models import EntryKind, Person, School
from schoolward.district.search import Hit, search
from schoolward.kernel.actor import Actor


OFFERED = 8
_NUMBERED = re.compile(r"#(\d+)\s*$")
_NOUNS = {EntryKind.PERSON: "person", EntryKind.SCHOOL: "school"}


def written(row: Person | School) -> str:
    """Return a row as a field shows it: its name and its number."""
    return f"{row} #{row.pk}"


def options(hits: tuple[Hit, ...]) -> SafeString:
    """Return likely rows as the options of a list a browser shows under a field."""
    pairs = ((f"{hit.name} #{hit.pk}", hit.note) for hit in hits)
    return format_html_join("", '<option value="{}">{}</option>', pairs)


class Picker(forms.TextInput):
    """A text field under which likely names appear while one types."""

    kind: EntryKind = EntryKind.PERSON

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Draw the field with its list, which the page fills as one types."""
        marks = attrs or {}
        listed = f"{marks.get('id', name)}-names"
        asks = reverse("district:pick", args=[self.kind])
        marks |= {
            "list": listed,
            "autocomplete": "off",
            "hx-get": f"{asks}?field={name}",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{listed}",
        }
        drawn = super().render(name, value, marks, renderer)
        return format_html('{}<datalist id="{}"></datalist>', drawn, listed)


class Pick(forms.CharField):
    """A field that takes a name or a number such as #12, and gives the row."""

    widget = Picker

    def __init__(self, *, kind: EntryKind, **options: Any) -> None:
        """Choose rows of one kind.

        Args:
            kind: People or schools.
            options: Whatever a text field takes.
        """
        super().__init__(**options)
        self.kind = kind
        self.widget.kind = kind
        self.actor: Actor | None = None

    def prepare_value(self, value: Any) -> Any:
        """Show a row by its name and number."""
        return written(value) if isinstance(value, Person | School) else value

    def clean(self, value: Any) -> Person | School | None:
        """Return the row that was meant.

        Raises:
            ValidationError: Nobody is called so, or several are.
        """
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        if numbered := _NUMBERED.search(text):
            return self._row(int(numbered[1]))
        return self._named(text)

    def _row(self, pk: int) -> Person | School:
        rows: Any = Person if self.kind == EntryKind.PERSON else School
        found: Person | School | None = (
            rows.objects.visible_to(self._asker).filter(pk=pk).first()
        )
        if found is None:
            msg = f"There is no {_NOUNS[self.kind]} with the number {pk}."
            raise ValidationError(msg)
        return found

    def _named(self, text: str) -> Person | School:
        hits = search(self._asker, text, kinds=[self.kind], limit=OFFERED)
        same = [hit for hit in hits if hit.name.casefold() == text.casefold()]
        if len(same) == 1:
            return self._row(same[0].pk)
        if not hits:
            msg = f"No {_NOUNS[self.kind]} is called “{text}”. Check the spelling."
            raise ValidationError(msg)
        likely = "; ".join(f"{hit.name} #{hit.pk} ({hit.note})" for hit in hits)
        msg = f"Write the number of the one you mean, such as #{hits[0].pk}: {likely}"
        raise ValidationError(msg)

    @property
    def _asker(self) -> Actor:
        if self.actor is None:
            msg = "The form was not told who asks."
            raise RuntimeError(msg)
        return self.actor


class AskedForm(forms.Form):
    """A form that knows who fills it in, so that its pickers see what they may."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Tell every picker who asks."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Pick):
                field.actor = actor
