"""The sound devices of this computer, through QtMultimedia."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QIODevice, qInstallMessageHandler
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio
from typing_extensions import override

from playhead.core.playbacksettings import Device
from playhead.sound.block import RATE
from playhead.sound.speakers import FRAME, Sink, Speakers

BUFFER = RATE // 5
"""Frames that the device holds: 0.2 s, which is also how late a changed setting is heard."""
FATAL = {QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError}
PATIENCE = 2000
"""Milliseconds in which a device that has something to play must have played some of it."""
SERVED = "100"
"""Milliseconds that a PulseAudio server holds of BUFFER: how long a busy computer may keep us waiting."""


class SystemSpeakers(Speakers):
    """The devices that Qt finds (PulseAudio or PipeWire, Core Audio, WASAPI)."""

    def __init__(self) -> None:
        # WORKAROUND qtmultimedia QPulseAudioSinkStream::startStream: it hands the server 1024 frames (21 ms),
        # whatever buffer was asked for: a process that waits longer for a processor is heard to stutter.
        # libpulse (stream.c) takes the figure of this variable instead; one that a person has set stays.
        # Described in https://github.com/AsteroidOS/meta-asteroid/pull/318.
        os.environ.setdefault("PULSE_LATENCY_MSEC", SERVED)
        with _without_players():
            self._devices = QMediaDevices()
            QMediaDevices.audioOutputs()

    @override
    def devices(self) -> tuple[Device, ...]:
        return tuple(
            Device(_id(output), output.description(), output.isDefault())
            for output in QMediaDevices.audioOutputs()
        )

    @override
    def open(self, device: str) -> Sink:
        outputs = (output for output in QMediaDevices.audioOutputs() if _id(output) == device)
        return _SystemSink(next(outputs, QMediaDevices.defaultAudioOutput()))

    @override
    def watch(self, changed: Callable[[], None]) -> None:
        self._devices.audioOutputsChanged.connect(changed)


class _SystemSink(Sink):
    """A QAudioSink in push mode. It needs no media plugin of Qt."""

    def __init__(self, device: QAudioDevice) -> None:
        self._device = _id(device)
        sound = QAudioFormat()
        sound.setSampleRate(RATE)
        sound.setChannelCount(2)
        sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(device, sound)
        self._sink.setBufferSize(BUFFER * FRAME)
        self._target: QIODevice = self._sink.start()
        self._held = False
        self._played = 0
        self._progress = QElapsedTimer()
        self._progress.start()

    @property
    @override
    def device(self) -> str:
        return self._device

    @property
    @override
    def lost(self) -> bool:
        # A sound server that dies is reported neither as an error nor as a state: it only stands still.
        played = self._sink.processedUSecs()
        if self._held or played != self._played or self._sink.bytesFree() >= self._sink.bufferSize():
            self._played = played
            self._progress.restart()
        return self._sink.error() in FATAL or self._progress.hasExpired(PATIENCE)

    @override
    def room(self) -> int:
        return max(0, self._sink.bytesFree()) // FRAME

    @override
    def write(self, pcm: bytes) -> None:
        self._target.write(pcm)

    @override
    def heard(self) -> int:
        return round(self._sink.processedUSecs() * RATE / 1_000_000)

    @override
    def hold(self) -> None:
        self._held = True
        self._sink.suspend()

    @override
    def release(self) -> None:
        self._held = False
        self._progress.restart()
        self._sink.resume()

    @override
    def close(self) -> None:
        self._sink.reset()


@contextmanager
def _without_players() -> Iterator[None]:
    """Keep Qt from finding its plugin of media players, and from saying so.

    WORKAROUND qtmultimedia QPlatformMediaIntegration::instance: to list devices Qt loads the plugin, and
    with it another FFmpeg, Quick and QML: 12 MB, and 50 ms of the first sound. Packages do not have it.
    """
    paths = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([])
    handler = qInstallMessageHandler(lambda *_: None)
    try:
        yield
    finally:
        qInstallMessageHandler(handler)
        QCoreApplication.setLibraryPaths(paths)


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")
