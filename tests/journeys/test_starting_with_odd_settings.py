"""Starting with settings that somebody edited by hand."""

import json

from playhead.core.preferences import Appearance
from support.window.lasting_profile import Desk


async def test_values_that_there_are_not_do_not_keep_playhead_from_starting(desk: Desk) -> None:
    desk.profile.create()
    odd = {"theme": "blue", "density": "airy", "autoplay": "always", "speed": 10**400, "rewind": -(10**400)}
    desk.profile.settings.write_text(json.dumps(odd))
    async with desk.opened() as person:
        assert person.window.welcome.isVisible()
        assert person.notices == []
        assert person.program.journeys.listening.settings.autoplay == "off"
        assert person.window.table.header.density == "comfortable"
        assert person.program.journeys.listening.settings.speed == 3.0
    kept = json.loads(desk.profile.settings.read_text())
    assert kept["theme"] == Appearance.SYSTEM
