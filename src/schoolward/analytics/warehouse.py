"""The columnar warehouse: Parquet files under SCHOOLWARD_HOME, reached through Ibis.

A file is written whole under a name of its own, made durable, and only then named by a
row of the relational database. Files are never changed, so a reader needs no lock. Each
thread of each process has a connection of its own.
"""

import hashlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from ibis.backends.duckdb import Backend


def columns(**types: "pa.DataType") -> pa.Schema:
    """Return a schema of named columns."""
    return pa.schema([pa.field(name, kind) for name, kind in types.items()])


FACTS = columns(
    indicator=pa.string(),
    place_kind=pa.string(),
    place_id=pa.int64(),
    period=pa.string(),
    group=pa.string(),
    state=pa.string(),
    value=pa.float64(),
    numerator=pa.float64(),
    denominator=pa.float64(),
    n=pa.int64(),
    text=pa.string(),
    source=pa.int64(),
    load_id=pa.int64(),
    file_year=pa.string(),
)
"""One row is one fact: what a file says of an indicator, place, period and group.

`place_kind` is school, network or district; `group` is "" for all; `value` is a share
from 0 to 1, a count, a score, or the step of a word; `state` is value, suppressed,
not_enough or missing; `n` is null when the file gives none.
"""

FACT_FOLDER, SHELF_FOLDER, WORK_FOLDER = "facts", "shelves", "work"
BATCH = 20_000
MEMORY = "1GB"
"""What one process may hold while it sorts; beyond it, the work folder is used."""

STAND_IN, STAND_IN_FILES = 9_100_000_000_000_001, "files_stand_in"
"""What compiled questions say in place of ids and files, put in when they are asked."""

MOST_TEXTS = 500
_STAND_INS = re.compile(rf"({STAND_IN_FILES}|'word_stand_in_\d+'|91\d{{14}})")
_texts: dict[Hashable, list[str]] = {}

_own = threading.local()
_parents: dict[int, duckdb.DuckDBPyConnection] = {}
_opening = threading.Lock()


def root() -> Path:
    """Return the folder of the warehouse."""
    return Path(settings.SCHOOLWARD_HOME) / "warehouse"


def folder(name: str) -> Path:
    """Return one folder of the warehouse, made if it is not there."""
    path = root() / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def connection() -> Backend:
    """Return this thread's connection; a forked process opens its own."""
    mark = (os.getpid(), str(root()))
    if getattr(_own, "mark", None) != mark:
        _own.backend = ibis.duckdb.from_connection(_parent().cursor())
        _own.views, _own.mark = set(), mark
    backend: Backend = _own.backend
    return backend


def _parent() -> duckdb.DuckDBPyConnection:
    with _opening:
        if os.getpid() not in _parents:
            opened = duckdb.connect(config=_config())
            opened.execute("SET parquet_metadata_cache = true")
            _parents[os.getpid()] = opened
        return _parents[os.getpid()]


def _config() -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": MEMORY,
        "temp_directory": str(folder(WORK_FOLDER) / f"spill-{os.getpid()}"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }


def table(paths: Sequence[Path], *, schema: ibis.Schema) -> ir.Table:
    """Return files as one table; no files give an empty one of the same columns.

    Args:
        paths: Parquet files of one schema.
        schema: Their columns, so that none of them is opened to learn it.
    """
    if not paths:
        return ibis.memtable(schema.to_pyarrow().empty_table(), schema=schema)
    return ibis.table(schema, name=_view(paths))


def _view(paths: Sequence[Path]) -> str:
    """Return the name under which this thread's connection reads some files."""
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    name = "files_" + hashlib.sha256(names.encode()).hexdigest()[:24]
    backend = connection()
    if name not in _own.views:
        backend.raw_sql(
            f'CREATE OR REPLACE TEMP VIEW "{name}" AS '  # noqa: S608
            f"SELECT * FROM read_parquet([{names}])"
        )
        _own.views.add(name)
    return name


def facts(paths: Sequence[Path]) -> ir.Table:
    """Return fact files as one table of the columns of FACTS."""
    return table(paths, schema=ibis.schema(FACTS))


def rows(expression: ir.Table) -> list[tuple[Any, ...]]:
    """Return the rows of an expression, columns in its order."""
    backend = connection()
    backend._run_pre_execute_hooks(expression)  # noqa: SLF001
    found: list[tuple[Any, ...]] = backend.raw_sql(
        backend.compile(expression)
    ).fetchall()
    return found


def rows_of(
    paths: Sequence[Path],
    *,
    schema: ibis.Schema,
    key: Hashable,
    build: Callable[..., ir.Table],
    numbers: Sequence[int] = (),
    words: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Return the rows of a question that pages ask all the time, compiled once.

    Compiling an expression takes longer than answering it. So the expression is made
    with stand-ins for the files, numbers and words, and only these are put in each time.

    Args:
        paths: Parquet files of one schema; none have no rows.
        schema: Their columns.
        key: What the question is, besides files, numbers and words.
        build: Makes the expression from the table, then one argument per number, then
            one per word.
        numbers: Ids that the question is about.
        words: Keys, periods or groups that it is about.
    """
    if not paths:
        return []
    parts = _texts.get(key)
    if parts is None:
        parts = _compiled(
            schema, key=key, build=build, counts=(len(numbers), len(words))
        )
    given = {f"{STAND_IN + n}": f"{int(one)}" for n, one in enumerate(numbers)}
    given |= {_stand_in_word(n): _quoted(one) for n, one in enumerate(words)}
    given[STAND_IN_FILES] = _view(paths)
    text = "".join(given.get(part, part) for part in parts)
    found: list[tuple[Any, ...]] = connection().raw_sql(text).fetchall()
    return found


def _stand_in_word(number: int) -> str:
    return f"'word_stand_in_{number}'"


def _quoted(word: str) -> str:
    """Return a word as a literal of SQL; a quote in it is doubled."""
    return "'" + word.replace("'", "''").replace("\x00", "") + "'"


def _compiled(
    schema: ibis.Schema,
    *,
    key: Hashable,
    build: Callable[..., ir.Table],
    counts: tuple[int, int],
) -> list[str]:
    """Return the text of a question, cut so that each stand-in is a part of its own."""
    if len(_texts) >= MOST_TEXTS:
        _texts.clear()
    numbers = [STAND_IN + place for place in range(counts[0])]
    words = [_stand_in_word(place).strip("'") for place in range(counts[1])]
    expression = build(ibis.table(schema, name=STAND_IN_FILES), *numbers, *words)
    parts = _STAND_INS.split(connection().compile(expression))
    _texts[key] = parts
    return parts


def stream(expression: ir.Table) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an expression without holding them all.

    On a cursor of its own: the thread may ask other things meanwhile.
    """
    path = save(expression, folder(WORK_FOLDER) / f"{uuid4().hex}.parquet")
    try:
        yield from read(path)
    finally:
        path.unlink(missing_ok=True)


def read(path: Path) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of one file in order."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=BATCH):
            columns = [column.to_pylist() for column in batch.columns]
            yield from zip(*columns, strict=True)


def save(expression: ir.Table, path: Path, *, row_group: int = 16_384) -> Path:
    """Write the rows of an expression to a file, durable before it bears its name."""
    backend = connection()
    backend._run_pre_execute_hooks(expression)  # noqa: SLF001
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    target = str(part).replace("'", "''")
    backend.raw_sql(
        f"COPY ({_with_plain_integers(expression)}) TO '{target}' "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group})"
    )
    return settle(part, path)


def split(expression: ir.Table, into: Path, *, by: str) -> dict[int, list[Path]]:
    """Write rows in one pass into files of their own for each number of a column.

    Args:
        expression: The rows; the column `by` is left out of the files.
        into: A folder for steps on the way, made if it is not there.
        by: A column of whole numbers.

    Returns:
        The files by number, which are neither durable nor in order.
    """
    backend = connection()
    backend._run_pre_execute_hooks(expression)  # noqa: SLF001
    into.mkdir(parents=True, exist_ok=True)
    target = str(into).replace("'", "''")
    backend.raw_sql(
        f"COPY ({_with_plain_integers(expression)}) TO '{target}' "
        f'(FORMAT parquet, COMPRESSION zstd, PARTITION_BY ("{by}"), OVERWRITE_OR_IGNORE)'
    )
    found: dict[int, list[Path]] = {}
    for file in sorted(into.glob(f"{by}=*/*.parquet")):
        number = int(file.parent.name.partition("=")[2])
        # A path with "=" in it would be read as one more column.
        plain = into / f"{number:05d}-{file.name}"
        found.setdefault(number, []).append(file.rename(plain))
    return found


def _with_plain_integers(expression: ir.Table) -> str:
    """Return the query of an expression, its whole numbers as 64 bits.

    DuckDB sums whole numbers to 128 bits, which Parquet would hold as fractions.
    """
    whole = [n for n, kind in expression.schema().items() if kind.is_integer()]
    casts = ", ".join(f'CAST("{name}" AS BIGINT) AS "{name}"' for name in whole)
    query = connection().compile(expression)
    return f"SELECT * REPLACE ({casts}) FROM ({query})" if casts else query  # noqa: S608


def settle(part: Path, path: Path) -> Path:
    """Make a written file durable and give it its name."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.rename(path)
    entry = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
    return path


def write_batches(
    batches: Iterable[dict[str, list[Any]]], path: Path, *, schema: pa.Schema
) -> int:
    """Write rows as they come, in bounded memory; return how many there were.

    Args:
        batches: Columns by name.
        path: Where to; not durable, as it is a step on the way.
        schema: The columns.
    """
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for columns in batches:
            batch = pa.record_batch(columns, schema=schema)
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def row_count(path: Path) -> int:
    """Return how many rows a file holds."""
    return int(pq.read_metadata(path).num_rows)


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_views() -> None:
    """Forget which files this thread has opened: after a restore and in tests."""
    _own.mark = None


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give a folder for steps on the way, gone afterwards."""
    path = folder(WORK_FOLDER) / uuid4().hex
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path)
