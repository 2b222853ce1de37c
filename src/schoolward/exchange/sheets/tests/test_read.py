"""Reading tables in any common wrapping, and saying what is wrong with the others."""

import gzip
import io
import tracemalloc
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.sheets.limits import MEGABYTE, Limits, limits_of
from schoolward.exchange.sheets.read import (
    Reading,
    digest_of,
    open_pasted,
    open_sheet,
)
from tests.sample_data import sample


TABLE = "School ID,Name\n1,Ames\n2,Bell\n"


def written(tmp_path, content, name="schools.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path, **options):
    with open_sheet(path, **options) as sheet:
        return sheet.headings, [row.values for row in sheet.rows]


def refused(path, **options):
    with pytest.raises(UnreadableFileError) as caught:
        read(path, **options)
    return str(caught.value)


def workbook_of(tmp_path, rows, name="schools.xlsx"):
    path = tmp_path / name
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Schools")
        for place, cells in enumerate(rows):
            page.write_row(place, 0, cells)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_read_finds_the_encoding_and_the_delimiter(tmp_path, encoding, delimiter):
    text = f"School ID{delimiter}Name\n1{delimiter}“Peña” Café – north\n"
    path = written(tmp_path, text.encode(encoding))

    headings, rows = read(path)

    assert headings == ("School ID", "Name")
    assert rows == [{"School ID": "1", "Name": "“Peña” Café – north"}]


def test_read_finds_late_western_letters_in_a_long_plain_file(tmp_path):
    text = TABLE + "".join(f"{n},School {n}\n" for n in range(60_000)) + "9,Peña\n"

    _, rows = read(written(tmp_path, text.encode("cp1252")))

    assert rows[-1] == {"School ID": "9", "Name": "Peña"}


def test_read_opens_gzip(tmp_path):
    path = written(tmp_path, gzip.compress(TABLE.encode()), name="schools.csv.gz")

    assert read(path)[1][1] == {"School ID": "2", "Name": "Bell"}


def test_read_opens_a_workbook_as_a_person_sees_it(tmp_path):
    path = workbook_of(tmp_path, [["School ID", "Share"], [609966, 41.5], ["007", 1]])

    assert read(path)[1] == [
        {"School ID": "609966", "Share": "41.5"},
        {"School ID": "007", "Share": "1"},
    ]


def test_read_gives_the_stored_result_of_a_formula_and_runs_nothing(tmp_path):
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Name", "Total"])
        page.write_string(1, 0, "=1+1")
        page.write_formula(1, 1, "=1+1", None, 7)

    assert read(path)[1] == [{"Name": "=1+1", "Total": "7"}]


def test_read_names_the_sheet_it_took_among_several(tmp_path):
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Cover")
        book.add_worksheet("Schools").write_row(0, 0, ["Name", "Zip"])
        book.add_worksheet("Notes").write_row(0, 0, ["Remark", "By"])

    with open_sheet(path) as sheet:
        assert sheet.headings == ("Name", "Zip")
        assert "“Schools” was read" in sheet.notes[0]
    assert read(path, reading=Reading(sheet="Notes"))[0] == ("Remark", "By")
    assert "no sheet “Gone”" in refused(path, reading=Reading(sheet="Gone"))


def test_read_opens_ods(tmp_path):
    path = written(tmp_path, ods([["Name", "Zip"], ["Ames", "60649"]]), name="s.ods")

    assert read(path) == (("Name", "Zip"), [{"Name": "Ames", "Zip": "60649"}])


def ods(rows, *, cell_extra=""):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string" {cell_extra}>'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="S">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<m/>",
        }
    )


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_paste_reads_cells_copied_from_a_spreadsheet():
    with open_pasted('ID\tName\r\n1\t"Ames\r\nSchool"\r\n') as sheet:
        assert [row.values for row in sheet.rows] == [
            {"ID": "1", "Name": "Ames\r\nSchool"}
        ]


def test_paste_of_nothing_says_what_to_do():
    with (
        pytest.raises(UnreadableFileError, match="Copy the cells"),
        open_pasted("  \n"),
    ):
        pass


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path):
    path = written(tmp_path, 'ID,Name\n1,"Two\nlines"\n\n2,Bell\n')

    with open_sheet(path) as sheet:
        assert [row.number for row in sheet.rows] == [2, 4]


def test_headings_are_found_below_a_title_and_trimmed(tmp_path):
    path = written(
        tmp_path, "District report 2019,,\n,,\nGRADE ,School  ID,Seats\n1,2,3\n"
    )

    with open_sheet(path) as sheet:
        assert sheet.headings == ("GRADE", "School ID", "Seats")
        assert "row 3" in sheet.notes[0]


def test_headings_that_repeat_or_are_blank_get_names_of_their_own(tmp_path):
    path = written(tmp_path, "Name,Name,,Name (2)\na,b,c,d\n")

    with open_sheet(path) as sheet:
        assert sheet.headings == ("Name", "Name (3)", "Column 3", "Name (2)")
        assert sheet.notes == (
            "Two columns are headed “Name”; one is read as “Name (3)”.",
        )


def test_a_ragged_row_is_filled_up_and_excess_cells_are_kept_apart(tmp_path):
    path = written(tmp_path, "A,B\n1\n1,2,3\n1,2,,\n")

    with open_sheet(path) as sheet:
        rows = list(sheet.rows)

    assert rows[0].values == {"A": "1", "B": ""}
    assert [row.excess for row in rows] == [(), ("3",), ()]


def test_two_thousand_columns_are_refused_with_a_sentence(tmp_path):
    row = ",".join(f"Column{n}x" for n in range(2000))

    assert "has 2,000 columns; a table may have 1,000" in refused(
        written(tmp_path, row)
    )
    wide = workbook_of(tmp_path, [[f"c{n}" for n in range(2000)]])
    assert "has 2,000 columns; a table may have 1,000" in refused(wide)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n \n,,\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"  <html lang='en'>", "web page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b'{"schools": []}', "JSON"),
        (b"BEGIN:VCALENDAR\r\n", "calendar"),
        (b"SQLite format 3\x00 ...", "database"),
        (bytes(range(256)) * 20, "not text"),
        (b"1,2,3\n4,5,6\n", "no row of column headings"),
        (b'A,B\n1,"never closed\n2,3\n4,5\n', "never closed"),
        (gzip.compress(gzip.compress(b"A,B\n", mtime=0), mtime=0), "packed twice"),
        (gzip.compress(b"A,B\n1,2\n" * 5000, mtime=0)[:-40], "breaks off"),
        (zipped({"a.csv": "A,B"}), "packed folder"),
        (zipped({"orgs.csv": "A,B"}), "OneRoster"),
        (zipped({"a.csv": "A,B"})[:40], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_wrong_file_is_named_with_what_to_do(tmp_path, content, sentence):
    said = refused(written(tmp_path, content, name="wrong.csv"))

    assert "wrong.csv" in said
    assert sentence in said
    assert said.endswith(".")


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    assert "no file gone.csv" in refused(tmp_path / "gone.csv")
    assert "no file" in refused(tmp_path)


def test_a_file_larger_than_allowed_is_refused_before_it_is_read(tmp_path):
    path = written(tmp_path, TABLE * 100)

    assert "larger than" in refused(path, limits=Limits(file_bytes=100))


def test_a_gzip_bomb_is_refused_in_little_memory(tmp_path):
    bomb = written(
        tmp_path, gzip.compress(b"A,B\n" + b"1,2\n" * 8_000_000), name="b.gz"
    )

    tracemalloc.start()
    said = refused(bomb, limits=limits_of(4 * MEGABYTE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "unpacks to more than 16 MB" in said
    assert peak < 8 * MEGABYTE


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path):
    bomb = zipped({"xl/workbook.xml": "x", "xl/sharedStrings.xml": "a" * 9_000_000})

    said = refused(written(tmp_path, bomb, name="b.xlsx"), limits=limits_of(MEGABYTE))

    assert "unpacks to more than 4 MB" in said


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    true_size, claimed = 9_000_000, 1000
    bomb = zipped({"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": "a" * true_size})
    lying = bomb.replace(true_size.to_bytes(4, "little"), claimed.to_bytes(4, "little"))

    assert "damaged" in refused(written(tmp_path, lying, name="b.xlsx"))


def test_a_workbook_that_claims_the_last_cell_is_refused(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, "A")
        page.write(1_048_575, 900, "Z")

    assert "save it as CSV" in refused(path)


@pytest.mark.parametrize("repeats", ["16384", "4000000000"])
def test_a_repeated_ods_cell_is_refused(tmp_path, repeats):
    extra = f'table:number-columns-repeated="{repeats}"'
    path = written(tmp_path, ods([["Name"]], cell_extra=extra), name="b.ods")

    assert "columns; a table may have 1,000" in refused(path)


def test_an_ods_with_entities_is_refused(tmp_path):
    content = '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'

    assert "damaged" in refused(written(tmp_path, zipped({"content.xml": content})))


def test_one_endless_line_is_refused(tmp_path):
    assert "over 1,000,000 characters" in refused(written(tmp_path, "ab c" * 600_000))


def test_a_million_rows_are_read_in_bounded_memory(tmp_path):
    path = tmp_path / "million.csv"
    with path.open("w") as file:
        file.write("School ID,Name\n")
        file.writelines(f"{n},School\n" for n in range(1_000_000))

    with open_sheet(path) as sheet:
        tracemalloc.start()
        last = next(row for row in sheet.rows if row.number == 200_000)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        count = sum(1 for _ in sheet.rows)

    assert last.number + count == 1_000_001
    assert peak < 4 * MEGABYTE


def test_the_same_content_has_the_same_digest(tmp_path):
    one, two = written(tmp_path, TABLE, name="a"), written(tmp_path, TABLE, name="b")

    assert (
        digest_of(one) == digest_of(two) != digest_of(written(tmp_path, "x", name="c"))
    )


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.binary(max_size=200).map(lambda tail: b"\x1f\x8b\x08" + tail),
        st.binary(max_size=200).map(gzip.compress),
        st.binary(max_size=200).map(lambda tail: zipped({"content.xml": tail})),
        st.binary(max_size=200).map(
            lambda tail: zipped({"xl/workbook.xml": tail, "xl/worksheets/s.xml": tail})
        ),
        st.lists(st.lists(st.text("a1,;\"'\n\t |<", max_size=5), max_size=5)).map(
            lambda rows: "\n".join(",".join(row) for row in rows).encode()
        ),
    )
)
def test_arbitrary_bytes_are_read_or_refused_with_a_sentence(tmp_path, content):
    path = written(tmp_path, content, name="fuzz.csv")

    try:
        headings, rows = read(path)
    except UnreadableFileError as error:
        assert str(error).startswith("fuzz.csv")  # noqa: PT017
    else:
        assert len(set(headings)) == len(headings)
        assert all(len(row) == len(headings) for row in rows)


@pytest.mark.real
def test_real_files_are_read_whole():
    counts = {
        "chicago/cps_school_profile_SY2122.csv.gz": (655, 89),
        "chicago/cps_position_roster_2016_2018.csv.gz": (116_525, 13),
        "nyc/nyc_class_size.csv.gz": (27_611, 16),
        "nyc/nyc_math_test_results.csv.gz": (28_478, 16),
    }
    for name, (rows, columns) in counts.items():
        headings, found = read(sample(name))
        assert (len(found), len(headings)) == (rows, columns), name
