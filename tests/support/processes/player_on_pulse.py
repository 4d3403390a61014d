"""Plays a file through the real engine and the system's sound server; run by its test as a process.

Usage: player_on_pulse.py FILE CHANNELS. Plays on the device that is named first, by choice, and prints the
names of all devices in one line and, when the end was reached, the position in the next one.
"""

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from playhead.core.media import Media
from playhead.core.playbacksettings import Channels, Device, PlaybackSettings
from playhead.sound.engine import Engine


def main() -> int:
    """Play to the end; 0 if that was reached."""
    app = QCoreApplication(sys.argv)
    engine = Engine()
    engine.ended.connect(lambda: (print(engine.position), app.exit(0)))
    engine.failed.connect(lambda _: app.exit(1))
    QTimer.singleShot(20_000, lambda: app.exit(2))
    settings = PlaybackSettings(channels=Channels(sys.argv[2]))

    def play(devices: tuple[Device, ...]) -> None:
        print(*(device.name + " *" * device.default for device in devices), sep="; ")
        engine.apply(replace(settings, device=devices[0].id))
        media = Media()
        media.write(Path(sys.argv[1]).read_bytes())
        media.finish()
        engine.load(media)
        engine.play()

    engine.devices_changed.connect(play)
    engine.devices()
    outcome = app.exec()
    engine.close()
    return outcome


if __name__ == "__main__":
    sys.exit(main())
