"""Scripts that add columns, without a look at every row.

WORKAROUND: SQLite checks a whole table of strict types whenever a column is added to it, though no row has a
value there: seconds among a million recordings, for each column, while nobody sees a row
(`sqlite3AlterFinishAddColumn` in https://sqlite.org/src/file/src/alter.c). So the declaration of the table is
changed as SQLite itself would write it (https://sqlite.org/pragma.html#pragma_writable_schema).
"""

import re
from typing import Final

import apsw

from playhead.catalogue.connection import only_row

_ADDING: Final = re.compile(r"^\s*alter table (\w+) add column ([^;]+);", re.MULTILINE)
_END: Final = re.compile(r"(,\s*(?:unique|primary key|check|foreign key)\s*\([^;]*)?\s*\)\s*strict\s*$")
"""The end of a declaration, with what stands behind its columns."""


def run_script(connection: apsw.Connection, script: str) -> None:
    """Run statements inside the caller's transaction; the columns that they add are added at once."""
    rest, table, column = script, "", ""
    while (found := _ADDING.search(rest)) is not None:
        connection.execute(rest[: found.start()])
        table, column = found.groups()
        _add_column(connection, table, column)
        rest = rest[found.end() :]
    connection.execute(rest)


def _add_column(connection: apsw.Connection, table: str, column: str) -> None:
    (declared,) = only_row(
        connection, "select sql from sqlite_schema where type = 'table' and name = ?", (table,)
    )
    end = _END.search(declared)
    if end is None:
        connection.execute(f"alter table {table} add column {column}")
        return
    changed = f"{declared[: end.start()]}, {column}{declared[end.start() :]}"
    version = int(connection.pragma("schema_version") or 0)
    connection.pragma("writable_schema", "on")
    try:
        connection.execute(
            "update sqlite_schema set sql = ? where type = 'table' and name = ?", (changed, table)
        )
        connection.pragma("schema_version", version + 1)
    finally:
        connection.pragma("writable_schema", "reset")
