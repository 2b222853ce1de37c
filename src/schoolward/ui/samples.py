"""What the gallery's examples show: made-up schools, forms and values over time."""

from operator import itemgetter
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from schoolward.kernel.decision import no
from schoolward.ui.charts import Companion, Limits, Point, Trend
from schoolward.ui.tables import Cell, Column, Group, Hidden, Row, Sorting, Table
from schoolward.ui.tags.charts import Week, sparkline
from schoolward.ui.tags.words import Tone, pill
from schoolward.ui.widgets import Day, Upload


School = tuple[str, str, int, float, Tone, str]
SCHOOLS: tuple[School, ...] = (
    ("Bellwether Academy", "K–8", 655, 0.179, "bad", "Worse than usual"),
    ("Juniper Elementary", "PK–5", 388, 0.091, "good", "Better than usual"),
    ("Orchard Elementary", "PK–5", 412, 0.142, "bad", "Worse than usual"),
    ("Ridgeline High", "9–12", 1530, 0.138, "quiet", "Usual variation"),
)
YEARS = ("2018–19", "2019–20", "2020–21", "2021–22", "2022–23", "2023–24", "2024–25")
LIMITS = Limits(mean=0.12, lower=0.09, upper=0.15)


def steady() -> Trend:
    """Return values that stay within their limits."""
    values = (0.115, 0.125, 0.11, 0.13, 0.118, 0.122, 0.119)
    points = [Point(year, v, n=402) for year, v in zip(YEARS, values, strict=True)]
    return Trend(label="Chronic absence", points=points, decimals=1, limits=LIMITS)


def signaling() -> Trend:
    """Return values that leave their limits at the end."""
    values = (0.115, 0.125, 0.11, 0.13, 0.145, 0.162, 0.171)
    points = [Point(year, v, n=402) for year, v in zip(YEARS, values, strict=True)]
    return Trend(label="Chronic absence", points=points, decimals=1, limits=LIMITS)


def broken() -> Trend:
    """Return values with a missing year, a withheld one and a restated one."""
    points = [
        Point("2018–19", 0.44, n=61),
        Point("2019–20", None, note="No test that year"),
        Point("2020–21", None, hidden="Not shown: under 10 students"),
        Point("2021–22", 0.43, n=58),
        Point("2022–23", 0.45),
        Point("2023–24", 0.48, n=60),
        Point("2024–25", 0.47, n=61, was=0.44),
    ]
    beside = [
        Companion("Network 5", (0.46, None, 0.41, 0.42, 0.44, 0.45, 0.46)),
        Companion("District", (0.50, None, 0.45, 0.46, 0.47, 0.49, 0.50)),
    ]
    label = "Grade 3 reading at benchmark"
    return Trend(label=label, points=points, companions=beside, name="Orchard")


def table(asked: QueryDict) -> Table:
    """Return a table that sorts by school or by value."""
    sorting = Sorting.read(asked, allowed={"school", "absence"}, default="-absence")
    place = {"school": 0, "absence": 3}[sorting.by]
    found = sorted(SCHOOLS, key=itemgetter(place), reverse=sorting.descending)
    columns = [
        Column("School", sort="school"),
        Column("Grades"),
        Column("Students", number=True),
        Column("Chronic absence", sort="absence", number=True),
        Column("Signal"),
    ]
    small = Row(
        ["Newcomer program", "6–12", Hidden("n under 10"), Hidden("Not shown"), ""]
    )
    rows: list[Row | Group] = [_row(school) for school in found]
    return Table(
        label="Chronic absence by school",
        columns=columns,
        rows=[*rows, small],
        sorting=sorting,
    )


def _row(school: School) -> Row:
    name, grades, students, share, tone, signal = school
    status = pill(signal, tone=tone)
    return Row(
        [Cell(name, url="#table"), grades, students, f"{share:.1%}", status],
        mark="bad" if tone == "bad" else "",
    )


def scorecard() -> Table:
    """Return a table with groups, second lines, drawings and a sum."""
    columns = [
        Column("Indicator", width="30"),
        Column("Value"),
        Column("Natural limits", width="spark"),
        Column("Hours given", number=True),
    ]
    value = Cell("14.2%", aside="n 402", note="Above its limit twice")
    rows: list[Row | Group] = [
        Group("Students"),
        Row(
            [
                Cell("Chronic absence", note="Away 10% of days"),
                value,
                sparkline(signaling()),
                26,
            ]
        ),
        Group("Teaching"),
        Row([Cell("Grade 3 reading", note="Fall"), None, sparkline(broken()), 0]),
    ]
    foot = Row(["All indicators", "", "", 26])
    return Table(label="Scorecard", columns=columns, rows=rows, foot=foot)


def weeks(pattern: str) -> list[Week]:
    """Return school weeks from a pattern: | full, i short, . none, / closed."""
    kinds: dict[str, Any] = {"|": "full", "i": "short", ".": "none", "/": "closed"}
    return [Week(f"week {n}", kinds[mark]) for n, mark in enumerate(pattern, start=1)]


class Note(forms.Form):
    """A visit note, with every kind of field."""

    step = forms.CharField(label="Next step", help_text="One line; both of you see it.")
    day = forms.DateField(
        label="Day of the visit",
        widget=Day(),
        error_messages={"required": "Enter the day of the visit, such as 9/30/2026"},
    )
    rule = forms.ChoiceField(
        label="Rule cited",
        choices=[("", "Choose from the rule register"), ("r1", "Rule 4.2")],
        error_messages={"required": "Name the rule you cite, or answer “Yes”"},
    )
    led = forms.ChoiceField(
        label="Who led?",
        choices=[("p", "Principal"), ("b", "Both"), ("i", "ILD")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="What you saw",
        choices=[("t", "Teaching"), ("f", "Feedback"), ("s", "Schedule")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = forms.CharField(
        label="What you saw, in words", widget=forms.Textarea, required=False
    )
    file = forms.FileField(
        label="File from your system",
        help_text="CSV, Excel or OpenDocument, up to 200 MB.",
        widget=Upload(accept=".csv,.xlsx,.ods"),
        required=False,
    )
    share = forms.BooleanField(
        label="Show this note to the principal",
        help_text="You can take it back until they have read it.",
        required=False,
    )


class Which(forms.Form):
    """Which schools a list shows."""

    q = forms.CharField(
        label="School or principal",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "School or principal"}),
    )
    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "All levels"), ("e", "Elementary")]
    )


def samples(asked: QueryDict) -> dict[str, Any]:
    """Return what the examples' templates name."""
    wrong = {"bad-step": "Observe math", "bad-led": "p"}
    return {
        "steady": steady(),
        "signaling": signaling(),
        "broken": broken(),
        "trends": [steady(), broken(), signaling()],
        "table": table(asked),
        "scorecard": scorecard(),
        "page": Paginator(range(42), 5).get_page(asked.get("page", "2")),
        "kept_weeks": weeks("|||.||||i|||||"),
        "gap_weeks": weeks("|.|.|../||....."[:14]),
        "note": Note(prefix="note", initial={"led": "p"}),
        "wrong": Note(wrong, prefix="bad"),
        "which": Which(asked, prefix="which"),
        "refused": no(
            "Coaching notes belong to the principal and the ILD.",
            "You can see counts of visits, or ask one of the two to open a note to you.",
        ),
    }
