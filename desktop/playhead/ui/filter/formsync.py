"""Synchronisation of the filter form with the filter line."""

from playhead.core.session import Session
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.filter.queryform import QueryForm
from playhead.ui.look.icons import Icons


class FormSync:
    """Opens and closes the form, and keeps line and form alike."""

    def __init__(self, session: Session, line: FilterLine, icons: Icons) -> None:
        self._session = session
        self._line = line
        self.form = QueryForm(icons)
        line.form_asked.connect(self._turn)
        line.changed.connect(self.form.show_text)
        self.form.written.connect(line.set_text)
        self.form.left.connect(self._close)

    def _turn(self) -> None:
        if not self.form.isHidden():
            self._close()
            return
        self.form.show_text(self._line.text)
        self.form.offer("account", self._session.library.labels)
        self.form.show()
        self.form.period.setFocus()
        self._session.jobs.start("form", self._ask())

    def _close(self) -> None:
        self.form.hide()
        self._line.line.setFocus()

    async def _ask(self) -> None:
        for field in ("status", "format"):
            self.form.offer(field, await self._session.catalogue.recordings.values(field))
