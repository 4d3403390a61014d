"""The account dialog as a person fills it in, and what belongs in its fields for the demo cloud."""

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from playhead.ui.accounts.accountdialog import AccountDialog
from support.cloud.faultycloud import FaultyCloud
from support.widgets import appeared, find
from support.window.driven_program import Person, until


def bird_fields(cloud: FaultyCloud) -> dict[str, str]:
    """What connects the Bird workspace, as `EU`."""
    return {
        "label": "EU",
        "workspace_id": cloud.workspace_id,
        "secret": cloud.access_key,
        "address": cloud.bird_url,
    }


def convirza_fields(cloud: FaultyCloud) -> dict[str, str]:
    """What signs in to the Convirza organisation, as `US`."""
    return {
        "label": "US",
        "email": cloud.email,
        "password": cloud.password,
        "address": cloud.convirza_url,
        "oauth_url": cloud.oauth_url,
    }


async def form(person: Person) -> AccountDialog:
    """The dialog that is open."""
    return await appeared(person.window, AccountDialog)


async def welcomed(person: Person, provider: str) -> AccountDialog:
    """Press the welcome page's button for a provider; the dialog."""
    person.window.welcome.connect_asked.emit(provider)
    return await form(person)


def fill(dialog: QDialog, **texts: str) -> None:
    """Write into the fields of a dialog."""
    for name, text in texts.items():
        find(dialog, QLineEdit, f"{name}Field").setText(text)


def press(dialog: QDialog, name: str) -> None:
    """Press a button of a dialog."""
    find(dialog, QPushButton, f"{name}Button").click()


def status(dialog: QDialog) -> str:
    """What the dialog says about the account."""
    return find(dialog, QLabel, "accountStatus").text()


def says(dialog: QDialog, part: str) -> bool:
    """Whether something that the dialog shows says so."""
    return any(part in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


async def closed(person: Person) -> None:
    """Wait until the dialog is gone, because what it asked for works."""
    await until(lambda: person.window.findChild(AccountDialog) is None, "the end of the dialog")
