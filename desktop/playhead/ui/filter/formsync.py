"""Synchronisation of the filter form with the filter line."""

from collections.abc import Callable, Sequence

from playhead.core.jobs import Jobs
from playhead.core.ports import Catalogue
from playhead.ui.filter.queryform import QueryForm
from playhead.ui.look.icons import Icons
from playhead.ui.window import Window


class FormSync:
    """Opens and closes the form, and keeps line and form alike."""

    def __init__(
        self,
        window: Window,
        icons: Icons,
        catalogue: Catalogue,
        jobs: Jobs,
        labels: Callable[[], Sequence[str]],
    ) -> None:
        """`labels` gives those of the accounts."""
        self._line = line = window.filter
        self._catalogue = catalogue
        self._jobs = jobs
        self._labels = labels
        self.form = QueryForm(icons)
        """The form, for focus and tests."""
        window.hold(self.form)
        line.form_asked.connect(self._turn)
        line.changed.connect(self.form.show_text)
        self.form.written.connect(line.set_text)
        self.form.left.connect(self._close)

    def _turn(self) -> None:
        if not self.form.isHidden():
            self._close()
            return
        self.form.show_text(self._line.text)
        self.form.offer("account", self._labels())
        self.form.show()
        self.form.period.setFocus()
        self._jobs.start("form", self._ask())

    def _close(self) -> None:
        self.form.hide()
        self._line.line.setFocus()

    async def _ask(self) -> None:
        for field in ("status", "format"):
            self.form.offer(field, await self._catalogue.values(field))
