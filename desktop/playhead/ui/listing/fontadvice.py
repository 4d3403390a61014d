"""Advice on letters that no font of this computer has: the package that brings them, said once."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QFontDatabase

from playhead.core.recording import Recording
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.shell.notices import NoticeBar

_Writing = QFontDatabase.WritingSystem


@dataclass(frozen=True, slots=True)
class Script:
    """Letters of one script; `package` is that of Debian and Ubuntu, which others call much the same."""

    name: str
    letters: re.Pattern[str]
    writing: QFontDatabase.WritingSystem
    package: str


def _script(name: str, letters: str, writing: QFontDatabase.WritingSystem, package: str) -> Script:
    return Script(name, re.compile(f"[{letters}]"), writing, package)


_CJK, _CORE = "fonts-noto-cjk", "fonts-noto-core"
SCRIPTS = (
    _script("Chinese", "\u3400-\u9fff\uf900-\ufaff", _Writing.SimplifiedChinese, _CJK),
    _script("Japanese", "\u3040-\u30ff\u31f0-\u31ff", _Writing.Japanese, _CJK),
    _script("Korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", _Writing.Korean, _CJK),
    _script("Hebrew", "\u05d0-\u05f4\ufb1d-\ufb4f", _Writing.Hebrew, _CORE),
    _script("Arabic", "\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", _Writing.Arabic, _CORE),
    _script("Devanagari", "\u0900-\u097f", _Writing.Devanagari, _CORE),
    _script("Bengali", "\u0980-\u09ff", _Writing.Bengali, _CORE),
    _script("Tamil", "\u0b80-\u0bff", _Writing.Tamil, _CORE),
    _script("Telugu", "\u0c00-\u0c7f", _Writing.Telugu, _CORE),
    _script("Thai", "\u0e01-\u0e5b", _Writing.Thai, _CORE),
    _script("Georgian", "\u10a0-\u10ff", _Writing.Georgian, _CORE),
    _script("Armenian", "\u0531-\u058f", _Writing.Armenian, _CORE),
    _script("Khmer", "\u1780-\u17ff", _Writing.Khmer, _CORE),
)
"""Scripts that the bundled fonts lack, and Latin, Greek and Cyrillic systems may lack as well."""

_FOREIGN = re.compile("[\u0530-\u1fff\u2e80-\udfff\uf900-\ufdff\ufe70-\ufefc]")
"""Letters that may be of one of them: most names hold none, and are looked at once."""


def _has_font(script: Script) -> bool:
    return bool(QFontDatabase.families(script.writing))


class FontAdvice:
    """Looks at the names in view; says by a notice which script cannot be drawn, and what to install."""

    def __init__(
        self,
        pane: ListingPane,
        notices: NoticeBar,
        has_font: Callable[[Script], bool] = _has_font,
        system: str = sys.platform,
    ) -> None:
        self._table = pane.table
        self._model = pane.model
        self._notices = notices
        self._has_font = has_font
        self._system = system
        self._open = list(SCRIPTS)
        """Scripts that were not met yet."""

    def look(self) -> None:
        """Look at the rows in view."""
        rows = (self._model.recording(row) for row in self._table.visible_rows)
        names = "".join(name for row in rows if row is not None for name in _names(row))
        if not _FOREIGN.search(names):
            return
        met = [script for script in self._open if script.letters.search(names)]
        self._open = [script for script in self._open if script not in met]
        lacking = [script for script in met if not self._has_font(script)]
        if lacking:
            self._notices.say(key="fonts", sentence=_advice(lacking, self._system))


def _names(recording: Recording) -> list[str]:
    parties = (recording.caller, recording.callee)
    named = [party.name for party in parties if party is not None]
    return [name for name in (recording.name, *named) if name and not name.isascii()]


def _advice(lacking: list[Script], system: str) -> str:
    names = " and ".join(script.name for script in lacking)
    packages = " and ".join(dict.fromkeys(script.package for script in lacking))
    sentence = (
        f"Some names are in {names}, for which this computer has no font, so boxes stand in their place."
    )
    if system.startswith("linux"):
        many = "s" if " and " in packages else ""
        return (
            f"{sentence} On Debian and Ubuntu, the package{many} {packages} bring{'' if many else 's'} them."
        )
    if system == "win32":
        return f"{sentence} Windows has more of them in Settings, System, Optional features."
    return sentence
