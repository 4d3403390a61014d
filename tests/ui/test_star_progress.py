"""Progress of very many stars: said a tenth at a time, and stopped with its button."""

import asyncio

from pytestqt.qtbot import QtBot

from playhead.core.figures import number
from playhead.ui.inspector.marksjourney import MANY, StarProgress
from playhead.ui.look.icons import Icons
from playhead.ui.shell.notices import NoticeBar


def test_it_says_how_far_it_is_until_it_is_stopped(qtbot: QtBot, icons: Icons) -> None:
    bar = NoticeBar(icons)
    qtbot.addWidget(bar)

    async def scene() -> None:
        starring = asyncio.ensure_future(asyncio.Event().wait())
        progress = StarProgress(bar, 100_000, starring, on=True)
        assert bar.notices[0].sentence == f"Giving stars to {number(100_000)} recordings…"
        progress.tell(50_000)
        await asyncio.sleep(0)
        assert f"{number(50_000)} of {number(100_000)}" in bar.notices[0].sentence
        assert (bar.notices[0].action, bar.notices[0].act is not None) == ("Stop", True)
        stop = bar.notices[0].act
        assert stop is not None
        stop()
        await asyncio.wait({starring})
        assert starring.cancelled()
        progress.close()
        assert not bar.notices

    asyncio.run(scene())


def test_a_notice_that_was_dismissed_does_not_come_back_and_few_stars_have_none(
    qtbot: QtBot, icons: Icons
) -> None:
    bar = NoticeBar(icons)
    qtbot.addWidget(bar)

    async def scene() -> None:
        StarProgress(bar, MANY, None, on=False)
        assert not bar.notices
        progress = StarProgress(bar, MANY + 1, None, on=False)
        bar.withdraw(bar.notices[0].key)
        progress.tell(MANY)
        await asyncio.sleep(0)
        assert not bar.notices

    asyncio.run(scene())
