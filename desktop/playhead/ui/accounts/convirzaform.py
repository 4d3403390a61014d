"""What connects an account of Convirza: a sign-in, or a token that is pasted."""

from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from playhead.core.account import CONVIRZA_ADDRESS, Account
from playhead.core.recording import ProviderName
from playhead.ui.accounts.draft import Draft, address_problem, bare, token_problem
from playhead.ui.look.disclosure import Disclosure
from playhead.ui.look.field import Field, SecretField, address_field
from playhead.ui.look.icons import Icons


class ConvirzaForm(QWidget):
    """The rows that Convirza needs."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._by_password = QRadioButton("&Sign in with e-mail and password")
        self._by_token = QRadioButton("&Paste a bearer token")
        self._by_password.setChecked(True)
        ways = QVBoxLayout()
        ways.setSpacing(4)
        ways.addWidget(self._by_password)
        ways.addWidget(self._by_token)
        self._email = Field("E-mail")
        self._email.line.setObjectName("emailField")
        self._password = SecretField("Password", "Exchanged for a token at once; it is never kept.")
        self._password.line.setObjectName("passwordField")
        self._secret = SecretField(
            "Bearer token", "The access token alone. You are asked again when it has expired."
        )
        self._secret.line.setObjectName("secretField")
        self._address = address_field(CONVIRZA_ADDRESS)
        self._oauth = Field("Sign-in address", "Where tokens are made. Leave it empty for the usual one.")
        self._oauth.line.setObjectName("oauthField")
        self._advanced = Disclosure(icons, "Advanced", (self._address, self._oauth))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(ways)
        for row in (self._email, self._password, self._secret, self._advanced):
            column.addWidget(row)
        self._by_token.toggled.connect(self._choose_way)
        self._secret.hide()

    def fill(self, account: Account) -> None:
        """Show what is known of an account; its credential has to be given anew."""
        if account.base_url != CONVIRZA_ADDRESS:
            self._address.line.setText(account.base_url)
        self._oauth.line.setText(account.oauth_url)
        self._email.line.setFocus()

    def check(self) -> Field | None:
        """Show what is wrong with each field that counts now; the first that is, unfolded."""
        if self._by_password.isChecked():
            self._email.show_problem(
                "" if "@" in self._email.text else "Fill in the e-mail address you sign in with."
            )
            self._password.show_problem("" if self._password.line.text() else "Fill in the password.")
            fields: list[Field] = [self._email, self._password]
        else:
            self._secret.show_problem(token_problem(bare(self._secret.text), "token"))
            fields = [self._secret]
        for row in (self._address, self._oauth):
            row.show_problem(address_problem(row.text))
            fields.append(row)
        wrong = [row for row in fields if row.problem]
        for row in wrong[:1]:
            self._advanced.reveal(row)
        return wrong[0] if wrong else None

    def draft(self, label: str, *, session_only: bool) -> Draft:
        """What is filled in."""
        password = self._by_password.isChecked()
        return Draft(
            provider=ProviderName.CONVIRZA,
            label=label,
            base_url=self._address.text.rstrip("/") or CONVIRZA_ADDRESS,
            oauth_url=self._oauth.text.rstrip("/"),
            secret="" if password else bare(self._secret.text),
            email=self._email.text if password else "",
            password=self._password.line.text() if password else "",
            session_only=session_only,
        )

    def forget(self) -> None:
        """Leave no secret in the fields, nor in what undo would bring back."""
        for row in (self._secret, self._password):
            row.line.setText("")

    def _choose_way(self) -> None:
        token = self._by_token.isChecked()
        self._email.setHidden(token)
        self._password.setHidden(token)
        self._secret.setVisible(token)
