"""Apache Parquet: one file a table, with types of its own: integers, dates, booleans, lists of strings.

Written row group by row group, so that memory stays flat; the meaning of each column stands in its metadata (``meaning``). Partitioned, a table
is a folder of such files (``body=.../year=2020/``), as Hive, Spark, DuckDB and pandas read them. Needs the extra ``parquet`` (PyArrow).
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import quote

from tipreport.errors import ExtraError
from tipreport.exporters import Column, Options, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES = (".parquet", ".pq")
SINGLE = True  # a file holds one table
BINARY = True

_GROUP = 20_000  # rows of a group
_CHUNK = 1 << 20
_UNKNOWN = "__HIVE_DEFAULT_PARTITION__"  # what readers take for null


def tabulate(tables: Sequence[Table], options: Options) -> Iterator[bytes]:  # noqa: ARG001 (values have types: nothing is to be guarded)
    """The file of one table.

    Raises:
        ExtraError: PyArrow is not installed.
    """
    arrow, _ = _library()
    (table,) = tables
    shape = _schema(arrow, table.columns)
    with tempfile.TemporaryDirectory(prefix="tipreport-") as folder:
        path = os.path.join(folder, "table.parquet")
        _write(path, table, table.rows, shape)
        with open(path, "rb") as file:
            while part := file.read(_CHUNK):
                yield part


def partition(table: Table, by: Sequence[str], folder: str) -> list[str]:
    """Write a table as partitions below an empty folder; gives the paths of the files, sorted.

    Args:
        table: its rows in any order; what they are parted by is not in the files but in the names of their folders.
        by: columns, the outermost first.
        folder: where the folders go.

    Raises:
        ExtraError: PyArrow is not installed.
    """
    arrow, parquet = _library()
    places = [next(place for place, column in enumerate(table.columns) if column.name == name) for name in by]
    kept = [place for place in range(len(table.columns)) if place not in places]
    shape = _schema(arrow, tuple(table.columns[place] for place in kept))
    writers: dict[tuple[Any, ...], Any] = {}
    try:
        while rows := list(islice(table.rows, _GROUP)):
            parts: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
            for row in rows:
                parts.setdefault(tuple(row[place] for place in places), []).append(tuple(row[place] for place in kept))
            for key, some in parts.items():
                if key not in writers:
                    path = os.path.join(folder, *(_folder(name, value) for name, value in zip(by, key, strict=True)))
                    os.makedirs(path, exist_ok=True)
                    writers[key] = parquet.ParquetWriter(os.path.join(path, "part-0.parquet"), shape, compression="zstd")
                writers[key].write_batch(_batch(arrow, shape, [table.columns[place] for place in kept], some))
    finally:
        for writer in writers.values():
            writer.close()
    return sorted(os.path.join(base, name) for base, _, names in os.walk(folder) for name in names)


def _folder(name: str, value: Any) -> str:
    return f"{name}={_UNKNOWN if value is None else quote(str(value), safe=' ')}"


def _library() -> Any:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ExtraError("parquet", "parquet") from error
    return pa, parquet


def _schema(arrow: Any, columns: Sequence[Column]) -> Any:
    types = {
        "integer": arrow.int64(), "date": arrow.date32(), "boolean": arrow.bool_(), "list": arrow.list_(arrow.string()),
    }  # fmt: skip
    return arrow.schema(
        [arrow.field(column.name, types.get(column.type, arrow.string()), metadata={"meaning": column.meaning}) for column in columns]
    )


def _write(path: str, table: Table, rows: Iterator[tuple[Any, ...]], shape: Any) -> None:
    arrow, parquet = _library()
    with parquet.ParquetWriter(path, shape, compression="zstd") as writer:
        while some := list(islice(rows, _GROUP)):
            writer.write_batch(_batch(arrow, shape, table.columns, some))


def _batch(arrow: Any, shape: Any, columns: Sequence[Column], rows: list[tuple[Any, ...]]) -> Any:
    arrays = []
    for field, column, values in zip(shape, columns, zip(*rows, strict=True), strict=True):
        arrays.append(arrow.array([_value(column.type, value) for value in values], field.type))
    return arrow.record_batch(arrays, schema=shape)


def _value(kind: str, value: Any) -> Any:
    if kind == "list":
        return value.split("; ") if value else []
    if value is None:
        return None
    if kind == "date":
        return date.fromisoformat(value)
    return bool(value) if kind == "boolean" else value
