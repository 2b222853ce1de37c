"""What is asked of whoever defines an indicator or looks for values."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from schoolward.district.models import Source
from schoolward.kernel.schoolyear import year_label
from schoolward.scorecards.domain import (
    LEAST_CELL,
    DefinitionError,
    Direction,
    IndicatorDraft,
    Subject,
    Unit,
    check_definition,
)
from schoolward.scorecards.models import Indicator


UNITS = [(unit.value, unit.label.capitalize()) for unit in Unit]
DIRECTIONS = [
    (Direction.HIGHER.value, "More is better"),
    (Direction.LOWER.value, "Less is better"),
    (Direction.NONE.value, "Neither is better"),
]
SUBJECTS = [
    (Subject.STUDENTS.value, "Students"),
    (Subject.ADULTS.value, "Adults, such as those who answer a survey"),
    (Subject.THINGS.value, "No people, such as buildings"),
]
RESERVED = frozenset({"define"})


class Look(forms.Form):
    """Look for indicators by word."""

    q = forms.CharField(label="Look for", required=False, max_length=80)


class Values(forms.Form):
    """Choose whose values are shown."""

    period = forms.ChoiceField(label="School year", required=False)
    group = forms.ChoiceField(label="Group", required=False)
    network_as = forms.ChoiceField(
        label="Networks",
        required=False,
        choices=[
            ("today", "Networks as they are now"),
            ("then", "Networks as they were then"),
        ],
    )

    def __init__(
        self, *args: Any, periods: Sequence[str], groups: Sequence[str], **kwargs: Any
    ) -> None:
        """Offer the periods, newest first, and the groups that have values."""
        super().__init__(*args, **kwargs)
        newest = [(one, year_label(one)) for one in reversed(periods)]
        self._choice("period").choices = newest
        self._choice("group").choices = [(one, one or "All groups") for one in groups]
        self.newest = newest[0][0] if newest else ""

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field

    @property
    def year_shown(self) -> str:
        """Return the school year that is chosen, as pages write it."""
        return year_label(self.chosen()[0])

    def chosen(self) -> tuple[str, str, str]:
        """Return period, group and network_as; what is not understood is left out."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return (
            given.get("period") or self.newest,
            given.get("group") or "",
            given.get("network_as") or "today",
        )


class Definition(forms.Form):
    """Say what an indicator is."""

    name = forms.CharField(max_length=160)
    key = forms.SlugField(
        label="Short name",
        max_length=80,
        required=False,
        help_text="For addresses and files; made from the name when left empty.",
    )
    question = forms.CharField(
        max_length=300, help_text="The question that a reader gets answered."
    )
    unit = forms.ChoiceField(label="Measured as", choices=UNITS)
    direction = forms.ChoiceField(label="Which way is better", choices=DIRECTIONS)
    formula = forms.CharField(
        max_length=500, required=False, help_text="What is divided by what, in words."
    )
    caveats = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What a reader must know before comparing.",
    )
    source = forms.ModelChoiceField(
        queryset=Source.objects.none(), required=False, empty_label="Not named"
    )
    subject = forms.ChoiceField(label="Who stands behind it", choices=SUBJECTS)
    minimum_cell = forms.IntegerField(
        label="Smallest group shown",
        min_value=LEAST_CELL,
        required=False,
        help_text="Empty means the district's own minimum.",
    )
    guards_extremes = forms.BooleanField(
        label="Show values near 0 and 100% as bounds",
        required=False,
        help_text="For shares of students: near none or all tells about nearly everyone.",
    )
    scale = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For ratings: one word a line, from low to high.",
    )
    ordinal_level = forms.CharField(
        label="Counted from",
        max_length=80,
        required=False,
        help_text="For ratings: networks show the share of schools from this word on.",
    )
    decimals = forms.IntegerField(min_value=0, max_value=6, initial=1)
    why = forms.CharField(
        label="Why it changes",
        max_length=300,
        help_text="Kept with the version, for those who compare years.",
    )

    def __init__(
        self,
        *args: Any,
        sources: Any,
        indicator: Indicator | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer sources; start from an indicator's present definition, if any."""
        self.indicator = indicator
        if indicator is not None:
            kwargs.setdefault("initial", _initial(indicator))
        super().__init__(*args, **kwargs)
        source = self.fields["source"]
        if isinstance(source, forms.ModelChoiceField):
            source.queryset = sources
        del self.fields["key" if indicator else "why"]

    def clean(self) -> dict[str, Any]:
        """Refuse a definition that contradicts itself."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        given["draft"] = draft = self._draft(given)
        if draft.key in RESERVED or not draft.key:
            self.add_error("key", "Choose another short name.")
        try:
            check_definition(draft)
        except DefinitionError as error:
            self.add_error(None, str(error))
        if self.indicator is None and self._is_taken(draft.key):
            self.add_error("key", "Another indicator has this short name.")
        return given

    def _is_taken(self, key: str) -> bool:
        rows = Indicator.objects.unscoped(reason="a short name is taken once")
        return rows.filter(key=key).exists()

    def _draft(self, given: dict[str, Any]) -> IndicatorDraft:
        words = [" ".join(line.split()) for line in given["scale"].splitlines()]
        key = self.indicator.key if self.indicator else given.get("key")
        return IndicatorDraft(
            key=key or slugify(given["name"])[:80],
            name=given["name"],
            question=given["question"],
            unit=Unit(given["unit"]),
            direction=Direction(given["direction"]),
            formula=given["formula"],
            caveats=given["caveats"],
            subject=Subject(given["subject"]),
            minimum_cell=given["minimum_cell"],
            scale=tuple(word for word in words if word),
            ordinal_level=given["ordinal_level"],
            decimals=given["decimals"],
            guards_extremes=given["guards_extremes"],
        )


def _initial(indicator: Indicator) -> dict[str, Any]:
    given = {
        name: getattr(indicator, name)
        for name in Definition.base_fields
        if hasattr(indicator, name)
    }
    return given | {"scale": "\n".join(indicator.scale)}


class Reason(forms.Form):
    """Say why an indicator is retired."""

    why = forms.CharField(label="Why it is retired", max_length=300)
