"""Actions of the player: what keys and menus do with what plays, and with how it is heard."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject

from playhead.core.playbacksettings import Channels, PlaybackSettings
from playhead.ui.player.autoplay import AutoPlay
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.player.playercontrols import SPEEDS
from playhead.ui.shell import actions
from playhead.ui.shell.commands import Commands

STEP: Final = 5.0
"""Seconds."""
LEAP: Final = 30.0
_LOUDER: Final = 0.1
_SKIPS: Final = (
    (actions.BACK, -STEP),
    (actions.FORWARD, STEP),
    (actions.LEAP_BACK, -LEAP),
    (actions.LEAP_FORWARD, LEAP),
)
_CHANNELS: Final = (
    (actions.LEFT, Channels.LEFT),
    (actions.RIGHT, Channels.RIGHT),
    (actions.BOTH, Channels.BOTH),
)


class PlayerActions(QObject):
    """Binds the actions of the player, and shows which of its ways are on."""

    def __init__(
        self, commands: Commands, listening: PlayerJourney, auditioning: AutoPlay, bar: PlayerBar
    ) -> None:
        super().__init__(bar)
        self._commands = commands
        self._listening = listening
        bind = commands.bind
        bind(actions.PLAY, listening.toggle)
        bind(actions.PREVIOUS, partial(listening.step, -1))
        bind(actions.NEXT, partial(listening.step, 1))
        bind(actions.SHOW_PLAYING, auditioning.find_playing)
        bind(actions.BEGINNING, partial(listening.seek, 0.0))
        bind(actions.MUTE, bar.turn_mute)
        bind(actions.LOOP_START, bar.waveform.mark_start)
        bind(actions.LOOP_END, bar.waveform.mark_end)
        bind(actions.LOOP_NONE, bar.waveform.clear_loop)
        bind(actions.NEXT_FAULT, partial(bar.waveform.go_to_fault, 1))
        bind(actions.PREVIOUS_FAULT, partial(bar.waveform.go_to_fault, -1))
        for action, seconds in _SKIPS:
            bind(action, partial(listening.skip, seconds))
        self._bind_ways()
        listening.changed.connect(self._show)
        listening.began.connect(lambda _recording, _media: commands.allow(actions.Need.SOUND, met=True))
        listening.recalled.connect(lambda _recording: commands.allow(actions.Need.SOUND, met=True))
        listening.stopped.connect(lambda: commands.allow(actions.Need.SOUND, met=False))
        commands.allow(actions.Need.SOUND, met=False)
        self._show(listening.settings)

    def _bind_ways(self) -> None:
        """Let actions change how recordings are heard."""
        self._change(actions.SLOWER, partial(_quicker, -1))
        self._change(actions.FASTER, partial(_quicker, 1))
        self._change(actions.NORMAL_SPEED, lambda now: replace(now, speed=1.0))
        self._change(actions.QUIETER, partial(_louder, -_LOUDER))
        self._change(actions.LOUDER, partial(_louder, _LOUDER))
        self._change(actions.LEVEL, lambda now: replace(now, level=not now.level))
        self._change(actions.SKIP_SILENCE, lambda now: replace(now, skip_silence=not now.skip_silence))
        self._change(actions.AUDITION, lambda now: replace(now, audition=not now.audition))
        for action, channels in _CHANNELS:
            self._change(action, partial(_hearing, channels))

    def _change(
        self, action: actions.Action, changed: Callable[[PlaybackSettings], PlaybackSettings]
    ) -> None:
        self._commands.bind(action, lambda: self._listening.choose(changed(self._listening.settings)))

    def _show(self, settings: PlaybackSettings) -> None:
        for action, on in (
            (actions.MUTE, settings.volume <= 0),
            (actions.LEVEL, settings.level),
            (actions.SKIP_SILENCE, settings.skip_silence),
            (actions.AUDITION, settings.audition),
        ):
            self._commands.tick(action, on=on)


def _quicker(by: int, now: PlaybackSettings) -> PlaybackSettings:
    place = SPEEDS.index(now.speed) + by
    return replace(now, speed=SPEEDS[max(0, min(place, len(SPEEDS) - 1))])


def _louder(by: float, now: PlaybackSettings) -> PlaybackSettings:
    return replace(now, volume=round(max(0.0, min(1.0, now.volume + by)), 2))


def _hearing(channels: Channels, now: PlaybackSettings) -> PlaybackSettings:
    return replace(now, channels=channels)
