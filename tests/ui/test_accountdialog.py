"""Connecting an account: what is asked, what is refused and why, and that no secret stays behind."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from playhead.core.account import Account
from playhead.providers.bird.bird import BIRD_ADDRESS
from playhead.providers.bird.birdworkspace import Scheme
from playhead.providers.convirza.convirza import CONVIRZA_ADDRESS
from playhead.ui.accounts.accountdialog import AccountDialog
from playhead.ui.accounts.accountform import Draft
from playhead.ui.look.icons import Icons
from support.child_widgets import Widget, find
from support.providers.registered import PROVIDERS

WORKSPACE = "5f3a9c1e-8b2d-4e6f-9a71-0c4d2e8b6f13"


class Desk:
    """A dialog, what it has asked for, and the hands of a person at it."""

    def __init__(
        self,
        qtbot: QtBot,
        icons: Icons,
        provider: str,
        *,
        vault_name: str | None = "GNOME Keyring",
        account: Account | None = None,
    ) -> None:
        self.dialog = AccountDialog(icons, PROVIDERS[provider], vault_name=vault_name, account=account)
        qtbot.addWidget(self.dialog)
        self.tested: list[Draft] = []
        self.saved: list[Draft] = []
        self.dialog.test_asked.connect(self.tested.append)
        self.dialog.save_asked.connect(self.saved.append)
        self.dialog.open()

    def find(self, kind: type[Widget], name: str) -> Widget:
        return find(self.dialog, kind, name)

    def line(self, name: str) -> QLineEdit:
        return self.find(QLineEdit, name)

    def fill(self, **texts: str) -> None:
        for name, text in texts.items():
            self.line(f"{name}Field").setText(text)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def choose(self, text: str) -> None:
        button = next(each for each in self.dialog.findChildren(QRadioButton) if text in each.text())
        button.setChecked(True)

    def problem(self, name: str) -> str:
        line = self.line(f"{name}Field")
        return line.accessibleDescription() if line.property("invalid") == "true" else ""

    @property
    def status(self) -> str:
        return self.find(QLabel, "accountStatus").text()


@pytest.fixture
def bird(qtbot: QtBot, icons: Icons) -> Desk:
    return Desk(qtbot, icons, "bird")


@pytest.fixture
def convirza(qtbot: QtBot, icons: Icons) -> Desk:
    return Desk(qtbot, icons, "convirza")


def test_a_bird_account_needs_a_workspace_and_a_key(bird: Desk) -> None:
    bird.fill(label="EU Support", workspace_id=WORKSPACE, secret=" a-key ")
    bird.click("connectButton")
    assert bird.saved == [
        Draft(
            provider="bird",
            label="EU Support",
            base_url=BIRD_ADDRESS,
            details={"workspace_id": WORKSPACE},
            given={"secret": "a-key"},
        )
    ]


def test_without_a_name_the_account_is_called_after_its_provider(bird: Desk) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    bird.click("testButton")
    assert bird.tested[0].label == "Bird"


@pytest.mark.parametrize(
    "pasted",
    [
        f"https://app.bird.com/workspaces/{WORKSPACE}/iam/access-keys",
        f"https://app.bird.com/workspaces/{WORKSPACE}",
        f"  app.bird.com/workspaces/{WORKSPACE.upper()}/inbox?x=1",
        f"https%3A%2F%2Fapp.bird.com%2Fworkspaces%2F{WORKSPACE}",
        f"<https://app.bird.com/workspaces/{WORKSPACE}>",
        f"“{WORKSPACE}”",
        f"{{{WORKSPACE.upper()}}}",
        f"urn:uuid:{WORKSPACE}",
        f"Workspace: {WORKSPACE}.",
        f"{WORKSPACE.replace('-', '⁻')},",
    ],
)
def test_of_a_pasted_address_the_workspace_id_is_kept(bird: Desk, pasted: str) -> None:
    bird.fill(workspace_id=pasted)
    assert bird.line("workspace_idField").text() == WORKSPACE


@pytest.mark.parametrize("wrong", ["ws_123", WORKSPACE + "0", "", "https://app.bird.com/"])
def test_a_wrong_workspace_id_is_refused_at_its_field(bird: Desk, wrong: str) -> None:
    bird.fill(workspace_id=wrong, secret="a-key")
    bird.click("connectButton")
    assert bird.problem("workspace_id")
    assert bird.line("workspace_idField").hasFocus()
    assert not bird.saved


@pytest.mark.parametrize("key", ["bk_us1_abc", "bird_live_abc", "AccessKey bk_eu1_abc"])
def test_a_key_of_the_newer_platform_is_explained(bird: Desk, key: str) -> None:
    bird.fill(workspace_id=WORKSPACE, secret=key)
    bird.click("testButton")
    assert "newer platform" in bird.problem("secret")
    assert not bird.tested


@pytest.mark.parametrize("key", ["", "two words", "kéy", "a\u2028key", "line\x00"])
def test_a_key_that_cannot_be_one_is_refused(bird: Desk, key: str) -> None:
    bird.fill(workspace_id=WORKSPACE, secret=key)
    bird.click("testButton")
    assert bird.problem("secret")
    assert not bird.tested


@pytest.mark.parametrize(
    "key", ["\u202aa-key\u202c", "a-\u200bkey", "\ufeffa-key\n", "a-\n  key", "AccessKey\u00ad a-\r\nkey"]
)
def test_a_key_is_taken_without_what_copying_brought_along(bird: Desk, key: str) -> None:
    bird.fill(workspace_id=WORKSPACE, secret=key)
    bird.click("testButton")
    assert [each.given["secret"] for each in bird.tested] == ["a-key"]


@pytest.mark.parametrize(
    "workspace",
    [
        f"\u202a{WORKSPACE}\u202c",
        WORKSPACE.replace("-", "\u2011"),
        WORKSPACE.upper().replace("9", "\u200b９"),
        f"https://app.bird.com/workspaces/\u200e{WORKSPACE}/iam",
    ],
)
def test_a_workspace_id_is_taken_without_what_copying_brought_along(bird: Desk, workspace: str) -> None:
    bird.fill(
        label="EU\u200b \u202aSupport",
        workspace_id=workspace,
        address="https://api.\u200bbird.com",
        secret="k",
    )
    bird.click("testButton")
    (draft,) = bird.tested
    assert (draft.details["workspace_id"], draft.label, draft.base_url) == (
        WORKSPACE,
        "EU Support",
        BIRD_ADDRESS,
    )


@pytest.mark.parametrize("pasted", ["AccessKey a-key", "Bearer a-key", "bearer  a-key"])
def test_a_key_copied_with_its_header_word_is_taken(bird: Desk, pasted: str) -> None:
    bird.fill(workspace_id=WORKSPACE, secret=pasted)
    bird.click("testButton")
    assert bird.tested[0].given["secret"] == "a-key"


def test_the_form_of_authorisation_is_automatic_unless_chosen(bird: Desk) -> None:
    box = bird.find(QComboBox, "schemeBox")
    assert [box.itemText(place) for place in range(box.count())] == ["Automatic", "AccessKey", "Bearer"]
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    box.setCurrentIndex(2)
    bird.click("testButton")
    assert bird.tested[0].details["scheme"] == Scheme.BEARER


@pytest.mark.parametrize(
    "address", ["http://api.bird.com", "api.bird.com", "https://user@x.org", "ftp://x.org"]
)
def test_an_unsafe_address_is_refused_and_the_disclosure_opened(bird: Desk, address: str) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key", address=address)
    assert not bird.line("addressField").isVisible()
    bird.click("connectButton")
    assert "https://" in bird.problem("address")
    assert bird.line("addressField").isVisible()
    assert not bird.saved


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8080/", "http://localhost:1", "https://bird.example.org/"]
)
def test_an_address_with_https_or_of_this_computer_is_taken(bird: Desk, address: str) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key", address=address)
    bird.click("testButton")
    assert bird.tested[0].base_url == address.rstrip("/")


def test_a_problem_goes_away_when_the_field_is_edited(bird: Desk) -> None:
    bird.click("testButton")
    assert bird.problem("secret")
    QTest.keyClicks(bird.line("secretField"), "a")
    assert not bird.problem("secret")


def test_convirza_signs_in_with_email_and_password(convirza: Desk) -> None:
    convirza.fill(label="Acme", email="anna@example.org", password=" pass word ")
    convirza.click("connectButton")
    assert convirza.saved == [
        Draft(
            provider="convirza",
            label="Acme",
            base_url=CONVIRZA_ADDRESS,
            given={"email": "anna@example.org", "password": " pass word "},
        )
    ]


def test_convirza_takes_a_pasted_token_instead(convirza: Desk) -> None:
    convirza.fill(email="anna@example.org", password="x")
    convirza.choose("bearer token")
    assert convirza.line("secretField").isVisible()
    assert not convirza.line("passwordField").isVisible()
    convirza.fill(secret="Bearer a-token", oauth_url="https://oauth.example.org/")
    convirza.click("testButton")
    draft = convirza.tested[0]
    assert draft.given == {"secret": "a-token"}
    assert draft.details["oauth_url"] == "https://oauth.example.org"


def test_convirza_needs_what_the_chosen_way_needs(convirza: Desk) -> None:
    convirza.click("connectButton")
    assert convirza.problem("email")
    assert convirza.problem("password")
    convirza.choose("bearer token")
    convirza.click("connectButton")
    assert convirza.problem("secret")
    assert not convirza.saved


def test_while_the_provider_is_asked_only_cancel_works(bird: Desk) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    bird.click("testButton")
    assert bird.dialog.busy
    assert bird.status == "Asking Bird…"
    assert not bird.line("secretField").isEnabled()
    bird.click("connectButton")
    assert not bird.saved
    bird.click("cancelButton")
    assert not bird.dialog.isVisible()


def test_the_answer_is_said_and_everything_can_be_changed_again(bird: Desk) -> None:
    bird.dialog.show_testing()
    bird.dialog.show_problem("Bird does not accept this key.")
    assert bird.status == "Bird does not accept this key."
    assert not bird.dialog.busy
    bird.dialog.show_ok("The key works: 1 204 recordings.")
    assert bird.status == "The key works: 1 204 recordings."


@pytest.mark.parametrize("name", ["cancelButton", ""])
def test_no_secret_stays_in_the_widgets(convirza: Desk, name: str) -> None:
    convirza.fill(email="anna@example.org", password="pass", secret="token")
    if name:
        convirza.click(name)
    else:
        convirza.dialog.close()
    for field in ("passwordField", "secretField"):
        assert not convirza.line(field).text()
        convirza.line(field).undo()
        assert not convirza.line(field).text()


def test_accepting_forgets_the_secret_too(bird: Desk) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    bird.dialog.accept()
    assert not bird.line("secretField").text()


def test_a_secret_is_hidden_until_it_is_asked_for(bird: Desk) -> None:
    line = bird.line("secretField")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    show = next(each for each in bird.dialog.findChildren(QPushButton) if each.text() == "Show")
    show.click()
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    show.click()
    assert line.echoMode() is QLineEdit.EchoMode.Password


def test_a_draft_printed_shows_no_secret() -> None:
    draft = Draft(
        provider="convirza",
        label="Acme",
        base_url=CONVIRZA_ADDRESS,
        given={"secret": "s3cret", "email": "anna@example.org", "password": "hunter2"},
    )
    for hidden in ("s3cret", "anna@example.org", "hunter2"):
        assert hidden not in repr(draft)


def test_it_is_said_where_the_secret_is_kept(bird: Desk) -> None:
    kept = bird.find(QLabel, "keptLabel")
    box = bird.find(QCheckBox, "sessionOnlyBox")
    assert kept.text() == "Kept in: GNOME Keyring"
    assert not box.isChecked()
    box.setChecked(True)
    assert "memory" in kept.text()
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    bird.click("testButton")
    assert bird.tested[0].session_only


def test_without_a_keyring_nothing_else_than_this_session_can_be_chosen(qtbot: QtBot, icons: Icons) -> None:
    desk = Desk(qtbot, icons, "bird", vault_name=None)
    box = desk.find(QCheckBox, "sessionOnlyBox")
    assert box.isChecked()
    assert not box.isEnabled()
    assert "no keyring" in desk.find(QLabel, "keptLabel").text()


def test_connecting_again_asks_for_the_secret_alone(qtbot: QtBot, icons: Icons) -> None:
    account = Account(
        id="1",
        provider="bird",
        label="EU Support",
        base_url="https://bird.example.org",
        details={"workspace_id": WORKSPACE, "scheme": Scheme.BEARER.value},
    )
    desk = Desk(qtbot, icons, "bird", account=account)
    assert desk.dialog.windowTitle() == "Reconnect Bird"
    assert desk.line("secretField").text() == ""
    desk.fill(secret="a-newer-key")
    desk.click("connectButton")
    assert desk.saved == [
        Draft(
            provider="bird",
            label="EU Support",
            base_url="https://bird.example.org",
            details={"workspace_id": WORKSPACE, "scheme": Scheme.BEARER.value},
            given={"secret": "a-newer-key"},
        )
    ]


def test_enter_connects(bird: Desk) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    QTest.keyClick(bird.line("secretField"), Qt.Key.Key_Return)
    assert len(bird.saved) == 1


def test_hostile_sentences_and_names_are_text(qtbot: QtBot, icons: Icons) -> None:
    account = Account(
        id="1",
        provider="bird",
        label="<img src=x>" * 30,
        base_url=BIRD_ADDRESS,
        details={"workspace_id": WORKSPACE},
    )
    desk = Desk(qtbot, icons, "bird", account=account)
    desk.dialog.show_problem("<b>" + "x" * 3000)
    assert desk.dialog.width() == 480
    assert desk.find(QLabel, "accountStatus").textFormat() is Qt.TextFormat.PlainText


def test_every_sentence_has_room_with_everything_open_and_wrong(qtbot: QtBot, bird: Desk) -> None:
    bird.find(QToolButton, "advancedButton").setChecked(True)
    bird.fill(secret="bk_us1_x", workspace_id="x", address="http://x.org")
    bird.click("connectButton")
    bird.dialog.show_problem(
        "Bird does not know this workspace. Check its id in the address of Bird's pages."
    )

    def all_have_room() -> None:
        for label in bird.dialog.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.heightForWidth(label.width()) <= label.height(), label.text()

    qtbot.waitUntil(all_have_room, timeout=2000)


# ------------------------------------------------------------------------------------------ the focus


@pytest.mark.parametrize(("provider", "first"), [("bird", "workspace_idField"), ("convirza", "emailField")])
def test_the_first_line_is_the_first_that_must_be_filled_and_the_name_comes_last(
    qtbot: QtBot, icons: Icons, provider: str, first: str
) -> None:
    desk = Desk(qtbot, icons, provider)
    here = desk.dialog.nextInFocusChain()
    lines = []
    while here is not None and here is not desk.dialog:
        if isinstance(here, QLineEdit) and here.isVisible():
            lines.append(here.objectName())
        here = here.nextInFocusChain()
    assert lines[0] == first
    assert lines[-1] == "labelField"


@pytest.mark.parametrize("answer", ["show_ok", "show_problem"])
def test_the_focus_goes_back_to_where_it_was_when_the_answer_is_there(bird: Desk, answer: str) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    for name in ("testButton", "connectButton"):
        bird.find(QPushButton, name).setFocus()
        bird.click(name)
        assert bird.find(QPushButton, "cancelButton").hasFocus()
        getattr(bird.dialog, answer)("Bird has answered.")
        assert bird.find(QPushButton, name).hasFocus()
    bird.line("secretField").setFocus()
    QTest.keyClick(bird.line("secretField"), Qt.Key.Key_Return)
    getattr(bird.dialog, answer)("Bird has answered.")
    assert bird.line("secretField").hasFocus()


def test_who_went_to_cancel_meanwhile_stays_with_the_answer_where_they_began(bird: Desk) -> None:
    bird.fill(workspace_id=WORKSPACE, secret="a-key")
    bird.find(QPushButton, "testButton").setFocus()
    bird.click("testButton")
    bird.dialog.show_testing("Still asking…")
    bird.dialog.show_problem("Bird does not answer.")
    assert bird.find(QPushButton, "testButton").hasFocus()


# ------------------------------------------------------------------------------------ typed and pasted


def test_an_address_that_is_typed_is_left_alone_until_its_line_is_left(bird: Desk) -> None:
    line = bird.line("workspace_idField")
    line.setFocus()
    address = f"https://app.bird.com/workspaces/{WORKSPACE}/settings"
    QTest.keyClicks(line, address)
    assert line.text() == address
    bird.line("secretField").setFocus()
    assert line.text() == WORKSPACE


def test_an_address_that_is_typed_and_sent_by_enter_is_understood(bird: Desk) -> None:
    bird.fill(secret="a-key")
    line = bird.line("workspace_idField")
    line.setFocus()
    QTest.keyClicks(line, f"app.bird.com/workspaces/{WORKSPACE}/home")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [draft.details["workspace_id"] for draft in bird.saved] == [WORKSPACE]


def test_letters_typed_behind_a_pasted_address_do_not_replace_it_again(bird: Desk) -> None:
    line = bird.line("workspace_idField")
    line.setFocus()
    QApplication.clipboard().setText(f"https://app.bird.com/workspaces/{WORKSPACE}/settings")
    line.paste()
    assert line.text() == WORKSPACE
    QTest.keyClicks(line, "/x")
    assert line.text() == f"{WORKSPACE}/x"
