"""The yardsticks for a table of recordings: Qt's own proxy model, and DuckDB, on the same recordings."""

import time
from collections.abc import Callable
from functools import partial

import duckdb
import million
from figures import section, show
from PySide6.QtCore import QCoreApplication, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

PROXIED = 100_000


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def show_proxy_model() -> None:
    """Print what `QSortFilterProxyModel` takes for a tenth of a million, in the window's thread."""
    section(f"QSortFilterProxyModel, {PROXIED} rows")
    app = QCoreApplication.instance() or QCoreApplication([])
    model = QStandardItemModel()
    for each in million.recordings(PROXIED):
        caller = each.caller.address if each.caller else ""
        texts = (
            str(each.moment),
            each.name or "",
            caller or "",
            f"{each.duration:012.3f}",
            each.status or "",
        )
        model.appendRow([QStandardItem(text) for text in texts])
    proxy = QSortFilterProxyModel(
        filterKeyColumn=-1, filterCaseSensitivity=Qt.CaseSensitivity.CaseInsensitive
    )
    proxy.setSourceModel(model)

    def filtered(text: str) -> int:
        proxy.setFilterFixedString(text)
        return proxy.rowCount()

    show("a word", [_timed(lambda: filtered("55501"))], "ms")
    show("no word any more", [_timed(lambda: filtered(""))], "ms")
    show("a click on a header", [_timed(lambda: proxy.sort(3))], "ms")
    proxy.deleteLater()
    app.processEvents()


def show_duckdb(number: int = million.NUMBER) -> None:
    """Print what DuckDB takes for the first 100 rows, in memory and unencrypted."""
    section(f"DuckDB, {number} rows in memory")
    connection = duckdb.connect()
    connection.execute(
        "create table search (id bigint, moment bigint, text varchar, seconds double, status varchar)"
    )
    rows = list[tuple[int, float, str, float | None, str | None]]()
    for place, each in enumerate(million.recordings(number)):
        moment = each.moment.timestamp() if each.moment else 0.0
        rows.append((place, moment, each.visible_text, each.duration, each.status))
        if len(rows) == 50_000 or place == number - 1:
            _insert(connection, rows)
            rows.clear()
    for name, condition in (
        ("all", "true"),
        ("a word", "contains(text, 'maria')"),
        ("a rare word", "contains(text, 'nothing like it')"),
        ("a range", "seconds > 1800"),
    ):
        sql = f"select id from search where {condition} order by moment desc limit 100"
        ask = partial(_ask, connection, sql)
        show(f"first rows: {name}", [_timed(ask) for _ in range(5)], "ms")
    connection.close()


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    return connection.execute(sql).fetchall()


def _insert(
    connection: duckdb.DuckDBPyConnection, rows: list[tuple[int, float, str, float | None, str | None]]
) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    names = ", ".join(f"unnest(${place}) " for place in range(1, len(columns) + 1))
    connection.execute(f"insert into search select {names}", columns)
