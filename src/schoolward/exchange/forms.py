"""What an analyst fills in: a file, its columns, a map, an answer."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from schoolward.exchange.choices import BUNDLES
from schoolward.exchange.domain import MapError, Target
from schoolward.exchange.fields import FIELDS
from schoolward.exchange.likeness import Proposal
from schoolward.exchange.map_format import read_map
from schoolward.exchange.map_writing import ChosenIndicator, Draft
from schoolward.exchange.oneroster import principals
from schoolward.exchange.oneroster.principals import ASSISTANTS, PRINCIPALS, REST
from schoolward.exchange.values import YearSpelling
from schoolward.ui.widgets import Day, Upload


TARGETS = [
    ("schools", "Schools"),
    ("people", "People and their posts"),
    ("indicators", "Values of indicators"),
    ("school-calendar", "School calendar"),
    ("oneroster", "OneRoster bundle"),
    ("edfi", "Ed-Fi interchanges"),
]
PROPOSE = ("", "Propose columns for me")
_ACCEPTED = ".csv,.tsv,.txt,.gz,.xlsx,.xls,.ods,.zip,.xml"


class New(forms.Form):
    """A file or pasted cells, and what they hold."""

    target = forms.ChoiceField(
        label="What does it hold?", choices=TARGETS, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="File",
        required=False,
        widget=Upload(accept=_ACCEPTED),
        help_text="A spreadsheet, a CSV file (also zipped), a OneRoster zip or Ed-Fi XML.",
    )
    text = forms.CharField(
        label="Or paste cells from a spreadsheet, headings first",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    map = forms.ChoiceField(label="Which columns mean what", required=False)
    as_of = forms.DateField(
        label="From which day is it true?",
        required=False,
        widget=Day(),
        help_text="Leave it empty to take July 1 of the school year the file names.",
    )
    crosswalk = forms.FileField(
        label="Crosswalk",
        required=False,
        widget=Upload(accept=".csv,.gz,.xlsx"),
        help_text="Only when the file names schools by other numbers: a second file that "
        "matches those numbers to the schools.",
    )

    def __init__(self, *args: Any, maps: Mapping[str, str], **kwargs: Any) -> None:
        """Offer the maps there are: their target by their name."""
        super().__init__(*args, **kwargs)
        self.maps = maps
        offered = [(name, f"{name} ({target})") for name, target in maps.items()]
        field = cast("forms.ChoiceField", self.fields["map"])
        field.choices = [PROPOSE, *offered]

    def clean(self) -> dict[str, Any]:
        """Insist on one of file and text, and on a map of the target."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("file")) == bool((cleaned.get("text") or "").strip()):
            self.add_error("file", "Choose a file or paste cells: one of the two.")
        target = cleaned.get("target")
        if cleaned.get("map"):
            self._check_map(str(cleaned["map"]), target)
        if target in BUNDLES and not cleaned.get("file"):
            self.add_error("file", "Choose the bundle; it cannot be pasted.")
        return cleaned

    def _check_map(self, name: str, target: str | None) -> None:
        if target in BUNDLES:
            self.add_error(
                "map", "OneRoster and Ed-Fi need no map. Choose the first entry."
            )
        elif target and self.maps[name] != target:
            msg = f"This map is for {self.maps[name]}. Choose one for {target}."
            self.add_error("map", msg)

    @property
    def upload(self) -> UploadedFile | None:
        """Return the file that was sent."""
        return cast("UploadedFile | None", self.cleaned_data.get("file"))


VALUES = [
    ("value:share:percent", "Indicator: share, written as percent"),
    ("value:share:number", "Indicator: share from 0 to 1"),
    ("value:count:number", "Indicator: count"),
    ("value:mean:number", "Indicator: mean or score"),
    ("value:days:number", "Indicator: days"),
    ("value:per_100:number", "Indicator: per 100"),
]
LEFT_OUT = ("", "Leave out")


class Columns(forms.Form):
    """Which column fills which field; a proposal stands in each."""

    name = forms.SlugField(
        label="Save the map as",
        required=False,
        max_length=80,
        help_text="Lower-case words and hyphens, such as our-schools. Empty: not saved.",
    )
    complete = forms.BooleanField(
        label="The file lists everything: what it lacks has ended", required=False
    )

    def __init__(
        self,
        *args: Any,
        target: Target,
        proposals: Sequence[Proposal],
        sample: Mapping[str, Sequence[str]],
        **kwargs: Any,
    ) -> None:
        """Make one choice for each column, and the options that the target has."""
        super().__init__(*args, **kwargs)
        self.target = target
        self.headings = [one.heading for one in proposals]
        offered = [(one.name, one.label) for one in FIELDS[target]]
        if target is Target.INDICATORS:
            offered += VALUES
        for place, one in enumerate(proposals):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=one.heading,
                required=False,
                choices=[LEFT_OUT, *offered],
                initial=one.field,
                help_text=_shown(one, sample.get(one.heading, ())),
            )
        self._add_options()

    def _add_options(self) -> None:
        if self.target is Target.PEOPLE:
            self.fields["verified_emails"] = forms.BooleanField(
                label="The district vouches for the e-mail addresses", required=False
            )
        if self.target is Target.SCHOOLS:
            self.fields["unsupervised"] = forms.CharField(
                label="Labels that are no supervisor's network",
                required=False,
                help_text="Separated by commas, such as Charter, Options.",
            )
        if self.target is Target.INDICATORS:
            self.fields["spelling"] = forms.ChoiceField(
                label="A year such as 2018 is",
                choices=[
                    ("ending-year", "the year in which the school year ends"),
                    ("starting-year", "the year in which the school year starts"),
                    ("school-year", "never written: years look like 2018-19"),
                ],
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """Return the choice for each column, in the file's order."""
        return [self[f"column_{place}"] for place in range(len(self.headings))]

    @property
    def options(self) -> list[forms.BoundField]:
        """Return the other fields."""
        return [one for one in self if not one.name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        """Insist on what each row needs, and on each field once."""
        cleaned = super().clean() or {}
        chosen = [
            cleaned.get(f"column_{place}") or "" for place in range(len(self.headings))
        ]
        fields = [one for one in chosen if one and not one.startswith("value:")]
        labels = {one.name: one.label for one in FIELDS[self.target]}
        for name in sorted({one for one in fields if fields.count(one) > 1}):
            self.add_error(
                None, f"Two columns fill “{labels[name]}”. Choose one of them."
            )
        for field in FIELDS[self.target]:
            if field.required and field.name not in fields:
                self.add_error(None, f"Say which column is “{field.label}”.")
        return cleaned

    def draft(self, *, fallback: str) -> Draft:
        """Return the map as it was chosen."""
        data = self.cleaned_data
        chosen = {
            heading: data[f"column_{place}"]
            for place, heading in enumerate(self.headings)
            if data[f"column_{place}"]
        }
        columns = {
            one: name for one, name in chosen.items() if not name.startswith("value:")
        }
        return Draft(
            name=data["name"] or fallback,
            target=self.target,
            columns=columns,
            complete=data["complete"],
            verified_emails=data.get("verified_emails", False),
            unsupervised=_words(data.get("unsupervised", "")),
            spelling=YearSpelling(data.get("spelling") or "school-year"),
            each_row="school_year" in columns.values(),
            indicators=[
                _indicator(one, name)
                for one, name in chosen.items()
                if name.startswith("value:")
            ],
        )


def _shown(proposal: Proposal, cells: Sequence[str]) -> str:
    """Return some cells, and how sure the proposal is."""
    some = ", ".join(list(dict.fromkeys(one for one in cells if one))[:3])
    if not some:
        return "Every cell is empty."
    if not proposal.field:
        return f"Such as {some[:120]}"
    return f"Such as {some[:120]} · {proposal.confidence:.0%} alike"


def _words(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _indicator(heading: str, choice: str) -> ChosenIndicator:
    _, unit, written = choice.split(":")
    return ChosenIndicator(heading=heading, unit=unit, percent=written == "percent")


class MapText(forms.Form):
    """A map as it is written."""

    name = forms.SlugField(label="Name", max_length=80)
    text = forms.CharField(
        label="The map",
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 24, "spellcheck": "false", "class": "sw-input--code"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Read the map, and say which entry cannot be followed."""
        cleaned = super().clean() or {}
        if cleaned.get("text") and cleaned.get("name"):
            try:
                read_map(cleaned["text"], name=cleaned["name"])
            except MapError as problem:
                self.add_error("text", str(problem))
        return cleaned


SEATS = [
    (principals.Answer.PRINCIPAL.value, "Principal"),
    (principals.Answer.ASSISTANT_PRINCIPAL.value, "Assistant principal"),
    (principals.Answer.NEITHER.value, "Neither"),
]


class Answer(forms.Form):
    """The answer to what a file leaves open."""

    def __init__(self, *args: Any, question: Mapping[str, Any], **kwargs: Any) -> None:
        """Ask of each administrator who they are, or for the one answer."""
        super().__init__(*args, **kwargs)
        self.answer = str(question["answer"])
        self.people: dict[str, str] = {}
        if self.answer == PRINCIPALS:
            self.people = {
                f"person_{place}": one for place, one in enumerate(question["options"])
            }
            for name, one in self.people.items():
                self.fields[name] = forms.ChoiceField(
                    label=str(question["options"][one]),
                    choices=SEATS,
                    initial=principals.Answer.NEITHER.value,
                )
        elif self.answer == "as_of":
            self.fields["as_of"] = forms.DateField(
                label="From which day does the file hold?", widget=Day()
            )
        else:
            self.fields["answer"] = forms.CharField(label=self.answer, max_length=200)

    @property
    def answers(self) -> dict[str, str]:
        """Return the answers as the readers take them."""
        data = self.cleaned_data
        if not self.people:
            return {self.answer: str(data.get("as_of") or data.get("answer"))}
        seats = {one: data[name] for name, one in self.people.items()}
        return {
            PRINCIPALS: ",".join(
                one
                for one, seat in seats.items()
                if seat == principals.Answer.PRINCIPAL
            ),
            ASSISTANTS: ",".join(
                one
                for one, seat in seats.items()
                if seat == principals.Answer.ASSISTANT_PRINCIPAL
            ),
            REST: principals.Answer.NEITHER.value,
        }
