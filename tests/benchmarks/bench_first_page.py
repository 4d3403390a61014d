"""From asking for the first page to its rows on the screen, against httpx alone making the same request.

Both in one process, with connections that are open already. Playhead's time includes storing the page in the
encrypted catalogue, listing it from there and painting the window.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from cloud_process import Cloud, cloud_with
from figures import show, show_ratio
from measuring import run
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from typing_extensions import override

from support.window.driven_program import Person, opened, until

RUNS = 15
RECORDINGS = 5000


class Painted(QObject):
    """Notes when `widget` has first been painted while `complete`."""

    def __init__(self, widget: QObject, complete: Callable[[], object]) -> None:
        super().__init__(widget)
        self._complete = complete
        self.at: float | None = None
        """The moment (`time.perf_counter`), once it is known."""
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Paint or not self._complete():
            return False
        # The filter comes before the painting; what is queued now comes after more than that.
        watched.removeEventFilter(self)
        QCoreApplication.sendEvent(watched, event)
        self.at = time.perf_counter()
        return True


async def bare(client: httpx.AsyncClient, cloud: Cloud) -> float:
    """Milliseconds that the request alone takes."""
    begun = time.perf_counter()
    answer = await client.get(cloud.list_url, params={"limit": "99"}, headers=cloud.headers)
    assert len(answer.content) > 10_000
    return (time.perf_counter() - begun) * 1000


async def first_page(person: Person, cloud: Cloud) -> float:
    """Milliseconds from the asking to the painted rows, for an account of which nothing is known."""
    program = person.program
    for account in program.session.connections.accounts:
        await program.session.connections.disconnect(account)
    program.journeys.browsing.account_gone(account.id)
    await until(lambda: person.rows == 0)
    await program.session.connections.connect(cloud.account, cloud.credential, session_only=True)
    painted = Painted(
        person.window.table.viewport(), lambda: person.rows and person.everything_in_view_is_there()
    )
    begun = time.perf_counter()
    program.journeys.browsing.account_connected(cloud.account.id)
    await until(lambda: painted.at)
    assert painted.at is not None
    painted.deleteLater()
    return (painted.at - begun) * 1000


async def measure(cloud: Cloud) -> list[tuple[float, float]]:
    """Milliseconds of request and of painted page, in pairs; the first pair warms up and is left out."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            opened(Path(folder), (cloud.account, cloud.credential)) as person,
            httpx.AsyncClient() as client,
        ):
            await person.sees_rows(50)
            pairs = [(await bare(client, cloud), await first_page(person, cloud)) for _ in range(RUNS + 1)]
    return pairs[1:]


def main() -> None:
    """Print medians over several runs."""
    print(f"First page: 99 recordings, {RUNS} runs")
    with cloud_with(RECORDINGS) as cloud:
        pairs = run(measure(cloud))
    requests, pages = zip(*pairs, strict=True)
    show("httpx alone", requests, "ms")
    show("Playhead, to the painted rows", pages, "ms")
    show_ratio("Playhead : httpx", pages, requests, aim=1.6)


if __name__ == "__main__":
    main()
