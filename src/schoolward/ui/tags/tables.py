"""Drawing a `Table`: headers, roles, sorted links, phone labels, withheld cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from schoolward.ui.markup import attributes, escaped, fill, together
from schoolward.ui.tables import Cell, Column, Content, Group, Hidden, Row, Table
from schoolward.ui.tags.library import register
from schoolward.ui.tags.words import NO_VALUE, hidden_cell
from schoolward.ui.tags.words import icon as draw


MARKS = {"": "", "watch": "sw-mark", "bad": "sw-mark--bad"}
PHONE = {"half": "", "full": "sw-span", "bare": "sw-span sw-bare"}
SHAPES = {"ascending": "chevron-up", "descending": "chevron-down"}


@register.simple_tag
def data_table(table: Table) -> SafeString:
    """Draw a table of records; on a phone each row becomes a record."""
    openings = [_opening(column) for column in table.columns]
    lines = [
        _group(row, span=len(openings))
        if isinstance(row, Group)
        else _row(row, openings)
        for row in table.rows
    ]
    page = {
        "table": table,
        "heads": together(_head(column, table=table) for column in table.columns),
        "lines": SafeString("\n    ".join(lines)),
        "foot": _row(table.foot, openings) if table.foot else "",
    }
    return render_to_string("ui/table.html", page)


def content_of(content: Content) -> SafeString | str:
    """Return what stands in a cell."""
    cell = content if isinstance(content, Cell) else Cell(content)
    if not (cell.note or cell.url or cell.aside):
        return _text(cell)
    parts = [
        _linked(cell),
        _part(' <span class="sw-small sw-3rd">{}</span>', cell.aside),
        _part('<span class="sw-table__sub">{}</span>', cell.note),
    ]
    return together(parts)


def _text(cell: Cell) -> SafeString | str:
    if cell.text is None:
        return NO_VALUE
    if isinstance(cell.text, Hidden):
        return hidden_cell(cell.text.reason)
    return f"{cell.text:,}" if isinstance(cell.text, int) else cell.text


def _linked(cell: Cell) -> SafeString | str:
    if not cell.url:
        return _text(cell)
    html = '<a class="sw-link" href="{}">{}</a>'
    return fill(html, cell.url, _text(cell))


def _part(html: str, text: str) -> SafeString:
    return fill(html, text) if text else SafeString("")


def _head(column: Column, *, table: Table) -> SafeString:
    way = table.sorting.direction(column.sort) if table.sorting else ""
    said = {
        "scope": "col",
        "role": "columnheader",
        "aria-sort": way or None,
        "class": _classes(column) or None,
    }
    return fill("<th{}>{}</th>", attributes(said), _heading(column, table))


def _heading(column: Column, table: Table) -> SafeString | str:
    if column.silent:
        return fill('<span class="sw-vh">{}</span>', column.label)
    if table.sorting is None or not column.sort:
        return column.label
    shape = SHAPES.get(table.sorting.direction(column.sort))
    drawing = draw(shape, small=True) if shape else ""
    html = '<a class="sw-sort" href="{}">{}{}</a>'
    return fill(html, table.sorting.address(column.sort), column.label, drawing)


def _group(group: Group, *, span: int) -> SafeString:
    html = (
        '<tr class="sw-table__group" role="row">'
        '<th scope="colgroup" colspan="{}" role="columnheader">{}</th></tr>'
    )
    return fill(html, span, group.label)


@dataclass(frozen=True, slots=True)
class _Opening:
    """What stands before the content of each cell of a column."""

    classes: str
    cell: SafeString


def _opening(column: Column) -> _Opening:
    classes = _classes(column)
    labels = {"role": "cell", "data-label": column.label, "class": classes or None}
    return _Opening(classes, fill("<td{}>", attributes(labels)))


def _row(row: Row, openings: Sequence[_Opening]) -> SafeString:
    named = attributes({"role": "row", "id": row.id or None})
    head = _row_head(row.cells[0], openings[0], mark=MARKS[row.mark])
    rest = zip(openings[1:], row.cells[1:], strict=True)
    cells = "".join(f"{o.cell}{escaped(content_of(c))}</td>" for o, c in rest)
    return SafeString(f"<tr{named}>{head}{cells}</tr>")


def _row_head(content: Content, opening: _Opening, *, mark: str) -> SafeString:
    classes = " ".join(filter(None, (opening.classes, mark)))
    html = '<th scope="row" role="rowheader"{}>{}</th>'
    return fill(html, attributes({"class": classes or None}), content_of(content))


def _classes(column: Column) -> str:
    width = {"": "", "spark": "sw-spark"}.get(column.width, f"sw-w{column.width}")
    number = "sw-num" if column.number else ""
    phone = "bare" if column.silent else column.phone
    return " ".join(filter(None, (number, width, PHONE[phone])))
