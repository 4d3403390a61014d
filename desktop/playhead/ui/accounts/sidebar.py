"""The side bar: what there is, account by account, and how each account does."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playhead.core import figures
from playhead.core.account import Account
from playhead.core.provider import Providers
from playhead.core.recording import KINDS
from playhead.core.stores import Count
from playhead.ui.accounts.sourcetree import Health, SourceRole, SourceTree, children_of
from playhead.ui.look.announcing import spoken
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import as_tip, plain
from playhead.ui.look.theme import Theme, as_panel
from playhead.ui.wording import words

_VERBS: Final = (
    ("Rename…", "rename", "F2"),
    ("Use the present filter", "update", ""),
    ("Move up", "up", "Alt+Up"),
    ("Move down", "down", "Alt+Down"),
    ("Remove", "remove", "Del"),
)
"""What can be done with a saved filter: words, name, key."""


class SideBar(QWidget):
    """Accounts with their kinds and their health, and saved filters; a click filters by what was clicked."""

    filled = Signal(bool)
    """Accounts are shown; False: there is none."""
    chosen = Signal(str)
    """Words of the query language that stand for what was clicked; empty for everything."""
    connect_asked = Signal()
    action_asked = Signal(str)
    """The action of an account's health was clicked: the account's id."""
    refresh_asked = Signal(str)
    reconnect_asked = Signal(str)
    disconnect_asked = Signal(str)
    saved_chosen = Signal(int)
    """A saved filter was clicked: its place among them."""
    saved_verb = Signal(str, int)
    """Something is to be done with the saved filter at a place: `rename update up down remove`."""
    saved_dragged = Signal(int, int)
    """A saved filter is to have another place: the one it has, and the other."""
    counted = Signal()
    """What is loaded has changed."""

    def __init__(
        self, theme: Theme, icons: Icons, providers: Providers, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        as_panel(self)
        self.tree = SourceTree(theme)
        """The accounts and kinds, for focus and tests."""
        self._icons = icons
        self._providers = providers
        self.connect_button = QPushButton("Add account")
        """Opens the choice of providers."""
        self.connect_button.clicked.connect(self.connect_asked)
        self._accounts: list[Account] = []
        self._items: dict[str, QTreeWidgetItem] = {}
        self._all = _line("All recordings")
        self._saved: tuple[QTreeWidgetItem, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 16, 8, 12)
        layout.setSpacing(8)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.connect_button)
        self.tree.itemClicked.connect(self._choose)
        self.tree.entered_item.connect(self._choose)
        self.tree.action_hit.connect(self.action_asked)
        self.tree.verb_hit.connect(self._do)
        self.tree.dragged.connect(self.saved_dragged)
        self.tree.customContextMenuRequested.connect(self._menu)
        theme.changed.connect(self._dress)
        self._dress()

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show these accounts, in this order."""
        self._accounts = list(accounts)
        saved = [(each.text(0), each.toolTip(0)) for each in self._saved]
        self._saved = ()
        self.tree.clear()
        self._items = {}
        self._all = _line("All recordings")
        self._all.setData(0, SourceRole.SCOPE, "")
        self.tree.addTopLevelItem(_caption("LIBRARY"))
        self.tree.addTopLevelItem(self._all)
        if accounts:
            self.tree.addTopLevelItem(_caption("ACCOUNTS"))
        for account in accounts:
            title = self._providers.title(account.provider)
            item = _line(f"{title} · {account.label}")
            if account.label.lower().startswith(title.lower()):
                item.setText(0, account.label)
            item.setData(0, SourceRole.SCOPE, scope_of(account))
            item.setData(0, SourceRole.ACCOUNT, account.id)
            item.setData(0, SourceRole.HEALTH, Health())
            self._items[account.id] = item
            self.tree.addTopLevelItem(item)
            item.setExpanded(True)
        self.show_saved(saved)
        self.tree.mark(self._all)
        self.filled.emit(bool(accounts))

    def show_saved(self, saved: Sequence[tuple[str, str]]) -> None:
        """Show these saved filters, each with its name and what it asks, in this order."""
        current = self.tree.marked
        if current is not None and current.data(0, SourceRole.SAVED) is not None:
            # It goes, and Qt would mark whatever stands beside it.
            self.tree.mark(self._all)
        first = self.tree.indexOfTopLevelItem(self._all) + 1
        for _ in range(len(self._saved) + 1 if self._saved else 0):
            self.tree.takeTopLevelItem(first)
        self._saved = tuple(_line(name) for name, _ in saved)
        for place, (item, (_, text)) in enumerate(zip(self._saved, saved, strict=True)):
            item.setData(0, SourceRole.SAVED, place)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsDragEnabled)
            item.setToolTip(0, as_tip(f"{item.text(0)} — {text}"))
        if saved:
            self.tree.insertTopLevelItems(first, [_caption("SAVED FILTERS"), *self._saved])

    def show_saved_count(self, place: int, count: str, told: str) -> None:
        """Show how many recordings a saved filter finds; `told` says more to who looks closer."""
        if place < len(self._saved):
            self._saved[place].setData(0, SourceRole.COUNT, count)
            name = self._saved[place].text(0)
            self._saved[place].setToolTip(0, as_tip(f"{name} — {told}"))
            self._saved[place].setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, plain(told))

    def mark_saved(self, place: int) -> None:
        """Mark the saved filter that the table is narrowed to, without asking for it again."""
        self.tree.mark(self._saved[place])

    def show_counts(self, counts: Sequence[Count], more: Mapping[str, bool]) -> None:
        """Show how many recordings are loaded; `more` says of which accounts not everything is."""
        total = figures.number(sum(each.number for each in counts))
        self._all.setData(0, SourceRole.COUNT, f"{total}+" if counts and any(more.values()) else total)
        _tell(self._all)
        for account in self._accounts:
            item = self._items[account.id]
            mine = {each.kind: each.number for each in counts if each.account == account.id}
            plus = "+" if mine and more.get(account.id) else ""
            item.setData(0, SourceRole.COUNT, f"{figures.number(sum(mine.values()))}{plus}")
            _tell(item)
            self._show_kinds(item, account, mine)
        self.tree.viewport().update()
        self.counted.emit()

    def show_health(self, account: str, health: Health) -> None:
        """Show how an account does."""
        item = self._items.get(account)
        if item is not None and item.data(0, SourceRole.HEALTH) != health:
            item.setData(0, SourceRole.HEALTH, health)
            item.setToolTip(0, "")
            _tell(item)
            self.tree.doItemsLayout()

    def show_scope(self, scope: str) -> None:
        """Mark what the table is narrowed to, without asking for it again."""
        for item in self.tree.every_item():
            if item.data(0, SourceRole.SCOPE) == scope:
                self.tree.mark(item)
                return
        self.tree.mark(None)

    def _show_kinds(self, item: QTreeWidgetItem, account: Account, counts: Mapping[str, int]) -> None:
        known = {child.data(0, SourceRole.SCOPE): child for child in children_of(item)}
        for kind in sorted(counts, key=lambda each: KINDS.index(each) if each in KINDS else len(KINDS)):
            if kind not in KINDS:
                continue
            scope = f"{scope_of(account)} kind:{kind}"
            child = known.get(scope)
            if child is None:
                child = _line(words.PLURALS[kind])
                child.setData(0, SourceRole.SCOPE, scope)
                item.addChild(child)
            child.setData(0, SourceRole.COUNT, figures.number(counts[kind]))
            _tell(child)

    def _choose(self, item: QTreeWidgetItem) -> None:
        scope, saved = item.data(0, SourceRole.SCOPE), item.data(0, SourceRole.SAVED)
        if scope is not None:
            self.chosen.emit(scope)
        elif saved is not None:
            self.saved_chosen.emit(saved)

    def _do(self, item: QTreeWidgetItem, verb: str) -> None:
        self.saved_verb.emit(verb, item.data(0, SourceRole.SAVED))

    def _menu(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        if item is not None and item.data(0, SourceRole.SAVED) is not None:
            self._saved_menu(place, item)
            return
        account = item.data(0, SourceRole.ACCOUNT) if item is not None else None
        if account is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Account")
        menu.addAction("Look for new recordings", lambda: self.refresh_asked.emit(account))
        menu.addAction("Reconnect…", lambda: self.reconnect_asked.emit(account))
        menu.addSeparator()
        menu.addAction("Disconnect…", lambda: self.disconnect_asked.emit(account))
        menu.popup(self.tree.viewport().mapToGlobal(place))

    def _saved_menu(self, place: QPoint, item: QTreeWidgetItem) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Saved filter")
        for text, verb, key in _VERBS:
            action = menu.addAction(text, partial(self._do, item, verb))
            if key:
                action.setShortcut(key)
        menu.popup(self.tree.viewport().mapToGlobal(place))

    def _dress(self) -> None:
        self.connect_button.setIcon(self._icons.get("plus", "text"))
        self.tree.viewport().update()


def _line(text: str) -> QTreeWidgetItem:
    """A line that can be chosen, but neither be dragged nor have something dropped on it."""
    item = QTreeWidgetItem([text])
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _tell(item: QTreeWidgetItem) -> None:
    """Let a screen reader say what stands beside and below the text of a line."""
    count, health = item.data(0, SourceRole.COUNT), item.data(0, SourceRole.HEALTH)
    said = [f"{count} loaded"] if count else []
    said += [spoken(health.text)] if isinstance(health, Health) and health.text else []
    item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, ", ".join(said))


def _caption(text: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([text])
    item.setData(0, SourceRole.CAPTION, 1)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def scope_of(account: Account) -> str:
    """The words of the query language that stand for an account: its label, if that can be written there."""
    return f"account:{account.id}" if '"' in account.label else f'account:"{account.label}"'
