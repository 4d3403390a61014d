"""Journey of the filter line: completion of what is typed, and earlier filters."""

import asyncio

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from playhead.core.finding.completion import Completion, begun_word, completions, wanted
from playhead.core.recording import Party
from playhead.core.session import Session
from playhead.core.text import looks_like_number
from playhead.core.transcript import Side
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.filter.suggestions import Suggestion, Suggestions
from playhead.ui.look.theme import Theme
from playhead.ui.wording import words

REMEMBERED = 10
"""Filters of before that are offered at once."""
FORGET = Suggestion("Forget these", act=True)

_ASKED_FOR = {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ShortcutFocusReason}


class FilterJourney(QObject):
    """Offers completions below the line while the person types, and the history while it is empty.

    Down and Up go through them, Enter takes the highlighted one, Tab that or the first, Esc hides them.
    Without a highlighted one, Enter is the line's own. The catalogue is asked off the UI thread; the next key
    ends that.
    """

    def __init__(self, session: Session, line: FilterLine, theme: Theme) -> None:
        """`labels` gives those of the accounts."""
        self._session = session
        super().__init__(line)
        self._line = line
        self.suggestions = Suggestions(line.line, theme)
        """The list below the line, for tests."""
        self._completions: tuple[Completion, ...] = ()
        self._recalled: tuple[str, ...] = ()
        self._uses = 0
        """Number of filters that were used, to name jobs by: a filter itself is nobody's business."""
        self._offered_for = ""
        """The text for which the suggestions are; for another one they must not be taken any more."""
        self.suggestions.chosen.connect(self._choose)
        line.line.textEdited.connect(self._edited)
        line.changed.connect(self._changed)
        line.left.connect(self._used)
        line.line.focused.connect(self._gain_focus)
        line.line.unfocused.connect(self._lose_focus)
        line.line.installEventFilter(self)

    def _edited(self) -> None:
        if not self._line.text:
            self._hide()
        else:
            self._complete()

    def _changed(self, text: str) -> None:
        if not text:
            self._hide()

    def _complete(self, *, everywhere: bool = False) -> None:
        """Offer what can stand at the cursor; where no letter is typed yet only if that is wanted."""
        text, cursor = self._line.text, self._line.caret
        begun = begun_word(text, cursor)
        if begun is not None:
            self._session.jobs.start("complete", self._complete_from_transcripts(*begun, text, cursor))
            return
        field = wanted(text, cursor)
        if field:
            self._session.jobs.start("complete", self._complete_from_catalogue(field, text, cursor))
            return
        self._session.jobs.cancel("complete")
        found = completions(text, cursor, providers=self._session.library.providers)
        typed = any(each.start < each.end or text[: each.start].endswith((":", ",", "..")) for each in found)
        self._offer(found if typed or everywhere else ())

    async def _complete_from_catalogue(self, field: str, text: str, cursor: int) -> None:
        values = (
            self._session.library.labels
            if field == "account"
            else await self._session.catalogue.recordings.values(field)
        )
        self._offer(await asyncio.to_thread(completions, text, cursor, values, _shown))

    async def _complete_from_transcripts(self, begin: str, side: Side | None, text: str, cursor: int) -> None:
        said = await self._session.catalogue.transcripts.words(begin, side)
        self._offer(completions(text, cursor, said=said))

    def _offer(self, found: tuple[Completion, ...]) -> None:
        self._completions, self._recalled, self._offered_for = found, (), self._line.text
        self.suggestions.offer([Suggestion(each.label, each.detail) for each in found])
        self._line.show_offered(offered=bool(found))

    async def _recall(self) -> None:
        history = tuple(await self._session.catalogue.searches.history())[:REMEMBERED]
        if history and not self._line.text and self._line.line.hasFocus():
            self._completions, self._recalled, self._offered_for = (), history, ""
            self.suggestions.offer([*(Suggestion(text) for text in history), FORGET])

    def _choose(self, place: int) -> None:
        if place < len(self._completions):
            chosen = self._completions[place]
            self._hide()
            self._line.put(chosen.text, chosen.start, chosen.end)
        elif place < len(self._recalled):
            text = self._recalled[place]
            self._hide()
            self._line.set_text(text)
        elif self._recalled:
            self._hide()
            self._session.jobs.start("forget filters", self._session.catalogue.searches.forget_history())

    def _hide(self) -> None:
        self._session.jobs.cancel("complete")
        self._offer(())

    def _used(self) -> None:
        """Remember a filter that the person is done with; not what they only passed through."""
        text = self._line.text.strip()
        if text and not self._line.faulty:
            self._uses += 1
            self._session.jobs.start(f"used filter {self._uses}", self._session.catalogue.searches.used(text))

    def _press(self, event: QKeyEvent) -> bool:
        """True if the key was meant for the suggestions."""
        key = event.key()
        shown = not self.suggestions.isHidden() and self._offered_for == self._line.text
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Space:
            self._complete(everywhere=True)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        elif key == Qt.Key.Key_Down and not shown and not self._line.text:
            self._session.jobs.start("complete", self._recall())
        elif not shown:
            # Tab is for what is still being looked up; it must not lead away from the line meanwhile.
            return key == Qt.Key.Key_Tab and self._session.jobs.running("complete")
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.suggestions.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self._hide()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.suggestions.place < 0:
            self._hide()
            return False
        elif key == Qt.Key.Key_Tab and self.suggestions.place < 0 and not self._completions:
            return False
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._choose(max(0, self.suggestions.place))
        else:
            return False
        return True

    def _lose_focus(self, reason: Qt.FocusReason) -> None:
        if reason != Qt.FocusReason.PopupFocusReason:
            self._hide()
            self._used()

    def _gain_focus(self, reason: Qt.FocusReason) -> None:
        if reason in _ASKED_FOR and not self._line.text:
            self._session.jobs.start("complete", self._recall())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Keys alone: other events come while the line is being destroyed, too.
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._press(event)


def _shown(value: str) -> str:
    """A number as the table writes it, anything else as it is."""
    return words.phone(Party(number=value)) if looks_like_number(value) else value
