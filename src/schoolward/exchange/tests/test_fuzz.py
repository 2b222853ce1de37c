"""Whatever table or interchange comes, mapping it ends with rows or with a sentence."""

import gzip
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.exchange.choices import Choices
from schoolward.exchange.domain import (
    Aside,
    MapError,
    QuestionError,
    Record,
    Refusal,
    Target,
    UnreadableFileError,
)
from schoolward.exchange.edfi.entities import READ, WANTED
from schoolward.exchange.edfi.tests.interchanges import ED_FI
from schoolward.exchange.fields import FIELDS
from schoolward.exchange.map_choice import proposed_text
from schoolward.exchange.opening import opened
from schoolward.exchange.sheets.limits import Limits
from schoolward.exchange.sheets.read import Reading, open_sheet


REFUSALS = (UnreadableFileError, MapError, QuestionError)
TODAY, LIMITS = date(2026, 11, 19), Limits()
bounded = settings(
    max_examples=100,
    deadline=timedelta(seconds=20),
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
labels = sorted({field.label for fields in FIELDS.values() for field in fields})
headings = st.one_of(
    st.sampled_from(labels),
    st.sampled_from(["School ID", "School Name", "Name", "Date", "Value", "Year", "%"]),
    st.text(max_size=12),
)
cells = st.one_of(
    st.sampled_from(
        [
            *("=1+1", "=HYPERLINK(0)", "@SUM(A1)", "+1", "-", "1", "007", "1e999"),
            *("nan", "12.5%", "< 5", "s", "*", "2018-19", "13/45/2018", "2018-07-01"),
            *(
                "9999-12-31",
                "0001-01-01",
                "ana@x.org",
                "VACANT",
                "true",
                "\x00",
                "\x1a",
            ),
            *('"', "a\nb", "１２", "٣", "½", "\u202e", "x" * 500, "9" * 40),
        ]
    ),
    st.text(max_size=10),
)
wrappings = st.tuples(
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
tables = st.lists(st.lists(cells, max_size=9), max_size=6)


def items_of(choices):
    with opened(choices, today=TODAY, limits=LIMITS) as delivery:
        return list(delivery.items)


def end_in_rows_or_a_sentence(path, target, *, map_text=None, as_of=None):
    try:
        text = map_text or proposed_text(path, target, name=path.name, limits=LIMITS)
        found = items_of(
            Choices(
                target=str(target),
                path=path,
                name=path.name,
                map_text=text,
                as_of=as_of,
            )
        )
    except REFUSALS as problem:
        assert str(problem).endswith((".", "?"))  # noqa: PT017
        return
    assert all(isinstance(one, Record | Refusal | Aside) for one in found)
    for one in found:
        if isinstance(one, Refusal):
            assert one.reason.endswith(".")
            assert one.remedy.endswith(".")


@bounded
@given(
    target=st.sampled_from(sorted(FIELDS)),
    head=st.lists(headings, min_size=1, max_size=9),
    body=tables,
    wrapping=wrappings,
    as_of=st.sampled_from([None, date(2018, 7, 1)]),
)
def test_any_table_is_mapped_by_likeness_or_refused_in_a_sentence(
    tmp_path, target, head, body, wrapping, as_of
):
    delimiter, encoding, end, packed = wrapping
    text = end.join(delimiter.join(row) for row in [head, *body])
    content = text.encode(encoding, errors="replace")
    path = tmp_path / "fuzz_2018-19.csv"
    path.write_bytes(gzip.compress(content) if packed else content)

    end_in_rows_or_a_sentence(path, Target(target), as_of=as_of)


MAPS = {
    Target.SCHOOLS: 'columns = { ID = "school_id", Name = "name", C = ["level", "open_date"'
    ', "latitude", "phone", "website"] }',
    Target.PEOPLE: 'columns = { ID = "person_id", Name = "name", C = ["title", "fte", '
    '"email", "start_date", "end_date", "is_vacant", "seat"] }',
    Target.INDICATORS: 'columns = { ID = "school_id" }\nyear = { column = "Name", '
    'each_row = true }\n[[indicators]]\nkey = "a"\nname = "A"\nunit = "share"\n'
    'column = "C"\nwritten_as = "percent"\nn = "D"\nnumerator = "E"\ndenominator = "D"',
    Target.CALENDAR: 'columns = { ID = "day", Name = "day_kind", C = ["last_day", "name"] }',
}


@bounded
@given(target=st.sampled_from(sorted(MAPS)), body=tables)
def test_any_cells_under_a_map_are_rows_or_refusals(tmp_path, target, body):
    path = tmp_path / "fuzz_2018-19.csv"
    lines = ["ID,Name,C,D,E", *(",".join(row) for row in body)]
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace", newline="")

    map_text = f'target = "{target}"\n{MAPS[target]}'
    end_in_rows_or_a_sentence(path, Target(target), map_text=map_text)


numbers = st.floats(allow_nan=False, allow_infinity=False)
days = st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1))
typed = st.one_of(st.text(max_size=8), numbers, days, st.booleans(), st.none())


@bounded
@given(st.lists(st.lists(typed, max_size=6), max_size=6), numbers)
def test_any_workbook_is_read_as_text_and_its_formulas_as_what_they_gave(
    tmp_path, rows, result
):
    path = tmp_path / "fuzz.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Name", "Total", "More"])
        page.write_formula(1, 1, "=SUM(A1:A9)", None, result)
        for place, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(place, column, cell)
                elif cell is not None:
                    page.write(place, column, cell)

    with open_sheet(path, reading=Reading(header_row=1)) as sheet:
        found = list(sheet.rows)
    assert float(found[0].values["Total"]) == pytest.approx(result)
    assert all(isinstance(v, str) for row in found for v in row.values.values())


words = st.sampled_from(
    [
        *("1", "11", "Principal", "2026-09-01", "2026-99-99", "soon", "North", "ID_1"),
        *("uri://ed-fi.org/StaffClassificationDescriptor#Principal", "#", "&amp;", ""),
        *("2026-2027", "1e400", "true", "Closed", "a@b.org", "x" * 300),
    ]
)
leaves = st.builds(
    "<{0}>{1}</{0}>".format, st.sampled_from(sorted(WANTED)), words
) | st.builds('<{0} ref="{1}"/>'.format, st.sampled_from(sorted(WANTED)), st.just("I"))
branches = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(sorted(WANTED)),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)
wholes = st.builds(
    lambda tag, parts: f'<{tag} id="I">{"".join(parts)}</{tag}>',
    st.sampled_from(sorted(READ)),
    st.lists(branches, max_size=8),
)


@pytest.mark.django_db
@bounded
@given(
    organization=st.lists(wholes, max_size=5),
    staff=st.lists(wholes, max_size=5),
    calendar=st.lists(wholes, max_size=5),
)
def test_any_interchanges_are_items_or_refused_in_a_sentence(
    tmp_path, organization, staff, calendar
):
    for name, parts in (
        ("EducationOrganization", organization),
        ("StaffAssociation", staff),
        ("EducationOrgCalendar", calendar),
    ):
        text = f"<Interchange{name} {ED_FI}>{''.join(parts)}</Interchange{name}>"
        (tmp_path / f"{name}.xml").write_text(text)
    try:
        choices = Choices(target="edfi", path=tmp_path, name="edfi")
        found = items_of(choices)
    except REFUSALS as problem:
        assert str(problem).endswith((".", "?"))  # noqa: PT017
        return
    assert all(isinstance(one, Record | Refusal | Aside) for one in found)
