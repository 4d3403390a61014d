"""Columns are added without a look at every row, as SQLite itself would add them."""

import apsw
import pytest

from playhead.catalogue.columnadding import run_script
from playhead.catalogue.connection import connect, transaction
from playhead.catalogue.schema import MIGRATIONS, migrate

_STEPS = 20_000


def declared(connection: apsw.Connection) -> dict[str, list[tuple[object, ...]]]:
    """The columns of every table, as SQLite knows them."""
    names = [name for (name,) in connection.execute("select name from sqlite_schema where type = 'table'")]
    columns = "select * from pragma_table_xinfo(?)"
    return {str(name): connection.execute(columns, (name,)).fetchall() for name in names}


def test_every_table_has_the_columns_that_its_scripts_say() -> None:
    ours, theirs = connect(None, None), connect(None, None)
    migrate(ours, MIGRATIONS)
    for script in MIGRATIONS:
        theirs.execute(script)
    assert declared(ours) == declared(theirs)
    assert ours.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_a_column_of_a_large_table_is_there_at_once_and_gone_again_if_its_script_fails() -> None:
    connection = connect(None, None)
    connection.execute(
        "create table large (id integer primary key, text text not null, unique (text)) strict;"
        " with recursive counted(number) as"
        " (select 1 union all select number + 1 from counted where number < 50000)"
        " insert into large select number, number from counted"
    )
    connection.set_progress_handler(lambda: True, _STEPS)  # so many steps, and it would be cut short
    with transaction(connection):
        run_script(connection, "alter table large add column more integer not null default 7;")
    assert connection.execute("select more from large limit 1").fetchall() == [(7,)]
    with pytest.raises(apsw.SQLError), transaction(connection):
        run_script(connection, "alter table large add column last text;\ninsert into absent values (1);")
    with pytest.raises(apsw.SQLError):
        connection.execute("select last from large")
    connection.set_progress_handler(None)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
