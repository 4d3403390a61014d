"""What connects an account of Bird: workspace and access key."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playhead.core.account import BIRD_ADDRESS, Account, Scheme
from playhead.core.recording import ProviderName
from playhead.core.text import western
from playhead.ui.accounts.draft import (
    Draft,
    address_problem,
    bare,
    key_problem,
    workspace_in,
    workspace_problem,
)
from playhead.ui.look.disclosure import Disclosure
from playhead.ui.look.field import Field, SecretField, address_field
from playhead.ui.look.icons import Icons

_SCHEMES = (
    ("Automatic", Scheme.AUTO),
    ("AccessKey", Scheme.ACCESS_KEY),
    ("Bearer", Scheme.BEARER),
)


class BirdForm(QWidget):
    """The rows that Bird needs."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._workspace = Field(
            "Workspace ID",
            "In the address of Bird's pages: app.bird.com/workspaces/…; paste all of it if you like.",
        )
        self._workspace.line.setObjectName("workspaceField")
        self._workspace.line.textChanged.connect(self._take_workspace)
        self._secret = SecretField("Access key", "In Bird: Settings → Security → Access keys.")
        self._secret.line.setObjectName("secretField")
        self._address = address_field(BIRD_ADDRESS)
        self._advanced = Disclosure(icons, "Advanced", (self._make_scheme(), self._address))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for row in (self._workspace, self._secret, self._advanced):
            column.addWidget(row)

    def fill(self, account: Account) -> None:
        """Show what is known of an account; its key has to be given anew."""
        if account.base_url != BIRD_ADDRESS:
            self._address.line.setText(account.base_url)
        self._workspace.line.setText(account.workspace_id)
        self._scheme.setCurrentIndex(self._scheme.findData(account.scheme))
        self._secret.line.setFocus()

    def check(self) -> Field | None:
        """Show what is wrong with each field; the first that is, unfolded."""
        self._workspace.show_problem(workspace_problem(self._workspace.text))
        self._secret.show_problem(key_problem(bare(self._secret.text)))
        self._address.show_problem(address_problem(self._address.text))
        wrong = [row for row in (self._workspace, self._secret, self._address) if row.problem]
        for row in wrong[:1]:
            self._advanced.reveal(row)
        return wrong[0] if wrong else None

    def draft(self, label: str, *, session_only: bool) -> Draft:
        """What is filled in."""
        return Draft(
            provider=ProviderName.BIRD,
            label=label,
            base_url=self._address.text.rstrip("/") or BIRD_ADDRESS,
            workspace_id=western(self._workspace.text).lower(),
            scheme=Scheme(self._scheme.currentData()),
            secret=bare(self._secret.text),
            session_only=session_only,
        )

    def forget(self) -> None:
        """Leave no secret in the fields, nor in what undo would bring back."""
        self._secret.line.setText("")

    def _make_scheme(self) -> QWidget:
        self._scheme = QComboBox()
        self._scheme.setObjectName("schemeBox")
        for text, scheme in _SCHEMES:
            self._scheme.addItem(text, scheme)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        name = QLabel("&Authorisation")
        name.setProperty("role", "title")
        name.setBuddy(self._scheme)
        line.addWidget(name)
        line.addStretch(1)
        line.addWidget(self._scheme)
        return row

    def _take_workspace(self, text: str) -> None:
        """Of a pasted address of Bird's pages keep the id alone."""
        found = workspace_in(text)
        if found:
            self._workspace.line.setText(found)
