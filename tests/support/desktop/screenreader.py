"""A screen reader that writes down what it would speak, on the accessibility bus (AT-SPI 2).

It speaks as the common ones do: the name and role of whatever gets the focus or becomes the current item,
new values of what has the focus, and announcements.
Source: https://gnome.pages.gitlab.gnome.org/at-spi2-core/devel-docs/
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.bus_messages import MatchRule, message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_OBJECT = "org.a11y.atspi.Event.Object"
_EVENTS = ("Announcement", "StateChanged:focused", "ActiveDescendantChanged", "PropertyChange")
"""Kinds of events that it asks for, as a toolkit reads them from the registry."""
_REGISTRY = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")

PATIENCE = 30.0
"""Seconds that something is waited for."""


class ScreenReader:
    """Listens in a thread of its own."""

    def __init__(self, session_bus: str) -> None:
        with _connected(session_bus) as session:
            ask = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
            (address,) = session.send_and_get_reply(ask, timeout=20).body
        self._bus = address
        self._spoken: list[str] = []
        self._news = threading.Condition()
        self.events: Counter[str] = Counter()
        """Number of events of each kind since `forget`."""
        self._events = open_dbus_connection(address)
        self._asking = open_dbus_connection(address)
        for event in _EVENTS:
            self._events.send_and_get_reply(
                new_method_call(_REGISTRY, "RegisterEvent", "sass", (f"object:{event}", [], "")), timeout=20
            )
        rule = MatchRule(type="signal", interface=_OBJECT)
        self._events.send_and_get_reply(message_bus.AddMatch(rule), timeout=20)
        self._thread = threading.Thread(target=self._listen, name="screen reader", daemon=True)
        self._thread.start()

    def spoken(self) -> list[str]:
        """Everything spoken since `forget`, in order."""
        return list(self._spoken)

    def hears(self, awaited: Callable[[str], bool], seconds: float = PATIENCE) -> bool:
        """Wait until something is spoken that was waited for; False if it is not in so many seconds."""
        with self._news:
            return self._news.wait_for(lambda: any(map(awaited, self._spoken)), seconds)

    def forget(self) -> None:
        """Begin a new list."""
        self._spoken.clear()
        self.events.clear()

    def close(self) -> None:
        """Listen no more."""
        self._events.close()
        self._thread.join(5)
        self._asking.close()

    def _listen(self) -> None:
        while True:
            try:
                message = self._events.receive()
            except (OSError, EOFError):
                return
            header = message.header
            if header.message_type is not MessageType.signal:
                continue
            member, sender, path = (str(header.fields.get(each, "")) for each in (3, 7, 1))
            detail, first, _, value = message.body[:4]
            self.events[f"{member} {detail}".strip()] += 1
            if member == "Announcement":
                self._say(f"({value[1]})")
            elif member == "StateChanged" and detail == "focused" and first:
                self._say(self._told(sender, path))
            elif member == "ActiveDescendantChanged":
                self._say(self._told(*value[1]))

    def _say(self, text: str) -> None:
        with self._news:
            if text and (not self._spoken or self._spoken[-1] != text):
                self._spoken.append(text)
                self._news.notify_all()

    def _told(self, sender: str, path: str) -> str:
        """Name, role and description of an object."""
        try:
            name, role = self._property(sender, path, "Name"), self._role(sender, path)
            description = self._property(sender, path, "Description")
        except (OSError, TimeoutError, ValueError):
            return ""
        return ", ".join(part for part in (name, role, description) if part)

    def _property(self, sender: str, path: str, name: str) -> str:
        address = DBusAddress(path, sender, "org.a11y.atspi.Accessible")
        reply = self._asking.send_and_get_reply(Properties(address).get(name), timeout=3)
        if reply.header.message_type is MessageType.error:
            return ""
        return str(reply.body[0][1])

    def _role(self, sender: str, path: str) -> str:
        address = DBusAddress(path, sender, "org.a11y.atspi.Accessible")
        reply = self._asking.send_and_get_reply(new_method_call(address, "GetRoleName"), timeout=3)
        return "" if reply.header.message_type is MessageType.error else str(reply.body[0])


@contextmanager
def _connected(address: str) -> Iterator[DBusConnection]:
    connection = open_dbus_connection(address)
    try:
        yield connection
    finally:
        connection.close()
