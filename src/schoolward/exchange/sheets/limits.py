"""How large a file may be; beyond it a sentence, never a crash."""

from dataclasses import dataclass


MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The largest file that is read.

    Attributes:
        file_bytes: The file as it lies on the disk or is sent.
        unpacked_bytes: What it may unpack to.
        columns: Columns of a table.
        line_characters: One line of a text file.
        cell_characters: One cell.
        grid_cells: Rows times columns of a workbook, which is built in memory.
        record_lines: Lines that one row of a text file may span.
    """

    file_bytes: int = 300 * MEGABYTE
    unpacked_bytes: int = 1200 * MEGABYTE
    columns: int = 1000
    line_characters: int = 1_000_000
    cell_characters: int = 131_072
    grid_cells: int = 30_000_000
    record_lines: int = 500


def limits_of(file_bytes: int) -> Limits:
    """Return the limits for an upload limit: four times as much may be unpacked."""
    return Limits(file_bytes=file_bytes, unpacked_bytes=4 * file_bytes)
