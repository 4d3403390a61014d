"""The dialog that connects an account of any provider, or connects one again."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.account import Account
from playhead.core.provider import Provider
from playhead.ui.accounts.accountform import AccountForm, Draft
from playhead.ui.look.announcing import announce
from playhead.ui.look.dialogs import DialogLayout
from playhead.ui.look.field import TextField
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel, plain, wrapped
from playhead.ui.look.theme import restyle

_WIDTH: Final = 480


class AccountDialog(QDialog):
    """Asks for what connects an account; to be shown with `open()`.

    `account` is one to connect again: its values are filled in, all but the credential. `vault_name` is what
    the person knows the keyring as, None where there is none. After `test_asked` and `save_asked` the dialog
    is busy until `show_ok` or `show_problem`; the joiner calls `accept()` when the account is kept.
    """

    test_asked = Signal(object)
    """The `Draft` to try."""
    save_asked = Signal(object)
    """The `Draft` to keep."""

    def __init__(
        self,
        icons: Icons,
        provider: Provider,
        *,
        vault_name: str | None,
        account: Account | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = provider.title
        self._vault_name = vault_name
        self._left: QWidget | None = None
        """The button or field from which the provider was asked, while an answer is awaited."""
        self.setObjectName("accountDialog")
        verb = "Connect" if account is None else "Reconnect"
        self.setWindowTitle(f"{verb} {self._name}")
        self._credential = AccountForm(icons, provider)
        self._label = TextField("Name (optional)", "What the side bar calls it.")
        self._label.line.setPlaceholderText(self._name)
        self._label.line.setMaxLength(60)
        self._label.line.setObjectName("labelField")
        self._form = QWidget()
        self._rows = QVBoxLayout(self._form)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        self._rows.addWidget(self._credential)
        self._make_keeping()
        self._rows.addWidget(self._label)
        self._status = wrapped()
        self._status.setObjectName("accountStatus")
        self._status.hide()
        self._make_buttons(verb)
        heading = PlainLabel(
            self.windowTitle() if account is None else f"{verb} {account.label}", role="heading"
        )
        body, foot = QWidget(), QWidget()
        above = QVBoxLayout(body)
        above.setContentsMargins(24, 20, 24, 4)
        above.setSpacing(12)
        above.addWidget(heading)
        above.addWidget(self._form)
        above.addStretch(1)
        below = QVBoxLayout(foot)
        below.setContentsMargins(24, 8, 24, 20)
        below.setSpacing(12)
        below.addWidget(self._status)
        below.addLayout(self._buttons)
        self._layout = DialogLayout(self, body, foot, width=_WIDTH)
        if account is not None:
            self._label.line.setText(account.label)
            self._label.line.setCursorPosition(0)
            self._credential.fill(account)

    @property
    def busy(self) -> bool:
        """True while an answer is awaited; only Cancel works meanwhile."""
        return not self._form.isEnabled()

    def show_testing(self, sentence: str = "") -> None:
        """Say that the provider is being asked, and let nothing be changed meanwhile."""
        self._say(sentence or f"Asking {self._name}…", "dim")
        self._set_busy(busy=True)

    def show_ok(self, sentence: str) -> None:
        """The test went well."""
        self._set_busy(busy=False)
        self._say(sentence, "good")
        announce(self, sentence)

    def show_problem(self, sentence: str) -> None:
        """The test or the saving did not go well: say why, and let it be mended."""
        self._set_busy(busy=False)
        self._say(sentence, "bad")
        announce(self, sentence)

    # -------------------------------------------------------------------------------------- its parts

    def _make_keeping(self) -> None:
        self._session_only = QCheckBox("&Keep until Playhead quits")
        self._session_only.setObjectName("sessionOnlyBox")
        self._kept = wrapped(role="small")
        self._kept.setObjectName("keptLabel")
        if self._vault_name is None:
            self._session_only.setChecked(True)
            self._session_only.setEnabled(False)
        self._session_only.toggled.connect(self._say_kept)
        self._say_kept()
        together = QVBoxLayout()
        together.setSpacing(2)
        together.addWidget(self._session_only)
        together.addWidget(self._kept)
        self._rows.addLayout(together)

    def _make_buttons(self, verb: str) -> None:
        self._test_button = QPushButton("&Test connection")
        self._test_button.setObjectName("testButton")
        self._test_button.setAutoDefault(False)
        self._test_button.clicked.connect(self._test)
        self._cancel = cancel = QPushButton("Cancel")
        cancel.setObjectName("cancelButton")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._save_button = QPushButton(verb)
        self._save_button.setObjectName("connectButton")
        self._save_button.setProperty("primary", "true")
        self._save_button.setDefault(True)
        self._save_button.clicked.connect(self._save)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self._test_button)
        self._buttons.addStretch(1)
        self._buttons.addWidget(cancel)
        self._buttons.addWidget(self._save_button)

    # --------------------------------------------------------------------------------------- its ways

    def _test(self) -> None:
        draft = self._draft()
        if draft is not None:
            self.show_testing()
            self.test_asked.emit(draft)

    def _save(self) -> None:
        draft = self._draft()
        if draft is not None:
            self.show_testing()
            self.save_asked.emit(draft)

    def _draft(self) -> Draft | None:
        """Values that are filled in; None, with the first wrong field focused, if it cannot be right."""
        self._say("", "")
        wrong = self._credential.check()
        if wrong is not None:
            self._layout.reveal(wrong)
            wrong.line.setFocus()
            return None
        label = plain(self._label.text) or self._name
        return self._credential.draft(label, session_only=self._session_only.isChecked())

    def _say_kept(self) -> None:
        if self._vault_name is None:
            words = "This computer has no keyring that Playhead can use, so nothing is kept after quitting."
        elif self._session_only.isChecked():
            words = "Kept in memory only. You will be asked again at the next start."
        else:
            words = f"Kept in: {self._vault_name}"
        self._kept.show_text(words)

    def _say(self, sentence: str, role: str) -> None:
        restyle(self._status, "role", role)
        self._status.show_text(sentence)
        self._status.setVisible(bool(sentence))

    def _set_busy(self, *, busy: bool) -> None:
        if busy and not self.busy:
            # What is disabled loses the focus, and nothing gives it back.
            self._left = self.focusWidget()
            self._cancel.setFocus()
        for widget in (self._form, self._test_button, self._save_button):
            widget.setDisabled(busy)
        if not busy and self._left is not None:
            self._left.setFocus()
            self._left = None

    @override
    def done(self, result: int) -> None:
        self._credential.forget()
        super().done(result)
