"""What was deleted at the newest end is seen to be gone, though nothing in the list is newer."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.cloud.faultycloud import FaultyCloud
from support.window.lasting_profile import Desk


async def test_the_newest_recordings_that_somebody_deleted_are_marked(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird) as person:
        await person.loads_everything(500)
        deleted = [cloud.bird_recording(place)["id"] for place in (0, 1)]
        for each in deleted:
            cloud.delete_bird_recording(each)
        QTest.keyClick(person.window, Qt.Key.Key_F5)
        await person.job_done("new bird")
        assert await person.finds("is:gone") == deleted
