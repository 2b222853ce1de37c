"""What is filled in about school years, terms and days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from schoolward.district.actions import DayMark, TermPlan, YearPlan
from schoolward.district.domain import ProposedDay
from schoolward.district.forms.picking import AskedForm, Pick
from schoolward.district.forms.places import day_field
from schoolward.district.models import DayKind, EntryKind
from schoolward.kernel.schoolyear import SchoolYear, SchoolYearError


TERMS = 6
"""How many terms a form offers."""
LONGEST = 60
"""How many days one entry may span."""


class TermLine(forms.Form):
    name = forms.CharField(label="Term", max_length=80, required=False)
    first = day_field("First day", required=False)
    last = day_field("Last day", required=False)

    def clean(self) -> dict[str, Any]:
        """Insist on the whole line or nothing."""
        cleaned = super().clean() or {}
        given = [bool(cleaned.get(word)) for word in ("name", "first", "last")]
        if any(given) and not all(given) and not self.errors:
            msg = "Write the name, the first and the last day of the term, or nothing."
            raise ValidationError(msg)
        return cleaned

    @property
    def plan(self) -> TermPlan | None:
        """Return the term; None when the line is empty."""
        asked = self.cleaned_data
        if not asked.get("name"):
            return None
        return TermPlan(asked["name"], asked["first"], asked["last"])


TermLines = forms.formset_factory(TermLine, extra=0, max_num=TERMS)


class DayLine(forms.Form):
    """A proposed day: kept when ticked."""

    keep = forms.BooleanField(label="Take over", required=False)
    day = day_field("Day")
    name = forms.CharField(label="Name", max_length=120, required=False)
    kind = forms.ChoiceField(label="Kind", choices=DayKind.choices)
    office_is_open = forms.BooleanField(label="Office open", required=False)

    @property
    def proposed(self) -> ProposedDay | None:
        """Return the day; None when it is not taken over."""
        asked = self.cleaned_data
        if not asked.get("keep"):
            return None
        return ProposedDay(
            asked["day"], asked["kind"], asked["name"], asked["office_is_open"]
        )


DayLines = forms.formset_factory(DayLine, extra=0, max_num=200)


class Year(forms.Form):
    year = forms.CharField(
        label="School year", max_length=20, help_text="Such as 2027-28."
    )
    first = day_field("First instructional day")
    last = day_field("Last instructional day")

    def clean_year(self) -> int:
        """Return the calendar year in which the school year starts."""
        try:
            return SchoolYear.parse(self.cleaned_data["year"]).start
        except SchoolYearError as problem:
            raise ValidationError(str(problem)) from problem

    def plan(
        self,
        *,
        terms: Sequence[TermPlan | None],
        days: Sequence[ProposedDay | None] = (),
    ) -> YearPlan:
        """Return the year that was filled in."""
        asked = self.cleaned_data
        return YearPlan(
            asked["year"],
            asked["first"],
            asked["last"],
            terms=[one for one in terms if one],
            days=[one for one in days if one],
        )


class Days(AskedForm):
    first = day_field("Day")
    last = day_field("Up to and with", required=False, hint="Empty for a single day.")
    kind = forms.ChoiceField(label="What it is", choices=DayKind.choices)
    name = forms.CharField(
        label="Name", max_length=120, required=False, help_text="Such as Winter break."
    )
    office_is_open = forms.BooleanField(
        label="The central office is open", required=False
    )
    school = Pick(
        label="Only for one school",
        kind=EntryKind.SCHOOL,
        required=False,
        help_text="Empty: for every school.",
    )

    def clean(self) -> dict[str, Any]:
        """Insist on days in order, and not too many."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last <= first + timedelta(days=LONGEST):
            msg = f"The last day must follow the first, at most {LONGEST} days later."
            raise ValidationError(msg)
        return cleaned

    @property
    def days(self) -> list[date]:
        """Return the days; weekends within a longer span stay weekends."""
        first = self.cleaned_data["first"]
        last = self.cleaned_data["last"] or first
        span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return span if len(span) == 1 else [day for day in span if day.weekday() < 5]

    @property
    def mark(self) -> DayMark:
        """Return what the days are to be."""
        asked = self.cleaned_data
        return DayMark(
            asked["kind"], asked["name"], asked["office_is_open"], asked["school"]
        )
